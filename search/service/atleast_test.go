package service_test

import (
	"context"
	"testing"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/lexicon"
	"chaja/search/service"
)

// certain is an index that does not look at all posts that match in part.
type certain struct {
	search.Snapshot
	source service.Source
}

func (c certain) Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	snapshot, words, err := c.source.Acquire(ctx)
	return certain{Snapshot: snapshot}, words, err
}

func (c certain) Search(ctx context.Context, queries ...search.Query) ([]search.Matches, error) {
	list, err := c.Snapshot.Search(ctx, queries...)
	for i := range list {
		list[i].AtLeast = true
	}
	return list, err
}

// TestAtLeast: what an engine says of its total reaches the reader.
func TestAtLeast(t *testing.T) {
	source := newSource(t, "# 카프카\n메시지를 보낸다", "# 도커\n메시지를 읽는다")
	r := search.Request{Query: "카프카 메시지"}
	if got := ask(t, service.New(source, indextest.Analyzer()), r); got.AtLeast {
		t.Errorf("exact total %d is said to be at least that", got.Total)
	}
	if got := ask(t, service.New(certain{source: source}, indextest.Analyzer()), r); !got.AtLeast || got.Total == 0 {
		t.Errorf("total %d, at least: %v", got.Total, got.AtLeast)
	}
}
