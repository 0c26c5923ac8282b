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

// finish returns the page with a note on how it was read.
func (p *page) finish(note string) Page {
	end := p.body.Len()
	for i := len(p.sections) - 1; i >= 0; i-- {
		p.sections[i].End = end
		end = p.sections[i].Start
	}
	return Page{Text: p.body.String(), Sections: p.sections, Code: p.codes, Note: note}
}
