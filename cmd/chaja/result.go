package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"chaja/search"
	"chaja/search/catalog"
)

// suggestion says which other query finds more; "" for none.
func suggestion(texts *catalog.Texts, s *search.Suggestion) string {
	switch {
	case s == nil:
		return ""
	case s.Applied:
		return texts.Terminal.Applied.With("query", s.Query)
	}
	return texts.Terminal.Mean.With("query", s.Query)
}

func printResult(out io.Writer, s style, result search.Result) {
	texts := s.texts()
	first := (result.Page - 1) * result.PerPage
	summary := texts.Found(result.Total, result.Full)
	switch shown := len(result.Hits); {
	case result.Total == 0:
	case shown == 0:
		summary += texts.Terminal.NoPage.With("page", result.Page)
	case shown < result.Total:
		summary += texts.Terminal.Page.With("from", first+1, "to", first+shown, "page", result.Page)
	}
	common := missingInAll(result.Hits)
	if len(common) > 0 {
		summary += ", " + texts.Terminal.Without.With("words", strings.Join(common, ", "))
	}
	fmt.Fprintln(out, s.wrap(clean(summary), 0))
	for i, hit := range result.Hits {
		if len(common) > 0 {
			hit.Missing = nil
		}
		fmt.Fprintln(out)
		printHit(out, s, first+i+1, hit)
	}
}

// missingInAll returns the words that every one of several hits lacks, when none lacks others; they are named once then.
func missingInAll(hits []search.Hit) []string {
	if len(hits) < 2 || slices.ContainsFunc(hits, func(h search.Hit) bool { return !slices.Equal(h.Missing, hits[0].Missing) }) {
		return nil
	}
	return hits[0].Missing
}

func printHit(out io.Writer, s style, n int, hit search.Hit) {
	number := fmt.Sprintf("%d. ", n)
	title := s.apply(bold, s.marked(hit.TitleHTML))
	if !hit.Date.IsZero() {
		title += "  " + s.apply(dim, hit.Date.Format(time.DateOnly))
	}
	fmt.Fprintln(out, number+s.wrap(title+s.tags(hit.Tags), len(number)))
	if len(hit.Missing) > 0 && len(hit.Why) == 0 {
		fmt.Fprintf(out, "   %s\n", s.apply(dim, s.wrap(clean(s.texts().Terminal.Without.With("words", strings.Join(hit.Missing, ", "))), 3)))
	}
	for _, w := range hit.Why {
		fmt.Fprintf(out, "   %s\n", s.apply(dim, s.wrap(clean(w.Text), 3)))
	}
	if !inSections(hit) {
		fmt.Fprintf(out, "   %s\n", s.url(hit.ID, hit.URL))
		printExcerpt(out, s, 3, hit.ExcerptHTML)
	}
	for _, sec := range hit.Sections {
		fmt.Fprintf(out, "   § %s\n     %s\n", s.wrap(s.marked(sec.HeadingHTML), 5), s.url(hit.ID, sec.URL))
		printExcerpt(out, s, 5, sec.ExcerptHTML)
	}
}

func printExcerpt(out io.Writer, s style, indent int, excerpt string) {
	if excerpt != "" {
		fmt.Fprintln(out, pad("", indent)+s.wrap(s.marked(excerpt), indent))
	}
}

// inSections reports whether a section shows the excerpt of the hit. It does not when the text before the first heading
// matches best.
func inSections(hit search.Hit) bool {
	return slices.ContainsFunc(hit.Sections, func(sec search.HitSection) bool { return sec.ExcerptHTML == hit.ExcerptHTML })
}
