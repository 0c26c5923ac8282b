package highlight

import "chaja/search/snippet"

// AllSpans is Spans without leaving out the words in which no term can stand.
func (h *Highlighter) AllSpans(text string) []snippet.Span {
	if h == nil {
		return nil
	}
	return h.spans(text)
}

// LooksAt returns how many bytes of a text are analyzed.
func (h *Highlighter) LooksAt(text string) (n int) {
	h.passages(text, func(passage string, _ int) { n += len(passage) })
	return n
}
