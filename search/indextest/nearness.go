package indextest

import (
	"fmt"
	"testing"

	"chaja/search"
	"chaja/search/ranking"
)

// testNearness: the nearness of words counts for the documents that are best without it, and for no others.
func testNearness(t *testing.T, open Open) {
	near := Post("near", "alpha beta m n o p q r s t m n o p q r s t m n o p q r s t")
	far := func(i int) search.Document { return Post(fmt.Sprintf("far%d", i), "alpha m n o p q r s t beta") }
	batch := search.Batch{Put: []search.Document{near}}
	for i := range ranking.Rescored - 1 {
		batch.Put = append(batch.Put, far(i))
	}
	x := open.index(t)
	apply(t, x, batch)
	q := search.Query{Match: compiled("alpha beta"), Size: 3}
	if hits := find(t, x, q).Hits; hits[0].Document.ID != "near" {
		t.Errorf("the first of %d documents is %s, want the one with the words side by side", len(batch.Put), hits[0].Document.ID)
	}
	apply(t, x, search.Batch{Put: []search.Document{far(ranking.Rescored)}})
	q.Size = all
	if hits := find(t, x, q).Hits; hits[len(hits)-1].Document.ID != "near" {
		t.Errorf("the last of %d documents is %s, want the one that is the last without nearness", len(hits), hits[len(hits)-1].Document.ID)
	}
	q.Sort = search.Newest
	for _, hit := range find(t, x, q).Hits {
		if hit.Document.ID == "near" && hit.Score >= find(t, x, search.Query{Match: q.Match, Size: 1}).Hits[0].Score {
			t.Error("nearness counts in an answer by date")
		}
	}
}
