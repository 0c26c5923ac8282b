package searchbox

import (
	"net/url"
	"slices"

	"chaja/search"
)

// maxWords bounds the words that a link carries, as highlight.js does.
const maxWords = 8

// markedWords are the marked texts of a hit, each once.
func markedWords(h search.Hit) []string {
	fields := []string{h.TitleHTML, h.ExcerptHTML}
	for _, s := range h.Sections {
		fields = append(fields, s.ExcerptHTML)
	}
	var words []string
	for _, field := range fields {
		for _, s := range segments(field) {
			if s.Mark && len(words) < maxWords && !slices.Contains(words, s.Text) {
				words = append(words, s.Text)
			}
		}
	}
	return words
}

// marking returns the address of a post with the words to mark there; the search box on the site marks them.
func marking(link string, words []string) string {
	u, err := url.Parse(link)
	if err != nil || link == "" || len(words) == 0 {
		return link
	}
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += url.Values{"highlight": words}.Encode()
	return u.String()
}
