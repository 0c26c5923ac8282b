// Package match decides which documents a query matches and how well. It compiles a parsed query to analyzed
// terms and scores a document by BM25; every engine uses it, so that all of them answer alike.
package match

import (
	"strings"

	"chaja/search/chars"
)

// Key is the key of a tag or category, see chars.TagKey.
func Key(value string) string { return chars.TagKey(value) }

// NameKey is the key of a title or heading, see chars.NameKey.
func NameKey(name string) string { return chars.NameKey(name) }

// LangOf reduces a language tag (BCP 47) to the language alone, by which documents are filtered: ko-KR is ko.
func LangOf(tag string) string {
	language, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(language)
}
