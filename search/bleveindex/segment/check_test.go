package segment

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/google/go-cmp/cmp"
)

// check compares a segment with its documents, in their order.
func check(t *testing.T, s scorch.Segment, docs []*Document) {
	t.Helper()
	own, err := Of(s)
	if err != nil {
		t.Fatal(err)
	}
	if own.Count() != uint64(len(docs)) {
		t.Fatalf("%d documents, want %d", own.Count(), len(docs))
	}
	got := make([]*Document, len(docs))
	ids, stored := own.IDs(), own.Stored(0)
	for i := range got {
		id, err := ids.Value(uint32(i))
		if err != nil {
			t.Fatal(err)
		}
		text, err := stored.Value(uint32(i))
		if err != nil {
			t.Fatal(err)
		}
		words := Terms{{}, {}, {}}
		got[i] = &Document{ID: string(id), Terms: fieldsOf(words, Terms{{}}), Stored: [][]byte{slices.Clone(text)}}
		for column := range testPlugin.Schema.Numbers {
			got[i].Numbers = append(got[i].Numbers, own.Numbers(column).Of(uint32(i)))
		}
		number, ok, err := own.Number(string(id))
		if err != nil || !ok || number != uint32(i) {
			t.Fatalf("document %s has the number %d (%t), want %d: %v", id, number, ok, i, err)
		}
	}
	uninvert(t, own, got)
	want := make([]*Document, len(docs))
	for i, d := range docs {
		d := *d
		d.Terms = fieldsOf(d.Terms[0], Terms{maps.Collect(maps.All(d.Terms[1][0]))})
		for key := range d.Terms[1][0] {
			d.Terms[1][0][key] = nil // no positions are kept
		}
		want[i] = &d
	}
	if !reflect.DeepEqual(want, got) { // a diff takes long
		t.Fatalf("documents of the segment (-want +got):\n%.3000s", cmp.Diff(want, got))
	}
}

// uninvert gives the documents their terms back.
func uninvert(t *testing.T, s *Segment, docs []*Document) {
	t.Helper()
	for field, f := range testPlugin.Schema.Terms {
		it, last := s.Terms(field).Iterate(), ""
		for n := 0; ; n++ {
			ok, err := it.Next()
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				if n != s.Terms(field).Terms() {
					t.Errorf("%d terms, and the dictionary says %d", n, s.Terms(field).Terms())
				}
				break
			}
			term := string(it.Term)
			if term <= last {
				t.Fatalf("%q follows %q", term, last)
			}
			last = term
			p, err := s.Terms(field).Postings(it.Term)
			if err != nil || p == nil {
				t.Fatalf("no postings of %q: %v", term, err)
			}
			for doc, err := p.Next(); doc != End; doc, err = p.Next() {
				if err != nil {
					t.Fatal(err)
				}
				readPosting(t, p, f, docs[doc].Terms[field], term)
			}
		}
	}
}

func readPosting(t *testing.T, p *Postings, f TermField, to Terms, term string) {
	t.Helper()
	freqs := make([]int, f.Parts)
	if err := p.Freqs(freqs); err != nil {
		t.Fatal(err)
	}
	for part := f.Parts - 1; part >= 0; part-- { // in another order than they lie
		at, err := p.Positions(nil, part)
		if err != nil {
			t.Fatal(err)
		}
		if f.Positions && len(at) != freqs[part] {
			t.Fatalf("%d positions of %d occurrences", len(at), freqs[part])
		}
		if freqs[part] > 0 {
			to[part][term] = at
		}
	}
}

// checkCounts compares the numbers of documents by part, without deleted ones.
func checkCounts(t *testing.T, s scorch.Segment, docs []*Document, deleted *roaring.Bitmap) {
	t.Helper()
	want := map[string][MaxParts]int{}
	for n, d := range docs {
		for part, terms := range d.Terms[0] {
			for term := range terms {
				counts := want[term]
				if !deleted.Contains(uint32(n)) {
					counts[part]++
				}
				want[term] = counts
			}
		}
	}
	own, _ := Of(s)
	for term, want := range want {
		p, err := own.Terms(0).Postings([]byte(term))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.Counts(deleted); err != nil || got != want {
			t.Fatalf("%s is in %v documents by part, want %v: %v", term, got, want, err)
		}
	}
}
