package opensearch

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/fnv"
	"math/bits"
	"strings"
	"unicode"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/match"
)

// What stands between terms in a field of text. These are no blanks to Java, which U+001C to U+001F are, and in no term.
const (
	besides = "\u0002" // terms of one position
	nothing = "\u0001" // a position without a term
	hashed  = "\u0003" // begins what stands for a term that cannot stand for itself
)

// Bounds of OpenSearch, in bytes.
const (
	maxTerm  = 32_766
	maxDocID = 512
)

// wire returns a term as it is indexed and asked for: itself, unless it is too long or has what separates terms.
func wire(term string) string {
	if len(term) <= maxTerm && !strings.ContainsFunc(term, func(r rune) bool { return r <= ' ' || unicode.IsSpace(r) }) {
		return term
	}
	return hashed + sum(term)
}

func sum(text string) string {
	digest := sha256.Sum256([]byte(text))
	return hex.EncodeToString(digest[:])
}

// key is wire for what is indexed whole.
func key(text string) string {
	if len(text) <= maxTerm {
		return text
	}
	return hashed + sum(text)
}

// docID returns the _id of a document.
func docID(id string) string {
	if id == "" || len(id) > maxDocID {
		return hashed + sum(id)
	}
	return id
}

// laneName begins the names of fields with the terms of a lane.
var laneName = [match.Lanes]string{"m_", "b_"}

func fieldName(space match.Space, f match.Field) string { return laneName[space] + f.String() }

func lengthName(lane int, f match.Field) string { return "l_" + laneName[lane] + f.String() }

// keyName are the fields of the keys by space.
var keyName = map[match.Space]string{
	match.TagKeys: "k_tag", match.CategoryKey: "k_category", match.LangKey: "k_lang", match.TitleKey: "k_title", match.HeadingKey: "k_heading",
	match.FolderKey: "k_folder",
}

// source returns a document as OpenSearch is given it.
func source(doc *search.Document, analyzer *analysis.Analyzer) object {
	var fields [match.Fields]analysis.Occurrences
	out := object{
		"id": doc.ID, "hash": doc.Hash, "record": newRecord(doc), "sample": sampleLevel(doc.ID),
	}
	for f := range match.Field(match.Fields) {
		fields[f] = analyzer.Occurrences(doc.Texts(f))
		for lane := range match.Lanes {
			if n := fields[f].Length[lane]; n > 0 {
				out[lengthName(lane, f)] = n
				out[fieldName(match.Space(lane), f)] = text(match.Space(lane), fields[f].Positions[lane])
			}
		}
	}
	for space, name := range keyName {
		if keys := doc.Keys(space); len(keys) > 0 {
			for i := range keys {
				keys[i] = key(keys[i])
			}
			out[name] = keys
		}
	}
	if !doc.Date.IsZero() {
		out["date"] = doc.Date.Unix()
	}
	if year := search.Year(doc.Date); year != "" {
		out["year"] = year
	}
	if len(doc.Tags) > 0 {
		out["tags"] = doc.Tags
	}
	if len(doc.Categories) > 0 {
		out["categories"] = doc.Categories
	}
	out["forward"] = forward(doc, fields) // base64 in JSON
	return out
}

// text writes terms so that the analyzer of the field finds them at their positions, where these matter.
func text(lane match.Space, terms map[string][]int) string {
	if lane != match.Morphemes {
		var b strings.Builder
		for term, positions := range terms {
			term = wire(term)
			for range positions {
				b.WriteString(term)
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	last := -1
	for _, positions := range terms {
		last = max(last, positions[len(positions)-1])
	}
	at := make([]string, last+1)
	for term, positions := range terms {
		term = wire(term)
		for _, p := range positions {
			if at[p] != "" {
				at[p] += besides
			}
			at[p] += term
		}
	}
	for p := range at {
		if at[p] == "" {
			at[p] = nothing
		}
	}
	return strings.Join(at, " ")
}

// record is a document as it is stored. Its date is apart, as JSON knows no year 10000.
type record struct {
	search.Document
	When []byte `json:"when,omitempty"`
}

func newRecord(doc *search.Document) record {
	r := record{Document: *doc}
	if !doc.Date.IsZero() {
		r.When, _ = doc.Date.MarshalBinary() // the error: a zone out of bounds, which is not shown
	}
	r.Document.Date = search.Document{}.Date
	return r
}

func (r record) document() (search.Document, error) {
	if len(r.When) > 0 {
		if err := r.Document.Date.UnmarshalBinary(r.When); err != nil {
			return r.Document, err
		}
	}
	return r.Document, nil
}

// sampleLevel is 0 for every document, 1 or more for half of them, 2 or more for a quarter and so on, by their ID.
func sampleLevel(id string) int {
	h := fnv.New64a()
	h.Write([]byte(id))
	return bits.TrailingZeros64(h.Sum64() * 0x9e3779b97f4a7c15 >> 20)
}
