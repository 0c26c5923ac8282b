package meaning

import (
	"strings"

	"chaja/search"
	"chaja/search/chars"
)

// MaxPassage bounds a passage in bytes of UTF-8. Models of retrieval mostly read 512 tokens, and a token of a multilingual
// one is some 4 to 6 bytes in Korean as in English; what is longer they cut themselves, or refuse.
const MaxPassage = 2000

// Passage is what of a post is embedded: a section under its headings.
type Passage struct {
	Section int // index in Document.Sections; 0 in a document without any
	Text    string
}

// Passages returns the passages of a post: one for each section that has a text, and one with the title alone in a post that
// has none.
func Passages(doc *search.Document) []Passage {
	title := doc.Title
	if chars.TagKey(title) == chars.TagKey(doc.ID) {
		title = "" // made of the name of the file: it says nothing
	}
	var list []Passage
	for i, s := range doc.Sections {
		if text := strings.TrimSpace(doc.Body[s.Start:s.End]); text != "" {
			list = append(list, Passage{i, passage(title, doc.Path(i), s.Heading, text)})
		}
	}
	if len(list) == 0 {
		list = append(list, Passage{0, cut(doc.Title)})
	}
	return list
}

// passage puts the title and the headings, each once, before the text.
func passage(title string, path []string, heading, text string) string {
	var names []string
	for _, name := range append(append([]string{title}, path...), heading) {
		if name != "" && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		text = strings.Join(names, " > ") + "\n" + text
	}
	return cut(text)
}

// cut cuts a text at MaxPassage, between words where there is a blank near.
func cut(text string) string {
	if len(text) <= MaxPassage {
		return text
	}
	text = text[:chars.Start(text, MaxPassage)]
	if at := strings.LastIndexAny(text, " \n\t"); at > MaxPassage*3/4 {
		text = text[:at]
	}
	return strings.TrimSpace(text)
}
