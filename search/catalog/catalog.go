// Package catalog is the message catalog: every text that is written in the language of its reader, be it of the API, the
// pages, the search box, the warnings or the explanations. A language is one file, such as ko.json, and is offered
// everywhere as soon as it is here. Texts is the list of all keys.
package catalog

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Fallback is the language for readers of all other languages. Its texts stand in for those that a language lacks.
const Fallback = "en"

// maxAccept is how much of an Accept-Language header is read, in bytes: a dozen languages.
const maxAccept = 256

//go:embed *.json
var files embed.FS

// Catalog holds the texts of all languages. It does not change, and is safe for concurrent use.
type Catalog struct {
	languages []*Texts // Fallback first, the others by name
	matcher   language.Matcher
}

// Embedded returns the catalog of the program.
var Embedded = sync.OnceValue(func() *Catalog {
	c, err := New(files)
	if err != nil {
		panic(err) // a file of the program is broken, as every test shows
	}
	return c
})

// New reads a catalog from the files named TAG.json in the root of files, where TAG is a language tag (BCP 47) such as ko
// or pt-BR. There must be one for Fallback.
func New(files fs.FS) (*Catalog, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list languages: %w", err)
	}
	fallback, err := read(files, Fallback)
	if err != nil {
		return nil, err
	}
	c, tags := &Catalog{languages: []*Texts{fallback}}, []language.Tag{fallback.tag}
	for _, name := range names {
		if tag := strings.TrimSuffix(name, ".json"); tag != Fallback {
			texts, err := read(files, Fallback, tag)
			if err != nil {
				return nil, err
			}
			c.languages, tags = append(c.languages, texts), append(tags, texts.tag)
		}
	}
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

// read returns the texts of the last of some languages; what it lacks is that of the one before.
func read(files fs.FS, tags ...string) (t *Texts, err error) {
	t = new(Texts)
	for _, tag := range tags {
		source, err := fs.ReadFile(files, tag+".json")
		if err != nil {
			return nil, fmt.Errorf("read language: %w", err)
		}
		decoder := json.NewDecoder(bytes.NewReader(source))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(t); err != nil {
			return nil, fmt.Errorf("read language %s: %w", tag, err)
		}
		t.Lang = tag
	}
	if t.tag, err = language.Parse(t.Lang); err != nil {
		return nil, fmt.Errorf("name of language %s: %w", t.Lang, err)
	}
	return t, nil
}

// Languages returns the texts of every language, those of Fallback first.
func (c *Catalog) Languages() []*Texts { return c.languages }

// Match returns the texts in the language that fits best. accept is an Accept-Language header (RFC 9110) or a language
// tag; what cannot be read, or fits none, gets Fallback.
func (c *Catalog) Match(accept string) *Texts {
	if len(accept) > maxAccept {
		accept = accept[:max(0, strings.LastIndexByte(accept[:maxAccept], ','))]
	}
	_, i := language.MatchStrings(c.matcher, accept)
	return c.languages[i]
}

// Text is a text with placeholders such as {limit}.
type Text string

// With fills placeholders in: it takes names and their values in turn.
func (t Text) With(pairs ...any) string {
	var replace []string
	for i := 0; i+1 < len(pairs); i += 2 {
		replace = append(replace, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(replace...).Replace(string(t))
}

// Before returns what stands before the placeholder {query}, for a page that marks the query up.
func (t Text) Before() string { before, _, _ := strings.Cut(string(t), "{query}"); return before }

// After returns what stands after it.
func (t Text) After() string { _, after, _ := strings.Cut(string(t), "{query}"); return after }

// Plural is a text about {n} things, by the plural category of n in Unicode CLDR: zero, one, two, few, many, other. All
// languages have other.
type Plural map[string]Text

// number is the text for n things.
func (t *Texts) number(p Plural, n int) string {
	names := [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	text, ok := p[names[plural.Cardinal.MatchPlural(t.tag, n, 0, 0, 0, 0)]]
	if !ok {
		text = p["other"]
	}
	return text.With("n", n)
}

// Count says how many posts have all the words, and how many some of them, as the box does in view.js.
func (t *Texts) Count(total, full int) string {
	if 0 < full && full < total {
		return t.Some.With("full", full, "rest", total-full)
	}
	return t.number(t.Posts, total)
}

// TagCount says how many tags are shown, and of how many where that is not all.
func (t *Texts) TagCount(shown, total int) string {
	if shown < total {
		return t.TagsOf.With("shown", shown, "total", total)
	}
	return t.number(t.TagsAll, total)
}
