package markdown

import (
	"strings"

	"chaja/indexer/text"
	"chaja/search"
)

// page collects text block by block. The end of a line is written when the next block or heading begins. So it belongs to
// the section that ends there, and every range begins where a line begins.
type page struct {
	body     strings.Builder
	midLine  bool
	sections []search.Section
	codes    []search.Range
	anchors  anchors
}

// block adds a piece of text that stands for itself.
func (p *page) block(s string) {
	s = strings.Trim(text.Clean(s), "\n")
	if strings.TrimSpace(s) == "" {
		return
	}
	if len(p.sections) == 0 {
		p.sections = append(p.sections, search.Section{})
	}
	p.endLine()
	p.body.WriteString(s)
	p.midLine = true
}

// code adds a block of code.
func (p *page) code(s string) {
	before := p.body.Len()
	if p.midLine {
		before++
	}
	p.block(s)
	if end := p.body.Len(); end > before {
		p.codes = append(p.codes, search.Range{Start: before, End: end})
	}
}

// heading begins a section called s. The id is made from h unless the post states one.
func (p *page) heading(h Heading, s, id string) {
	if id == "" {
		id = p.anchors.of(h)
	} else {
		p.anchors.take(id)
	}
	p.section(h.Level, s, id)
}

// section begins a section under a heading with this id, or with none.
func (p *page) section(level int, heading, id string) {
	p.endLine()
	p.sections = append(p.sections, search.Section{
		Heading: strings.Join(strings.Fields(text.Clean(heading)), " "),
		Level:   level,
		Anchor:  id, // as the page has it, in whatever form of Unicode
		Start:   p.body.Len(),
	})
}

func (p *page) endLine() {
	if p.midLine {
		p.body.WriteByte('\n')
	}
	p.midLine = false
}

// mark is a place in a page that it can be taken back to, but for the ids that were given out since.
type mark struct {
	body, sections, codes int
	midLine               bool
}

func (p *page) mark() mark { return mark{p.body.Len(), len(p.sections), len(p.codes), p.midLine} }

// reset takes the page back to a mark.
func (p *page) reset(m mark) {
	kept := p.body.String()[:m.body]
	p.body.Reset()
	p.body.WriteString(kept)
	p.sections, p.codes, p.midLine = p.sections[:m.sections], p.codes[:m.codes], m.midLine
}

// finish returns the page with its sections closed.
func (p *page) finish() Page {
	end := p.body.Len()
	for i := len(p.sections) - 1; i >= 0; i-- {
		p.sections[i].End = end
		end = p.sections[i].Start
	}
	return Page{Text: p.body.String(), Sections: p.sections, Code: p.codes}
}
