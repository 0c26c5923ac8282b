package service

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"chaja/search"
	"chaja/search/highlight"
	"chaja/search/match"
	"chaja/search/ranking"
	"chaja/search/snippet"
)

// Limits of what a hit shows.
const (
	maxSections  = 3   // of a hit
	excerptRunes = 160 // of an excerpt: two to three lines in a list of results
)

// hit shows why a document was found: its title marked, its best sections, an excerpt of the best one, and if it has not
// all the words, those it lacks. A word is lacking that the index does not have in the document, nor the highlighter in what
// it looks through.
func (a answer) hit(scored search.Scored) search.Hit {
	q, doc, full := a.query, scored.Document, scored.Full
	title := q.highlighter.Spans(doc.Title)
	h := newHit(scored)
	h.TitleHTML = snippet.Mark(doc.Title, title)
	sections := a.sections(q, &doc, maxAnalyzed)
	var found []highlight.Explanation
	if !full || a.Explain {
		found = q.highlighter.Explain(a.spans(q, &doc, title, sections))
	}
	if a.Explain && slices.ContainsFunc(found, isNowhere) {
		sections = a.sections(q, &doc, maxExplained)
		found = q.highlighter.Explain(a.spans(q, &doc, title, sections))
	}
	for _, word := range scored.Missing {
		if isNowhere(found[word]) {
			h.Missing = append(h.Missing, found[word].Word)
		}
	}
	if a.Explain {
		if full {
			byName(q, &doc, found)
		}
		h.Why = a.explain(found, full, scored.Missing)
	}
	for _, sec := range sections[:min(maxSections, len(sections))] {
		if sec.Level > 0 {
			h.Sections = append(h.Sections, sec.show(&doc))
		}
	}
	h.ExcerptHTML = excerpt(&doc, sections)
	return h
}

func isNowhere(f highlight.Explanation) bool { return len(f.Fields) == 0 }

// byName completes what was found in a document that has all the words in its title or a heading as a whole, though none of
// them may be found there by itself: a title typed without blanks.
func byName(q *prepared, doc *search.Document, found []highlight.Explanation) {
	var in []match.Field
	if q.Match.IsName(doc.Title) {
		in = append(in, match.Title)
	}
	if slices.ContainsFunc(doc.Sections, func(s search.Section) bool { return q.Match.IsName(s.Heading) }) {
		in = append(in, match.Heading)
	}
	for i := range found {
		if len(found[i].Fields) == 0 {
			found[i].Fields = in
		}
	}
}

// excerpt shows the best section with a match in its text, or else with a text; of a post found by its title the opening.
func excerpt(doc *search.Document, sections []foundSection) string {
	i := slices.IndexFunc(sections, func(f foundSection) bool { return len(f.text) > 0 })
	if i < 0 {
		i = slices.IndexFunc(sections, func(f foundSection) bool { return f.End > f.Start })
	}
	if i < 0 {
		return snippet.Excerpt(doc.Body, nil, doc.IsCode, excerptRunes)
	}
	return sections[i].excerpt(doc)
}

// spans returns what matches in each field of the document.
func (s state) spans(q *prepared, doc *search.Document, title []snippet.Span, sections []foundSection) (spans [match.Fields][]snippet.Span) {
	spans[match.Title] = title
	for _, text := range doc.Texts(match.Tag) {
		spans[match.Tag] = append(spans[match.Tag], q.highlighter.Spans(text)...)
	}
	for _, sec := range sections {
		spans[match.Heading] = append(spans[match.Heading], sec.heading...)
		for _, span := range sec.text {
			f := match.Body
			if doc.IsCode(sec.Start + span.Start) {
				f = match.Code
			}
			spans[f] = append(spans[f], span)
		}
	}
	return spans
}

// foundSection is a section with what matches in it.
type foundSection struct {
	search.Section
	at            int // index in Document.Sections
	heading, text []snippet.Span
	score         float64
}

// sections returns the sections in which something matches within limit bytes, best first: before all, one whose heading
// was typed.
func (s state) sections(q *prepared, doc *search.Document, limit int) []foundSection {
	var found []foundSection
	in := map[int]int{} // term -> number of sections that have it
	windows := lookInto(q, doc, limit)
	for i, sec := range doc.Sections {
		f, w := foundSection{Section: sec, at: i}, windows[i].text
		if windows[i].heading {
			f.heading = q.highlighter.Spans(sec.Heading)
		}
		for _, span := range q.highlighter.Spans(doc.Body[w.Start:w.End]) {
			span.Start, span.End = span.Start+w.Start-sec.Start, span.End+w.Start-sec.Start
			f.text = append(f.text, span)
		}
		if len(f.heading)+len(f.text) == 0 {
			continue
		}
		found = append(found, f)
		for term := range f.terms() {
			in[term]++
		}
	}
	for i := range found {
		found[i].weigh(len(doc.Sections), in)
		if q.Match.IsName(found[i].Heading) {
			found[i].score = math.Inf(1)
		}
	}
	slices.SortStableFunc(found, func(a, b foundSection) int { return cmp.Compare(b.score, a.score) })
	return found
}

// terms returns what each term counts for being there: more in the heading, and a little for being there often.
func (f *foundSection) terms() map[int]float64 {
	inText, counts := map[int]float64{}, map[int]float64{}
	for _, span := range f.heading {
		counts[span.Term] = ranking.SectionHeading
	}
	for _, span := range f.text {
		inText[span.Term]++
	}
	for term, n := range inText {
		counts[term] += 1 + ranking.SectionRepeats*math.Log(n)
	}
	return counts
}

// weigh scores the section: terms that few sections of the post have tell it from the others.
func (f *foundSection) weigh(sections int, in map[int]int) {
	terms := f.terms()
	for _, term := range slices.Sorted(maps.Keys(terms)) { // in one order, or sums differ in the last digit
		f.score += terms[term] * math.Log(1+float64(sections)/float64(in[term]))
	}
}

func (f foundSection) show(doc *search.Document) search.HitSection {
	return search.HitSection{
		Path:    doc.Path(f.at),
		Heading: f.Heading, HeadingHTML: snippet.Mark(f.Heading, f.heading),
		Level: f.Level, Anchor: f.Anchor, URL: doc.SectionURL(f.at),
		ExcerptHTML: f.excerpt(doc),
	}
}

func (f foundSection) excerpt(doc *search.Document) string {
	return snippet.Excerpt(doc.Body[f.Start:f.End], f.text, func(offset int) bool { return doc.IsCode(f.Start + offset) }, excerptRunes)
}
