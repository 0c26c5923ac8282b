package httpapi

import (
	"net/http"
	"strings"

	"golang.org/x/text/language"
)

// Languages of errors and pages.
const (
	inEnglish = "en"
	inKorean  = "ko"
)

// maxLanguages is how much of an Accept-Language header is read, in bytes: a dozen languages.
const maxLanguages = 256

// asked returns the language that the client asks for; "" when it says nothing, as programs do.
func asked(r *http.Request) string {
	if r.Header.Get("Accept-Language") == "" {
		return ""
	}
	return Language(r)
}

// Language returns the language that the client prefers, en or ko; English when it knows neither or says nothing.
func Language(r *http.Request) string {
	header := r.Header.Get("Accept-Language")
	if len(header) > maxLanguages {
		header = header[:max(0, strings.LastIndexByte(header[:maxLanguages], ','))]
	}
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return inEnglish
	}
	for _, tag := range tags { // best first, without those of q=0
		switch base, _ := tag.Base(); base.String() {
		case inEnglish, inKorean:
			return base.String()
		}
	}
	return inEnglish
}
