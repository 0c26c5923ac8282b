package indextest

import (
	"strings"
	"time"

	"chaja/search"
)

// Post reads a document from a few lines, so that tests can show documents as what they are:
//
//	tags: Go, C++
//	categories: notes
//	lang: en
//	date: 2024-05-01
//	# Title
//	Opening text.
//	## Heading
//	Text under it.
//		a line of code after a tab
//
// Every line may be left out. The title is "untitled" by default, the URL /id/, the anchor the heading with hyphens
// for blanks, and the hash the source.
func Post(id, source string) search.Document {
	doc := search.Document{ID: id, URL: "/" + id + "/", Title: "untitled", Hash: source}
	section := search.Section{}
	endSection := func() {
		section.End = len(doc.Body)
		if section.Level > 0 || section.End > section.Start {
			doc.Sections = append(doc.Sections, section)
		}
	}
	for line := range strings.Lines(source) {
		text := strings.TrimSuffix(line, "\n")
		marks := len(text) - len(strings.TrimLeft(text, "#"))
		switch {
		case marks == 1 && text[1] == ' ':
			doc.Title = text[2:]
		case marks > 1 && text[marks] == ' ':
			endSection()
			heading := text[marks+1:]
			section = search.Section{
				Heading: heading, Level: marks, Anchor: strings.ReplaceAll(heading, " ", "-"), Start: len(doc.Body),
			}
		case strings.HasPrefix(text, "\t"):
			doc.Body += line[1:]
			doc.Code = append(doc.Code, search.Range{Start: len(doc.Body) - len(line[1:]), End: len(doc.Body)})
		case !setField(&doc, text):
			doc.Body += line
		}
	}
	endSection()
	return doc
}

// setField reads a line with a field of the document; it reports whether the line is one.
func setField(doc *search.Document, line string) bool {
	key, value, _ := strings.Cut(line, ": ")
	switch key {
	case "tags":
		doc.Tags = strings.Split(value, ", ")
	case "categories":
		doc.Categories = strings.Split(value, ", ")
	case "lang":
		doc.Lang = value
	case "date":
		doc.Date = Day(value)
	default:
		return false
	}
	return true
}

// Day returns midnight UTC of a day like 2024-05-01. It panics on anything else: days in tests are literals.
func Day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// posts makes one document of each source, with the IDs a, b, c and so on.
func posts(sources ...string) []search.Document {
	docs := make([]search.Document, len(sources))
	for i, source := range sources {
		docs[i] = Post(string(rune('a'+i)), source)
	}
	return docs
}
