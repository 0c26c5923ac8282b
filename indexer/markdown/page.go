package markdown

import (
	"strings"

	"chaja/indexer/text"
	"chaja/search"
)

// page collects text block by block. A line end is written before the next block or heading, so it belongs to the
// section it ends, and every range begins at the beginning of a line.
type page struct {
	body     strings.Builder
	midLine  bool
	sections []search.Section
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

// heading begins a section called s. The id is made from h unless the post states one.
func (p *page) heading(h heading, s, id string) {
	p.endLine()
	s = strings.TrimSpace(text.Clean(s))
	if id == "" {
		id = p.anchors.of(h)
	} else {
		p.anchors.take(id)
	}
	at := p.body.Len()
	p.sections = append(p.sections, search.Section{
		Heading: strings.Join(strings.Fields(s), " "),
		Level:   h.level,
		Anchor:  id,
		Start:   at,
	})
}

func (p *page) endLine() {
	if p.midLine {
		p.body.WriteByte('\n')
	}
	p.midLine = false
}

// finish returns the text and its sections.
func (p *page) finish() (string, []search.Section) {
	end := p.body.Len()
	for i := len(p.sections) - 1; i >= 0; i-- {
		p.sections[i].End = end
		end = p.sections[i].Start
	}
	return p.body.String(), p.sections
}
