package searchbox

import (
	"errors"
	"net/http"
	"strings"

	"chaja/search"
)

// previewPage shows a post that is published nowhere yet, or nobody has said where.
type previewPage struct {
	base
	Doc      search.Document
	Sections []previewSection
}

// previewSection is a section with its text in paragraphs.
type previewSection struct {
	search.Section
	Lines []string
}

// preview answers for the address of a post while nobody has said where the blog is. It returns false for everything else.
func (p *pages) preview(w http.ResponseWriter, r *http.Request) bool {
	if p.Blog.URL != nil || p.Post == nil {
		return false
	}
	page := previewPage{base: p.base(w, r)}
	err := p.InTurn(r.Context(), func() (err error) {
		page.Doc, err = p.Post(r.Context(), r.URL.EscapedPath())
		return err
	})
	if errors.Is(err, search.ErrNoPost) {
		return false
	}
	page.Title = page.Doc.Title
	for _, s := range page.Doc.Sections {
		if s.Level == 1 && saysTheSame(s.Heading, page.Doc.Title) {
			s.Heading = ""
		}
		page.Sections = append(page.Sections, previewSection{s, strings.FieldsFunc(page.Doc.Body[s.Start:s.End], func(r rune) bool { return r == '\n' })})
	}
	status := page.check(w, r, err)
	p.render(w, r, status, "preview.html", page)
	return true
}
