package segment

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
)

var testPlugin = &Plugin{Name: "test", Number: 1, Schema: Schema{
	Terms: []TermField{
		{Name: "words", Parts: 3, Usual: 2, Positions: true, Length: 1},
		{Name: "keys", Parts: 1, Length: -1},
	},
	Numbers: 2,
	Stored:  []StoredField{{Name: "text", Block: 8 << 10}},
}}

// randomDocs makes documents of words of which some are in nearly all, and some in one.
func randomDocs(random *rand.Rand, name string, n int) []*Document {
	docs := make([]*Document, n)
	for i := range docs {
		words, length := make(Terms, 3), 0
		for part := range words {
			words[part] = map[string][]int{}
			for at := range random.IntN(40) * part {
				if random.IntN(3) > 0 {
					term := fmt.Sprint("단어", int(random.ExpFloat64()*random.ExpFloat64()*50))
					words[part][term] = append(words[part][term], at)
					length++
				}
			}
		}
		id := fmt.Sprintf("%s/%05d", name, i)
		docs[i] = &Document{
			ID: id, Terms: fieldsOf(words, Terms{{"key " + id: {0}, "all": {0}}}),
			Numbers: []uint64{random.Uint64() >> random.IntN(64), uint64(length)},
			Stored:  [][]byte{[]byte(strings.Repeat(id, random.IntN(100)))},
		}
	}
	return docs
}

// fieldsOf puts the terms of two fields together.
func fieldsOf(words, keys Terms) []Terms { return []Terms{words, keys} }

func newSegment(t *testing.T, docs []*Document) scorch.Segment {
	t.Helper()
	in := make([]index.Document, len(docs))
	for i, d := range docs {
		in[i] = d.AsBleve()
	}
	s, _, err := testPlugin.New(in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// onFile writes a segment and opens it again.
func onFile(t *testing.T, s scorch.Segment) scorch.Segment {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.zap")
	if err := s.(scorch.UnpersistedSegment).Persist(path); err != nil {
		t.Fatal(err)
	}
	return openTest(t, path)
}

func openTest(t *testing.T, path string) scorch.Segment {
	t.Helper()
	s, err := testPlugin.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// TestSegment: all that was written is read, from memory, from a file, and after a merge without some documents.
func TestSegment(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, sizes := range [][]int{{1}, {2, 0}, {128, 129}, {700, 3, 1, 300}} {
		var segments []scorch.Segment
		var drops []*roaring.Bitmap
		var kept []*Document
		for i, n := range sizes {
			docs := randomDocs(random, fmt.Sprint(i), n)
			s := newSegment(t, docs)
			check(t, s, docs)
			s = onFile(t, s)
			check(t, s, docs)
			drop := roaring.New()
			for n := range docs {
				if i%2 == 0 && random.IntN(4) == 0 && len(sizes) > 1 {
					drop.Add(uint32(n))
				} else {
					kept = append(kept, docs[n])
				}
			}
			checkCounts(t, s, docs, drop)
			if drop.IsEmpty() {
				drop = nil
			}
			segments, drops = append(segments, s), append(drops, drop)
		}
		path := filepath.Join(t.TempDir(), "merged.zap")
		renamed, _, err := testPlugin.Merge(segments, drops, path, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(renamed) != len(segments) {
			t.Errorf("new numbers of %d segments, want %d", len(renamed), len(segments))
		}
		check(t, openTest(t, path), kept)
	}
}

// TestAdvance: postings go to the first document that is not before the one asked for, however far.
func TestAdvance(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	docs := randomDocs(random, "a", 2000)
	for it := range eachTerm(t, docs) {
		var all []uint32
		p, _ := it.Postings()
		for doc, _ := p.Next(); doc != End; doc, _ = p.Next() {
			all = append(all, doc)
		}
		p, _ = it.Postings()
		for doc := uint32(random.ExpFloat64() * 300); ; doc += 1 + uint32(random.ExpFloat64()*300) {
			at, found := slices.BinarySearch(all, doc)
			want := uint32(End)
			if at < len(all) {
				want = all[at]
			}
			got, err := p.Advance(doc)
			if err != nil || got != want {
				t.Fatalf("from %d of %s: document %d, want %d (%t): %v", doc, it.Term, got, want, found, err)
			}
			if got == End {
				break
			}
			doc = got
		}
	}
}

// eachTerm yields each term of the first field of a segment of documents.
func eachTerm(t *testing.T, docs []*Document) iter.Seq[*TermsIterator] {
	own, _ := Of(newSegment(t, docs))
	return func(yield func(*TermsIterator) bool) {
		for it := own.Terms(0).Iterate(); ; {
			ok, err := it.Next()
			if err != nil {
				t.Fatal(err)
			}
			if !ok || !yield(it) {
				return
			}
		}
	}
}

// TestUnknown: what is not there is not found, before, between and behind what is.
func TestUnknown(t *testing.T) {
	own, _ := Of(newSegment(t, randomDocs(rand.New(rand.NewPCG(5, 6)), "a", 50)))
	for _, term := range []string{"", "a", "단어", "단어0x", "단어100000", "힣"} {
		if p, err := own.Terms(0).Postings([]byte(term)); p != nil || err != nil {
			t.Errorf("postings of %q: %v, %v", term, p, err)
		}
	}
	if _, ok, err := own.Number("nobody"); ok || err != nil {
		t.Errorf("a document that is not there: %t, %v", ok, err)
	}
}

// TestOpenCut: a file that is cut, however short, is an error that names it.
func TestOpenCut(t *testing.T) {
	data, err := build(&testPlugin.Schema, randomDocs(rand.New(rand.NewPCG(7, 8)), "a", 3))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.zap")
	for n := 0; n < len(data); n += 1 + n/10 {
		if err := os.WriteFile(path, data[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := testPlugin.Open(path); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
			t.Errorf("%d of %d bytes: %v", n, len(data), err)
		}
	}
}
