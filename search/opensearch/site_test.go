package opensearch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/compile"
	"chaja/search/indextest"
	"chaja/search/lexicon/pairs"
	"chaja/search/memindex"
	"chaja/search/opensearch/nodetest"
	"chaja/search/query"
)

func testSite(t *testing.T) Site {
	c := testCluster(t)
	return Site{Cluster: c, Name: newName(t, c), Analyzer: indextest.Analyzer(), Shards: 2}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// commit writes documents as the next generation.
func (s Site) commit(t *testing.T, full bool, batch search.Batch) *Update {
	t.Helper()
	u, err := s.Begin(t.Context(), full)
	check(t, err)
	check(t, u.Apply(t.Context(), batch))
	check(t, u.Commit(t.Context()))
	check(t, u.Close())
	return u
}

func put(sources map[string]string) (b search.Batch) {
	for id, source := range sources {
		b.Put = append(b.Put, indextest.Post(id, source))
	}
	return b
}

// total counts the posts that a manager finds, and makes it look at once.
func total(t *testing.T, m *Manager) int {
	t.Helper()
	m.mu.Lock()
	m.looked = time.Time{}
	m.mu.Unlock()
	n, err := totalOf(t.Context(), m)
	check(t, err)
	return n
}

func totalOf(ctx context.Context, m *Manager) (int, error) {
	s, _, err := m.Acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	all, err := search.Ask(ctx, s, search.Query{})
	return all.Total, err
}

// TestSite: generations of a site, one after the other, as writers and readers see them.
func TestSite(t *testing.T) {
	nodetest.Wanted(t)
	s := testSite(t)
	m := NewManager(s, slog.New(slog.DiscardHandler))
	defer m.Close()
	if _, err := totalOf(t.Context(), m); !errors.Is(err, search.ErrNoIndex) {
		t.Errorf("before all: %v", err)
	}
	s.commit(t, false, put(map[string]string{"a": "red whale", "b": "red shark"}))
	if n := total(t, m); n != 2 {
		t.Errorf("%d posts, want 2", n)
	}
	before, words, err := m.Acquire(t.Context())
	check(t, err)
	if words.Words.Docs("whale") != 1 || words.Words.Docs("red") != 2 {
		t.Error("the lexicon does not know the words")
	}

	u, err := s.Begin(t.Context(), false)
	check(t, err)
	hashes, err := u.Hashes(t.Context())
	if check(t, err); len(hashes) != 2 || hashes["a"] != "red whale" {
		t.Errorf("hashes %v", hashes)
	}
	check(t, u.Apply(t.Context(), search.Batch{Put: []search.Document{indextest.Post("c", "red squid")}, Delete: []string{"b"}}))
	if n := total(t, m); n != 2 {
		t.Errorf("what is not committed is seen: %d posts", n)
	}
	if _, err := s.Begin(t.Context(), false); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "process ") {
		t.Errorf("a second writer: %v", err)
	}
	check(t, u.Close()) // interrupted
	if n := total(t, m); n != 2 || u.Manifest().Posts != 2 {
		t.Errorf("after an interruption: %d posts", n)
	}

	u = s.commit(t, false, search.Batch{Put: []search.Document{indextest.Post("c", "red squid"), indextest.Post("d", "red eel")}, Delete: []string{"b"}})
	if n := total(t, m); n != 3 || u.Manifest().Posts != 3 {
		t.Errorf("%d posts, want 3", n)
	}
	_, words, err = m.Acquire(t.Context())
	if check(t, err); words.Words.Docs("shark") != 0 || words.Words.Docs("squid") != 1 {
		t.Error("the lexicon is not that of the documents")
	}
	if old, err := search.Ask(t.Context(), before, search.Query{}); err != nil || old.Total != 2 {
		t.Errorf("who began with the generation before sees %d posts, %v", old.Total, err)
	}
	check(t, before.Close())

	u, err = s.Begin(t.Context(), false)
	check(t, err)
	gen := u.Manifest().Generation
	check(t, u.Commit(t.Context()))
	if u.Manifest().Generation != gen {
		t.Error("an update without changes makes a generation")
	}
	file, mistakes := pairs.ReadFile(strings.NewReader("whale = orca\n"), "pairs.txt")
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	u.SetPairs(file)
	check(t, u.Commit(t.Context()))
	check(t, u.Close())
	if u.Manifest().Generation == gen {
		t.Error("other pairs make no generation")
	}
	s.commit(t, true, put(map[string]string{"z": "blue"}))
	if n := total(t, m); n != 1 {
		t.Errorf("made anew: %d posts, want 1", n)
	}
	u, err = s.Begin(t.Context(), false)
	check(t, err)
	check(t, u.Close())
	var left []struct{ Index string }
	check(t, s.Cluster.do(t.Context(), "list", http.MethodGet, path("_cat", "indices", s.Name+"-*")+"?format=json&h=index", nil, &left))
	if len(left) > 2 { // the generation and its words; the lock is hidden
		t.Errorf("left in the cluster: %v", left)
	}
}

// TestSiteRefuses: another version is made anew, and what is not ours is left alone.
func TestSiteRefuses(t *testing.T) {
	nodetest.Wanted(t)
	s := testSite(t)
	s.commit(t, false, put(map[string]string{"a": "red"}))
	newer := s
	newer.Analyzer = analysis.New()
	m := NewManager(newer, slog.New(slog.DiscardHandler))
	defer m.Close()
	if _, err := totalOf(t.Context(), m); !errors.Is(err, search.ErrOutdated) {
		t.Errorf("another analysis: %v", err)
	}
	u, err := newer.Begin(t.Context(), false)
	check(t, err)
	if hashes, err := u.Hashes(t.Context()); err != nil || len(hashes) > 0 || u.Damage() == nil {
		t.Errorf("begins with %v, %v, %v", hashes, u.Damage(), err)
	}
	kept, err := u.Keep(t.Context(), func(id string) bool { return id == "a" })
	if check(t, err); !slices.Equal(kept, []string{"a"}) {
		t.Errorf("kept %v", kept)
	}
	check(t, u.Close())

	check(t, s.Cluster.do(t.Context(), "write", http.MethodPut, path(s.Name+"-x", "_doc", "1"), object{}, nil)) // no generation
	gone, err := s.Cluster.inForce(t.Context(), s.Name)
	check(t, err)
	check(t, s.Cluster.do(t.Context(), "write", http.MethodPut, path(gone.Generation+wordsEnd, "_doc", "words.0"), part{false, []byte("damaged")}, nil))
	m = NewManager(s, slog.New(slog.DiscardHandler))
	defer m.Close()
	if _, err := totalOf(t.Context(), m); !errors.Is(err, search.ErrOutdated) || !strings.Contains(err.Error(), "the words of "+gone.Generation) {
		t.Errorf("a damaged lexicon: %v", err)
	}
	u, err = s.Begin(t.Context(), false)
	check(t, err)
	if !errors.Is(u.Damage(), search.ErrOutdated) {
		t.Errorf("a damaged lexicon is found as %v", u.Damage())
	}
	check(t, u.Close())

	foreign := s
	foreign.Name = newName(t, s.Cluster)
	check(t, s.Cluster.do(t.Context(), "create", http.MethodPut, path(foreign.Name), object{}, nil))
	if _, err := foreign.Begin(t.Context(), true); !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), foreign.Name) {
		t.Errorf("an index of someone else: %v", err)
	}
	var there map[string]any
	check(t, s.Cluster.do(t.Context(), "look", http.MethodGet, path(foreign.Name), nil, &there))

	meta := object{"_meta": object{"product": product, "format": Format + 1}}
	gen := nextName(s.Name, "")
	check(t, s.Cluster.do(t.Context(), "create", http.MethodPut, path(gen), object{"mappings": meta, "aliases": object{}}, nil))
	old, err := s.Cluster.inForce(t.Context(), s.Name)
	check(t, err)
	check(t, s.Cluster.do(t.Context(), "switch", http.MethodPost, "/_aliases", object{"actions": []object{
		{"remove": object{"index": old.Generation, "alias": s.Name}}, {"add": object{"index": gen, "alias": s.Name}}}}, nil))
	u, err = s.Begin(t.Context(), false)
	check(t, err)
	if !errors.Is(u.Damage(), search.ErrOutdated) || !strings.Contains(u.Damage().Error(), fmt.Sprint("format ", Format+1)) {
		t.Errorf("another format: %v", u.Damage())
	}
	check(t, u.Close())
}

// TestLockOfTheDead: who was killed holds the lock no longer than a minute.
func TestLockOfTheDead(t *testing.T) {
	nodetest.Wanted(t)
	s := testSite(t)
	l, err := acquire(t.Context(), s.Cluster, s.Name)
	check(t, err)
	l.stop()
	if _, err := acquire(t.Context(), s.Cluster, s.Name); !errors.Is(err, ErrBusy) {
		t.Errorf("a lock of now: %v", err)
	}
	dead := owner{"process 1 on another", time.Now().Add(-2 * lockHolds).Unix()}
	check(t, s.Cluster.do(t.Context(), "write", http.MethodPut, path(s.Name+lockEnd, "_doc", "writer"), dead, nil))
	if err := l.held(t.Context()); !errors.Is(err, ErrBusy) {
		t.Errorf("whose lock was taken still writes: %v", err)
	}
	next, err := acquire(t.Context(), s.Cluster, s.Name)
	check(t, err)
	check(t, next.held(t.Context()))
	check(t, next.release(t.Context()))
}

// TestLostPointInTime: it is opened again.
func TestLostPointInTime(t *testing.T) {
	nodetest.Wanted(t)
	s := testSite(t)
	s.commit(t, false, put(map[string]string{"a": "red", "b": "blue"}))
	m := NewManager(s, slog.New(slog.DiscardHandler))
	defer m.Close()
	if n := total(t, m); n != 2 {
		t.Fatalf("%d posts", n)
	}
	pit := m.current.snapshot.pit
	check(t, s.Cluster.do(t.Context(), "close", http.MethodDelete, "/_search/point_in_time", object{"pit_id": []string{pit}}, nil))
	if n, err := totalOf(t.Context(), m); err != nil || n != 2 || m.current.snapshot.pit == pit {
		t.Errorf("%d posts, %v", n, err)
	}
}

// TestLongQueries: queries of many words, and words that are longer than a term may be, are answered as by the index that looks at
// every document.
func TestLongQueries(t *testing.T) {
	nodetest.Wanted(t)
	x, oracle := opener(1)(t), memindex.New(indextest.Analyzer())
	var all []string
	for i := range 128 {
		all = append(all, fmt.Sprintf("word%da%d", i, i*7))
	}
	var docs []search.Document
	for n := range 40 {
		docs = append(docs, indextest.Post(fmt.Sprint("p", n), strings.Join(all[n*3:min(len(all), n*3+9)], " ")))
	}
	huge := strings.Repeat("x", 40_000)
	docs = append(docs, indextest.Post("whole", "서울 "+strings.Join(all, " ")), indextest.Post("huge", huge+" tail\n# "+huge))
	for _, index := range []search.Index{x, oracle} {
		check(t, index.Apply(t.Context(), search.Batch{Put: docs}))
	}
	for _, text := range []string{strings.Join(all[:9], " "), strings.Join(all[:32], " "), strings.Join(all[:64], " "), strings.Join(all, " "), huge, huge + " tail"} {
		q, _ := compile.Query(query.Parse(text).Tree, indextest.Analyzer(), nil)
		for _, parts := range []search.Parts{search.NoParts, search.WithParts} {
			var answers [2]search.Matches
			for i, index := range []search.Index{x, oracle} {
				s, err := index.Snapshot(t.Context())
				check(t, err)
				answers[i], err = search.Ask(t.Context(), s, search.Query{Match: q, Parts: parts, Size: 10, OnlyIDs: true, Facets: true})
				if err != nil {
					t.Errorf("%d words, parts %d: %v", len(strings.Fields(text)), parts, err)
				}
				check(t, s.Close())
			}
			if diff := cmp.Diff(answers[1], answers[0], cmpopts.EquateEmpty(), cmpopts.EquateApprox(1e-9, 0)); diff != "" {
				t.Errorf("%d words, parts %d (-want +got):\n%s", len(strings.Fields(text)), parts, diff)
			}
		}
	}
}
