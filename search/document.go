// Package search is the vocabulary that the write side and the read side share, and the service that answers
// queries. Engines live in packages of their own behind Index.
package search

import (
	"net/url"
	"slices"
	"time"
)

// Document is one post as the index holds it. The indexer makes it, an engine stores it, and a hit gives it
// back unchanged. All text is valid UTF-8 in NFC.
type Document struct {
	ID         string    `json:"id"`             // path of the post relative to the site, with "/"
	URL        string    `json:"url"`            // path the site serves, percent-encoded once
	Title      string    `json:"title"`          // never empty
	Date       time.Time `json:"date,omitzero"`  // to the second; zero when the post states none
	Tags       []string  `json:"tags,omitempty"` // as written, trimmed, without repeats
	Categories []string  `json:"categories,omitempty"`
	Lang       string    `json:"lang,omitempty"`     // "ko", "en" or what the post states
	Body       string    `json:"body"`               // plain text of all sections, headings left out
	Sections   []Section `json:"sections,omitempty"` // in order; together they cover Body
	Code       []Range   `json:"code,omitempty"`     // in order, apart: blocks of code in Body
	Hash       string    `json:"hash"`               // of the source and of all that shapes the document; equal hash, equal document
}

// Section is the part of a post under one heading, up to the next heading of any level. The text before the
// first heading is a section with Level 0 and no heading.
type Section struct {
	Heading string `json:"heading"`
	Level   int    `json:"level"`  // 1 to 6; 0 for the opening text
	Anchor  string `json:"anchor"` // id of the heading in the published page; empty for the opening text
	Start   int    `json:"start"`  // byte range of the section's text in Document.Body
	End     int    `json:"end"`
}

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

// Range is a byte range of Document.Body.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}
