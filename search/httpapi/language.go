package httpapi

import (
	"net/http"

	"golang.org/x/text/language"
)

// Languages of errors.
const (
	english = "en"
	korean  = "ko"
)

// maxLanguages is how much of an Accept-Language header is read, in bytes: a dozen languages.
const maxLanguages = 256

// languageOf returns the language that the client prefers; English when it knows neither or says nothing.
func languageOf(r *http.Request) string {
	header := r.Header.Get("Accept-Language")
	tags, _, err := language.ParseAcceptLanguage(header[:min(len(header), maxLanguages)])
	if err != nil {
		return english
	}
	for _, tag := range tags { // best first, without those of q=0
		switch base, _ := tag.Base(); base.String() {
		case english, korean:
			return base.String()
		}
	}
	return english
}
