package lexicon

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"chaja/search/analysis"
	"chaja/search/lexicon/column"
	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
	"chaja/search/match"
)

// The notes are a Builder as it is kept beside the lexicon, so that the next one learns only what has changed. The file may be
// missing: then everything is learned anew. It has these columns, see package column.
const (
	analysisColumn = iota // one name: Analyzer.Version
	idColumn              // names, in their order
	titleColumn           // names, by post
	addressColumn         // names: by post its URL, then those of its headings
	headingColumn         // names, by post
	tagColumn             // names, by post
	partColumn            // by post, how many headings and tags
	spaceColumn           // how many words each space has
	termColumn            // names, of the words by space
	docsColumn            // how many posts have each
	learnerColumn         // pairs.Learner; empty where the pairs stand
	standingColumn        // standing, as JSON; empty where they do not
	notesColumns          // their number
)

// notesMagic ends with the number of changes of what posts give to a builder. Notes of another version are not read.
const notesMagic = "notes\x03"

// WriteNotes writes what the builder knows into a folder, over what is there. Call it after Build.
func (b *Builder) WriteNotes(dir string) error {
	columns := b.postColumns()
	b.wordColumns(&columns)
	columns[analysisColumn] = appendNames(b.analyzer.Version())
	if err := b.pairColumns(&columns); err != nil {
		return err
	}
	data, err := column.Write(notesMagic, columns[:]...)
	if err != nil {
		return fmt.Errorf("encode notes: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, notesFile), data, 0o644)
}

func (b *Builder) pairColumns(columns *[notesColumns][]byte) (err error) {
	if b.pairs == nil {
		columns[standingColumn], err = json.Marshal(b.standing)
		return err
	}
	columns[learnerColumn], err = b.pairs.MarshalBinary()
	return err
}

func appendNames(list ...string) []byte {
	return column.AppendNames(nil, len(list), func(i int) string { return list[i] })
}

func (b *Builder) postColumns() (columns [notesColumns][]byte) {
	ids := slices.Sorted(maps.Keys(b.posts))
	var titles, addresses, headings, tags []string
	var parts []byte
	for _, id := range ids {
		p := b.posts[id]
		titles, addresses, tags = append(titles, p.Title), append(addresses, p.URL), append(tags, p.Tags...)
		for _, h := range p.Headings {
			headings, addresses = append(headings, h.Text), append(addresses, h.URL)
		}
		parts = column.AppendUint(column.AppendUint(parts, len(p.Headings)), len(p.Tags))
	}
	columns[idColumn], columns[titleColumn], columns[addressColumn] = appendNames(ids...), appendNames(titles...), appendNames(addresses...)
	columns[headingColumn], columns[tagColumn], columns[partColumn] = appendNames(headings...), appendNames(tags...), parts
	return columns
}

func (b *Builder) wordColumns(columns *[notesColumns][]byte) {
	var spaces [analysis.Lanes]int
	for _, w := range b.words {
		spaces[w.Term.Space]++
		columns[docsColumn] = column.AppendUint(columns[docsColumn], w.Docs)
	}
	for _, n := range spaces {
		columns[spaceColumn] = column.AppendUint(columns[spaceColumn], n)
	}
	columns[termColumn] = column.AppendNames(nil, len(b.words), func(i int) string { return b.words[i].Term.Text })
}

// ReadNotes returns the builder that WriteNotes wrote into a folder. Any error means that everything must be learned anew.
func ReadNotes(dir string, analyzer *analysis.Analyzer) (*Builder, error) {
	data, err := os.ReadFile(filepath.Join(dir, notesFile))
	if err != nil {
		return nil, fmt.Errorf("read notes: %w", err)
	}
	file, err := column.Read(notesMagic, data, notesColumns)
	if err != nil {
		return nil, err
	}
	var in [notesColumns]column.Input
	for i := range in {
		if in[i], err = file.Column(i); err != nil {
			return nil, err
		}
	}
	if made := in[analysisColumn].Strings(); !slices.Equal(made, []string{analyzer.Version()}) {
		return nil, fmt.Errorf("read notes: of another analysis: %w", column.ErrDamaged)
	}
	b := NewBuilder(analyzer)
	learner, stands := in[learnerColumn].Bytes(in[learnerColumn].Len()), in[standingColumn].Bytes(in[standingColumn].Len())
	b.readPosts(&in)
	b.readWords(&in)
	for i := range in {
		if in[i].Bad || in[i].Len() > 0 {
			return nil, fmt.Errorf("read notes: column %d: %w", i, column.ErrDamaged)
		}
	}
	if len(stands) > 0 {
		return b, b.readStanding(stands)
	}
	b.pairs, err = pairs.ReadLearner(learner)
	return b, err
}

func (b *Builder) readStanding(data []byte) error {
	b.pairs, b.standing = nil, &standing{}
	if err := json.Unmarshal(data, b.standing); err != nil {
		return fmt.Errorf("read notes: standing pairs: %w: %w", column.ErrDamaged, err)
	}
	if changed := b.standing.Changed; changed < 0 || changed > len(b.posts) { // else the pairs would stand for ever
		return fmt.Errorf("read notes: %d posts have changed: %w", changed, column.ErrDamaged)
	}
	return nil
}

func (b *Builder) readPosts(in *[notesColumns]column.Input) {
	titles, addresses := in[titleColumn].Strings(), in[addressColumn].Strings()
	headings, tags := in[headingColumn].Strings(), in[tagColumn].Strings()
	parts := &in[partColumn]
	for i, id := range in[idColumn].Strings() {
		own, labels := parts.Uint(), parts.Uint()
		if i >= len(titles) || own >= len(addresses) || own > len(headings) || labels > len(tags) {
			parts.Bad = true
			return
		}
		p := suggest.Post{Title: titles[i], URL: addresses[0], Tags: tags[:labels:labels]}
		for n, text := range headings[:own] {
			p.Headings = append(p.Headings, suggest.Heading{Text: text, URL: addresses[1+n]})
		}
		addresses, headings, tags = addresses[1+own:], headings[own:], tags[labels:]
		b.posts[id] = p
	}
	if len(titles) != len(b.posts) || len(addresses)+len(headings)+len(tags) > 0 {
		parts.Bad = true
	}
}

func (b *Builder) readWords(in *[notesColumns]column.Input) {
	terms := in[termColumn].Strings()
	b.words = make([]wordCount, 0, len(terms))
	for space := range match.Space(analysis.Lanes) {
		for range in[spaceColumn].Uint() {
			if len(b.words) == len(terms) {
				in[spaceColumn].Bad = true
				return
			}
			text := terms[len(b.words)]
			b.words = append(b.words, wordCount{match.Term{Space: space, Text: text}, in[docsColumn].Uint()})
		}
	}
	if len(b.words) < len(terms) {
		in[spaceColumn].Bad = true
	}
}
