// Package match decides which documents a query matches and how well. It compiles a parsed query to analyzed
// terms and scores a document by BM25; every engine uses it, so that all of them answer alike.
package match

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Key folds a tag or category to the form by which it is compared: compatibility-composed (NFKC, so width does
// not matter), lower-cased, without blanks, hyphens and underscores. "Spring Boot" and "spring-boot" are one,
// "c++", "c#" and "c" stay three. A value of nothing but those characters keeps them.
func Key(value string) string {
	lower := strings.ToLower(norm.NFKC.String(value))
	folded := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '-', '_':
			return -1
		}
		return r
	}, lower)
	if folded == "" {
		return lower
	}
	return folded
}

// LangOf reduces a language tag (BCP 47) to the language alone, by which documents are filtered: ko-KR is ko.
func LangOf(tag string) string {
	language, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(language)
}
