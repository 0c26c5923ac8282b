package segment

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
)

// prefix is an automaton that accepts what begins with it. A state is the number of bytes seen, negative after another one.
type prefix string

func (p prefix) Start() int               { return 0 }
func (p prefix) IsMatch(s int) bool       { return s >= len(p) }
func (p prefix) CanMatch(s int) bool      { return s >= 0 }
func (p prefix) WillAlwaysMatch(int) bool { return false }
func (p prefix) Accept(s int, b byte) int {
	if s < 0 || s < len(p) && p[s] != b {
		return -1
	}
	return s + 1
}

// TestDictionary: scorch's view of terms and postings says what was written, without the documents that are left out.
func TestDictionary(t *testing.T) {
	docs := randomDocs(rand.New(rand.NewPCG(11, 12)), "a", 400)
	s := newSegment(t, docs)
	words, err := s.Dictionary("words")
	if err != nil {
		t.Fatal(err)
	}
	except := roaring.BitmapOf(0, 7, 399)
	seen := 0
	for it := words.AutomatonIterator(prefix("단어1"), []byte("단어1"), []byte("단어15")); ; seen++ {
		entry, err := it.Next()
		if err != nil {
			t.Fatal(err)
		}
		if entry == nil {
			break
		}
		if !bytes.HasPrefix([]byte(entry.Term), []byte("단어1")) || entry.Term >= "단어15" {
			t.Errorf("term %q", entry.Term)
		}
		list, err := words.PostingsList([]byte(entry.Term), except, nil)
		if err != nil {
			t.Fatal(err)
		}
		comparePostings(t, list, docs, entry.Term, except)
	}
	if ok, err := words.Contains([]byte("단어1")); !ok || err != nil || seen < 3 || words.Cardinality() < seen {
		t.Errorf("%d of %d terms, the first is there: %t, %v", seen, words.Cardinality(), ok, err)
	}
	nothing, err := s.Dictionary("no such field")
	if ok, _ := nothing.Contains([]byte("단어1")); ok || err != nil {
		t.Errorf("a field that is not there: %t, %v", ok, err)
	}
}

// comparePostings compares what scorch is told of a term with the documents.
func comparePostings(t *testing.T, list scorch.PostingsList, docs []*Document, term string, except *roaring.Bitmap) {
	t.Helper()
	it, advanced := list.Iterator(true, true, true, nil), list.Iterator(true, true, true, nil)
	n := uint64(0)
	for number, doc := range docs {
		var want []uint64
		for _, terms := range doc.Terms[0] {
			for _, at := range terms[term] {
				want = append(want, uint64(at))
			}
		}
		if len(want) == 0 || except.Contains(uint32(number)) {
			continue
		}
		n++
		advance := func() (scorch.Posting, error) { return advanced.Advance(uint64(number)) }
		for _, next := range []func() (scorch.Posting, error){it.Next, advance} {
			p, err := next()
			if err != nil || p == nil {
				t.Fatalf("%s ends before document %d: %v", term, number, err)
			}
			var got []uint64
			for _, l := range p.Locations() {
				got = append(got, l.Pos())
			}
			if p.Number() != uint64(number) || p.Frequency() != uint64(len(want)) || !slices.Equal(got, want) {
				t.Fatalf("%s is in %d, %d times at %v, want %d, at %v", term, p.Number(), p.Frequency(), got, number, want)
			}
		}
	}
	if p, err := it.Next(); p != nil || err != nil || list.Count() != n {
		t.Errorf("%s is in %d documents and more (%v, %v), want %d", term, list.Count(), p, err, n)
	}
}

// TestDocuments: scorch finds documents by their IDs, and IDs and stored values by their numbers.
func TestDocuments(t *testing.T) {
	docs := randomDocs(rand.New(rand.NewPCG(13, 14)), "a", 30)
	s := onFile(t, newSegment(t, docs))
	found, err := s.DocNumbers([]string{docs[3].ID, "nobody", docs[29].ID})
	if err != nil || !slices.Equal(found.ToArray(), []uint32{3, 29}) {
		t.Errorf("numbers %v: %v", found.ToArray(), err)
	}
	for n, doc := range docs {
		id, err := s.DocID(uint64(n))
		if err != nil || string(id) != doc.ID {
			t.Errorf("document %d is %q, want %q: %v", n, id, doc.ID, err)
		}
		stored := map[string]string{}
		err = s.VisitStoredFields(uint64(n), func(field string, _ byte, value []byte, _ []uint64) bool {
			stored[field] = string(value)
			return true
		})
		if err != nil || stored["_id"] != doc.ID || stored["text"] != string(doc.Stored[0]) {
			t.Errorf("stored of document %d: %v: %v", n, stored, err)
		}
	}
	if _, err := s.DocID(30); err == nil {
		t.Error("a document that is not there has an ID")
	}
}

// TestFault: a file that is cut while it is mapped is an error where scorch asks in a goroutine of its own.
func TestFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.zap")
	docs := randomDocs(rand.New(rand.NewPCG(15, 16)), "a", 300)
	if err := newSegment(t, docs).(scorch.UnpersistedSegment).Persist(path); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, path)
	if err := os.Truncate(path, 0); err != nil {
		t.Skip("the system does not cut a file that is mapped:", err)
	}
	if _, err := s.DocNumbers([]string{docs[0].ID}); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v, want %v", err, ErrDamaged)
	}
}
