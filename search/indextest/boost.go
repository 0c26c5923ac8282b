package indextest

import (
	"testing"

	"chaja/search"
	"chaja/search/match"
)

// testBoost: documents of a folder or a category count more or less, those that have all the words and those that have some.
func testBoost(t *testing.T, open Open) {
	x := open.index(t,
		Post("notes/go/a", "date: 2024-01-03\nred blue"), Post("notes/b", "date: 2024-01-02\nred blue"),
		Post("notes2/c", "date: 2024-01-01\ncategories: Old\nred blue"), Post("d", "blue x y z x y z"),
	)
	by := func(space match.Space, text string, factor float64) match.Boost {
		return match.Boost{Term: match.Term{Space: space, Text: text}, Factor: factor}
	}
	tests := []struct {
		name   string
		boosts []match.Boost
		want   string
	}{
		{"without", nil, "notes/go/a notes/b notes2/c d"},
		{"a folder, and those below it", []match.Boost{by(match.FolderKey, "notes", .5)}, "notes2/c notes/go/a notes/b d"},
		{"a folder in another", []match.Boost{by(match.FolderKey, "notes/go", .5)}, "notes/b notes2/c notes/go/a d"},
		{"a category by its key", []match.Boost{by(match.CategoryKey, "old", 2)}, "notes2/c notes/go/a notes/b d"},
		{"several are multiplied", []match.Boost{by(match.FolderKey, "notes", 2), by(match.FolderKey, "notes/go", .25)}, "notes/b notes2/c notes/go/a d"},
		{"no document is left out", []match.Boost{by(match.FolderKey, "notes", .01), by(match.FolderKey, "notes2", .01)}, "d notes/go/a notes/b notes2/c"},
		{"what no document has", []match.Boost{by(match.FolderKey, "note", 10), by(match.FolderKey, "d", 10)}, "notes/go/a notes/b notes2/c d"},
	}
	q := search.Query{Size: all, Parts: search.WithParts}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q.Match = compiled("red blue").Boosted(tt.boosts)
			found := find(t, x, q)
			equal(t, "documents", ranked(found), tt.want)
			if found.Total != 4 || found.Full != 3 {
				t.Errorf("%d found, %d in full, want 4 and 3", found.Total, found.Full)
			}
		})
	}
	plain := find(t, x, search.Query{Match: compiled("red blue"), Size: 1}).Hits[0]
	twice := find(t, x, search.Query{Match: compiled("red blue").Boosted([]match.Boost{by(match.FolderKey, "notes/go", 2)}), Size: 1}).Hits[0]
	if twice.Document.ID != plain.Document.ID || twice.Score < 1.999*plain.Score || twice.Score > 2.001*plain.Score {
		t.Errorf("a boost of 2 makes %g of a score of %g", twice.Score, plain.Score)
	}
}
