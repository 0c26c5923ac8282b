package meaning

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/chars"
)

// Bounds of passages.
const (
	// MaxPassage bounds the text of a passage in bytes of UTF-8, and its headings: some 200 tokens each. A vector of a longer text
	// says less of each sentence; models read 512 tokens mostly, and cut what is longer themselves, or refuse.
	MaxPassage = 1000

	// maxPieces bounds the passages of a section: what is beyond some 30,000 bytes without a heading is found by its words.
	maxPieces = 32
)

// Passage is what of a post is embedded: a section under its headings, or a piece of a long one.
type Passage struct {
	Section int // index in Document.Sections; 0 in a document without any
	Text    string
}

// Passages returns the passages of a post: those of each section that has a text, and one with the title alone in a post that
// has none.
func Passages(doc *search.Document) []Passage {
	title := doc.Title
	if chars.TagKey(title) == chars.TagKey(doc.ID) {
		title = "" // made of the name of the file: it says nothing
	}
	var list []Passage
	for i, s := range doc.Sections {
		head := headings(title, doc.Path(i), s.Heading)
		for _, piece := range pieces(doc.Body[s.Start:s.End]) {
			list = append(list, Passage{i, head + piece})
		}
	}
	if len(list) == 0 {
		list = append(list, Passage{0, cut(doc.Title)})
	}
	return list
}

// headings returns the line that stands before a text: the title and the headings, each once.
func headings(title string, path []string, heading string) string {
	var names []string
	for _, name := range append(append([]string{title}, path...), heading) {
		if name != "" && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return cut(strings.Join(names, " > ")) + "\n"
}

// pieces cuts a text into pieces of like length, at most MaxPassage each: between sentences, else between words.
func pieces(text string) (list []string) {
	for text = strings.TrimSpace(text); text != "" && len(list) < maxPieces; {
		n := (len(text) + MaxPassage - 1) / MaxPassage
		at := len(text)
		if n > 1 {
			at = end(text, len(text)/n)
		}
		list = append(list, strings.TrimSpace(text[:at]))
		text = strings.TrimSpace(text[at:])
	}
	return list
}

// end returns where a piece of some size ends, of a text that is longer: at the last end of a sentence there, else before the
// last blank.
func end(text string, size int) int {
	most := chars.Start(text, min(size*5/4, MaxPassage))
	least := size * 3 / 4
	for at := most; at > least; at-- {
		if endsSentence(text, at) {
			return at
		}
	}
	if at := strings.LastIndexFunc(text[:most], unicode.IsSpace); at > least {
		return at
	}
	return chars.Start(text, size)
}

// endsSentence reports whether a sentence ends before text[at]: with a line, or with a mark that no letter, digit or sign of
// ASCII follows, as in v2.6.1.
func endsSentence(text string, at int) bool {
	switch next := text[at]; text[at-1] {
	case '\n':
		return true
	case '.', '?', '!':
		return next <= ' ' || next >= utf8.RuneSelf
	}
	return strings.HasSuffix(text[:at], "。")
}

// cut cuts a text at MaxPassage, between words where there is a blank near.
func cut(text string) string {
	if len(text) <= MaxPassage {
		return text
	}
	return strings.TrimSpace(text[:end(text, MaxPassage)])
}
