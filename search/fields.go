package search

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"chaja/search/chars"
	"chaja/search/match"
	"chaja/search/query"
)

// Path returns the headings that section i stands under, the outermost first.
func (d *Document) Path(i int) []string {
	path := []string{}
	for level := d.Sections[i].Level; i >= 0; i-- {
		if above := d.Sections[i]; above.Level > 0 && above.Level < level {
			path, level = append(path, above.Heading), above.Level
		}
	}
	slices.Reverse(path)
	return path
}

// SectionURL returns the URL of section i: that of the post, at the anchor if the section has one.
func (d *Document) SectionURL(i int) string {
	anchor := d.Sections[i].Anchor
	if anchor == "" {
		return d.URL
	}
	return d.URL + "#" + url.PathEscape(anchor)
}

// Texts returns the texts of a field, each apart, so that no phrase reaches from one into the next.
func (d *Document) Texts(f match.Field) []string {
	switch f {
	case match.Title:
		return []string{d.Title}
	case match.Heading:
		headings := make([]string, 0, len(d.Sections))
		for _, s := range d.Sections {
			if s.Heading != "" {
				headings = append(headings, s.Heading)
			}
		}
		return headings
	case match.Tag:
		return append(append([]string{}, d.Tags...), d.Categories...)
	}
	prose, code := d.pieces()
	if f == match.Code {
		return code
	}
	return prose
}

// pieces cuts the sections at the blocks of code.
func (d *Document) pieces() (prose, code []string) {
	add := func(to *[]string, start, end int) {
		if start < end && strings.TrimSpace(d.Body[start:end]) != "" {
			*to = append(*to, d.Body[start:end])
		}
	}
	next := d.Code
	for _, s := range d.Sections {
		at := s.Start
		for len(next) > 0 && next[0].Start < s.End {
			add(&prose, at, next[0].Start)
			at = min(max(at, next[0].End), s.End)
			add(&code, max(s.Start, next[0].Start), at)
			if next[0].End > s.End {
				break // it goes on in the next section
			}
			next = next[1:]
		}
		add(&prose, at, s.End)
	}
	return prose, code
}

// IsCode reports whether the byte of the body at offset is in a block of code.
func (d *Document) IsCode(offset int) bool {
	return slices.ContainsFunc(d.Code, func(r Range) bool { return r.Start <= offset && offset < r.End })
}

// Year returns the year that a document of this date is counted under, which is found by query.After and query.Before of
// it; empty without a date, or where the year has not the four digits that a query can name.
func Year(date time.Time) string {
	date = date.In(query.Zone())
	if year := date.Year(); date.IsZero() || year < 0 || year > 9999 {
		return ""
	}
	return date.Format("2006")
}

// Keys returns the terms of a space by which the document is filtered.
func (d *Document) Keys(space match.Space) []string {
	switch space {
	case match.TagKeys:
		return keys(chars.TagKey, d.Tags)
	case match.CategoryKey:
		return keys(chars.TagKey, d.Categories)
	case match.LangKey:
		return []string{match.LangOf(d.Lang)}
	case match.TitleKey:
		return keys(chars.NameKey, []string{d.Title})
	case match.HeadingKey:
		return keys(chars.NameKey, d.Texts(match.Heading))
	case match.FolderKey:
		return folders(d.ID)
	}
	return nil
}

// folders returns the folders that a path lies in, the innermost first.
func folders(path string) (all []string) {
	for at := strings.LastIndexByte(path, '/'); at > 0; at = strings.LastIndexByte(path, '/') {
		path = path[:at]
		all = append(all, path)
	}
	return all
}

// keys folds values, without repeats and without those of which nothing is left.
func keys(fold func(string) string, values []string) []string {
	out := make([]string, 0, len(values))
	seen := map[string]bool{"": true}
	for _, v := range values {
		if k := fold(v); !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return out
}

// SortFacets makes the list of an answer from counts by value: most frequent first, then by value.
func SortFacets(counts map[string]int) []Facet {
	facets := make([]Facet, 0, len(counts))
	for value, count := range counts {
		facets = append(facets, Facet{value, count})
	}
	slices.SortFunc(facets, func(a, b Facet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return facets
}
