package service_test

import (
	"context"
	"fmt"
	"testing"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/lexicon"
	"chaja/search/memindex"
	"chaja/search/service"
)

// switching is a source that has another state whenever it is asked: of posts with the number of the state for a tag.
type switching struct {
	t      *testing.T
	taken  int
	closed int
}

func (s *switching) Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	s.taken++
	index := memindex.New(indextest.Analyzer())
	var batch search.Batch
	for i := range 2 + s.taken {
		source := fmt.Sprintf("date: %d-05-05\ntags: state%d\ncategories: red, green\n# kubernetes %d\nkubernetes red", 2000+s.taken, s.taken, i)
		batch.Put = append(batch.Put, indextest.Post(fmt.Sprint(i), source))
	}
	if err := index.Apply(ctx, batch); err != nil {
		s.t.Fatal(err)
	}
	snapshot, learned, err := lexicon.Learning{Index: index, Analyzer: indextest.Analyzer()}.Acquire(ctx)
	return counting{snapshot, s}, learned, err
}

type counting struct {
	search.Snapshot
	of *switching
}

func (c counting) Close() error {
	c.of.closed++
	return c.Snapshot.Close()
}

// TestOneState: whatever is asked, all of an answer is of one state of the index, which is let go afterwards.
func TestOneState(t *testing.T) {
	source := &switching{t: t}
	s := service.New(source, indextest.Analyzer())
	for _, r := range []search.Request{
		{Query: "red"}, {Query: "red missing"}, {Query: "kubernetse"}, {Query: "zubernetes red category:green"}, {Query: "red category:green after:1990"},
		{Query: "red", Categories: []string{"red"}, After: indextest.Day("1990-01-01"), PerPage: 2, Page: 2},
	} {
		got := ask(t, s, r)
		want := fmt.Sprintf("state%d", source.taken)
		equal(t, r.Query+": Total", got.Total, 2+source.taken)
		equal(t, r.Query+": tags", got.Facets.Tags, []search.Facet{{Value: want, Count: got.Total}})
		equal(t, r.Query+": years", got.Facets.Years, []search.Facet{{Value: fmt.Sprint(2000 + source.taken), Count: got.Total}})
		equal(t, r.Query+": categories", got.Facets.Categories, []search.Facet{{Value: "green", Count: got.Total}, {Value: "red", Count: got.Total}})
		for _, hit := range got.Hits {
			equal(t, r.Query+": tags of a hit", hit.Tags, []string{want})
		}
	}
	asked := source.taken
	_, err := s.Related(t.Context(), "0", 5)
	equal(t, "error", err, nil)
	for what, f := range map[string]func() error{
		"Facets":  func() error { _, err := s.Facets(t.Context()); return err },
		"Suggest": func() error { _, err := s.Suggest(t.Context(), "kub", 5); return err },
		"Pairs":   func() error { _, err := s.Pairs(t.Context()); return err },
		"Rank":    func() error { _, err := s.Rank(t.Context(), search.Request{Query: "kubernetse"}, 5); return err },
		"Ready":   func() error { return s.Ready(t.Context()) },
	} {
		equal(t, what, f(), nil)
	}
	equal(t, "states taken by the other questions", source.taken-asked, 6)
	equal(t, "states let go", source.closed, source.taken)
}
