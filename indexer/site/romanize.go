package site

import (
	"strings"

	"github.com/mozillazg/go-unidecode"
)

// romanSlug writes all letters in Latin ones, as unidecode does, and keeps letters and digits, in lower case, with one hyphen
// between words (crate slug of Rust).
func romanSlug(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(unidecode.Unidecode(s)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}
