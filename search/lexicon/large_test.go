package lexicon

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/indextest/fakekorean"
	"chaja/search/lexicon/column"
)

// posts are the documents of a snapshot.
type posts map[string]search.Document

func (p posts) Get(context.Context, ...string) (map[string]search.Document, error) { return p, nil }

func (posts) Search(context.Context, ...search.Query) ([]search.Matches, error) { return nil, nil }

func (posts) Close() error { return nil }

func post(id, title, body string) search.Document {
	return search.Document{ID: id, Title: title, Body: body, Sections: []search.Section{{Start: 0, End: len(body)}}}
}

// TestLargeSiteKeepsItsPairs: a site with more words than a learner takes learns from what has changed all the same; its pairs stand
// until an eighth of its posts have changed.
func TestLargeSiteKeepsItsPairs(t *testing.T) {
	var many strings.Builder
	for i := range 1<<19 + 10 {
		fmt.Fprintf(&many, "%c%c ", '가'+rune(i/800), '가'+rune(i%800))
	}
	site := posts{}
	for i := range 16 {
		id := fmt.Sprintf("%02d", i)
		site[id] = post(id, "쿠버네티스(Kubernetes)", "쿠버네티스(Kubernetes) 도커(docker)")
	}
	site["words"] = post("words", "many", many.String())
	b := NewBuilder(fakekorean.New())
	for _, doc := range site {
		b.Add(&doc)
	}
	first := b.Build(nil)
	if len(first.Learned) == 0 || b.pairs != nil {
		t.Fatalf("%d pairs; the learner is kept: %v", len(first.Learned), b.pairs != nil)
	}
	dir := t.TempDir()
	for change, want := range []bool{true, true, false} { // of 17 posts, an eighth are two
		if err := b.WriteNotes(dir); err != nil {
			t.Fatal(err)
		}
		var err error
		if b, err = ReadNotes(dir, fakekorean.New()); err != nil {
			t.Fatal(err)
		}
		id, after := fmt.Sprintf("%02d", change), posts{}
		after[id] = post(id, "새 글", "엘라스틱(elastic) 도커")
		ok, err := b.Update(t.Context(), site, after, []string{id})
		if err != nil || ok != want {
			t.Fatalf("change %d: updated %v, want %v, %v", change, ok, want, err)
		}
		if !ok {
			break
		}
		site[id] = after[id]
		next := b.Build(nil)
		if fmt.Sprint(next.Learned) != fmt.Sprint(first.Learned) {
			t.Errorf("change %d: other pairs: %v", change, next.Learned)
		}
		if n := next.Words.Docs("elastic"); n != 1+change {
			t.Errorf("change %d: %d posts have elastic", change, n)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, notesFile), []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadNotes(dir, fakekorean.New()); err == nil {
		t.Error("damaged notes were read")
	}
}

// TestStandingIsSound: notes in which the pairs would never be learned again are damaged.
func TestStandingIsSound(t *testing.T) {
	for stands, sound := range map[string]bool{
		`{"Pairs":null,"Changed":1}`: true, `{"Changed":-5}`: false, `{"Changed":2305843009213693952}`: false, `[]`: false, `{`: false,
	} {
		b, dir := NewBuilder(fakekorean.New()), t.TempDir()
		doc := post("1", "쿠버네티스", "도커")
		b.Replace(nil, &doc)
		b.Build(nil)
		columns := b.postColumns()
		b.wordColumns(&columns)
		columns[analysisColumn], columns[standingColumn] = appendNames(b.analyzer.Version()), []byte(stands)
		data, err := column.Write(notesMagic, columns[:]...)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, notesFile), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadNotes(dir, fakekorean.New()); err == nil != sound || err != nil && !errors.Is(err, column.ErrDamaged) {
			t.Errorf("%s: %v", stands, err)
		}
	}
}
