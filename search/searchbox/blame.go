package searchbox

import (
	"context"
	"strings"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/httpapi"
	"chaja/search/query"
)

// maxTried bounds the questions that are asked to find out why a search finds nothing.
const maxTried = 6

// way is another question, which finds something.
type way struct {
	Text  string // says what it leaves out
	Count int
	Link  string
}

// blame finds out what makes a search find nothing: ways that leave one filter out, or all filters, else the words that no
// post has.
func (page *searchPage) blame(ctx context.Context, s httpapi.Searcher) error {
	filters := page.chosen(search.Facets{})
	for _, f := range filters[:min(len(filters), maxTried)] {
		if err := page.try(ctx, s, page.T.Without.With("what", f.Value), f.Link); err != nil {
			return err
		}
	}
	if len(filters) > 1 && len(page.Ways) == 0 {
		if err := page.try(ctx, s, page.T.Unfiltered, page.Question.Unfiltered()); err != nil {
			return err
		}
	}
	if len(page.Ways) > 0 {
		return nil
	}
	return page.blameWords(ctx, s)
}

// try keeps the way by a link of a page if it finds something.
func (page *searchPage) try(ctx context.Context, s httpapi.Searcher, text, link string) error {
	q := follow(link)
	if q.Empty() {
		return nil
	}
	found, err := s.Search(ctx, q.Request)
	if err == nil && found.Total > 0 {
		page.Ways = append(page.Ways, way{text, found.Total, link})
	}
	return err
}

// blameWords looks for words that no post has.
func (page *searchPage) blameWords(ctx context.Context, s httpapi.Searcher) error {
	parsed := query.Parse(page.Question.Request.Query)
	words := parsed.Words()
	if len(words) < 2 || len(words) > maxTried {
		return nil
	}
	missing := map[string]bool{}
	for _, word := range words {
		found, err := s.Search(ctx, search.Request{Query: word, PerPage: 1})
		if err != nil {
			return err
		}
		if found.Total == 0 {
			missing[word] = true
			page.Missing = append(page.Missing, word)
		}
	}
	if len(missing) == 0 || len(missing) == len(words) {
		return nil
	}
	rest := parsed.Replace(func(word string) string {
		if missing[word] {
			return ""
		}
		return word
	})
	return page.try(ctx, s, page.T.Without.With("what", strings.Join(page.Missing, " ")), page.Question.Ask(withoutEmpty(rest.String())))
}

// withoutEmpty takes out of a query what has lost its word, such as title: or "".
func withoutEmpty(text string) string {
	var kept []string
	for _, field := range strings.Fields(text) {
		if strings.ContainsFunc(field, chars.IsWord) && !strings.HasSuffix(field, ":") && !strings.HasSuffix(field, `:""`) {
			kept = append(kept, field)
		}
	}
	return strings.Join(kept, " ")
}
