package service_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/lexicon"
	"chaja/search/memindex"
	"chaja/search/service"
)

// counted counts how often the index is asked in one request.
type counted struct {
	search.Snapshot
	lexicon         *lexicon.Lexicon
	asked, acquired int
}

func (c *counted) Acquire(context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	c.acquired++
	return c, c.lexicon, nil
}

func (c *counted) Search(ctx context.Context, queries ...search.Query) ([]search.Matches, error) {
	c.asked++
	return c.Snapshot.Search(ctx, queries...)
}

func (c *counted) Get(ctx context.Context, ids ...string) (map[string]search.Document, error) {
	c.asked++
	return c.Snapshot.Get(ctx, ids...)
}

// TestAsksFewTimes: the index is asked six times at most, for one state, whatever the request.
func TestAsksFewTimes(t *testing.T) {
	index := memindex.New(indextest.Analyzer())
	var batch search.Batch
	words := strings.Fields("kubernetes docker 데이터베이스 서울시청 성능개선 spring boot kafka 에어플로우 running apple 데이터 개선")
	for i := range 40 {
		source := fmt.Sprintf("date: %d-01-01\ntags: t%d\ncategories: c%d\n# %s\n%s %s %s", 2015+i%7, i%5, i%3, words[i%len(words)],
			words[i*i%len(words)], words[(i*3+1)%len(words)], words[(i*7+2)%len(words)])
		batch.Put = append(batch.Put, indextest.Post(fmt.Sprint("p", i), source))
	}
	if err := index.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	typed := append([]string{"", "?", "-kafka", "tag:t1", `"spring boot"`, `"boot spring"`, "spring -spring", `"boot spring" dockr`, "dockr", "zkzkdh", "ㅋㅂㄴ", "데이터배이스", "성능 개선 서울시쳥", "springboot kfaka",
		"kafka OR dockr", "title:dockr", "gksrmf dockr runing aple", "데이타 배이스 kubernets", "tjdnftlcjd", "dockr kafka tag:t2 after:2016"}, words...)
	filters := []search.Request{
		{}, {Tags: []string{"t1"}}, {Categories: []string{"c1"}, After: time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)}, {Sort: search.Newest}, {Prefix: true, Explain: true},
	}
	snapshot, lexicon, err := lexicon.Learning{Index: index, Analyzer: indextest.Analyzer()}.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	worst, asks := "", 0
	for _, a := range typed {
		for _, b := range []string{"", "kafka", "dockr", "tag:t2"} {
			for _, r := range filters {
				source := &counted{Snapshot: snapshot, lexicon: lexicon}
				r.Query = strings.TrimSpace(a + " " + b)
				if _, err := service.New(source, indextest.Analyzer()).Search(t.Context(), r); err != nil {
					t.Fatal(err)
				}
				if source.acquired != 1 {
					t.Fatalf("%+v: %d states of the index", r, source.acquired)
				}
				if source.asked > asks {
					worst, asks = fmt.Sprintf("%+v", r), source.asked
				}
			}
		}
	}
	t.Logf("%d times for %s", asks, worst)
	if asks > 6 {
		t.Errorf("the index is asked %d times for %s", asks, worst)
	}
}

// remote is a snapshot that tells that it is elsewhere.
type remote struct{ *counted }

func (remote) Remote() {}

func (r remote) Acquire(context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	return r, r.lexicon, nil
}

// learned returns what an index of some documents answers from.
func learned(t *testing.T, batch search.Batch) (search.Snapshot, *lexicon.Lexicon) {
	t.Helper()
	index := memindex.New(indextest.Analyzer())
	if err := index.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	snapshot, words, err := lexicon.Learning{Index: index, Analyzer: indextest.Analyzer()}.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return snapshot, words
}

// TestAsksRemoteFewTimes: an index elsewhere is asked for the numbers that did you mean wants together with the answer, and gives
// the same answers.
func TestAsksRemoteFewTimes(t *testing.T) {
	var batch search.Batch
	for i := range 30 {
		batch.Put = append(batch.Put, indextest.Post(fmt.Sprint(i), "# docker kafka\nimages running"))
	}
	batch.Put = append(batch.Put, indextest.Post("a", "# dockr kafka\nlogs"), indextest.Post("b", "# spring\nlogs of docker and kafka"))
	snapshot, lexicon := learned(t, batch)
	for _, tt := range []struct {
		query        string
		here, remote int
	}{
		{"docker kafka", 1, 1}, // what is plenty
		{"spring logs", 2, 1},  // few posts, and no word is mistyped
		{"dockr logs", 3, 2},   // a draft that finds no more
		{"spring kafak", 4, 3}, // a draft that is applied
	} {
		here := &counted{Snapshot: snapshot, lexicon: lexicon}
		there := remote{&counted{Snapshot: snapshot, lexicon: lexicon}}
		var ids [2][]string
		var err error
		for i, source := range []service.Source{here, there} {
			if ids[i], err = service.New(source, indextest.Analyzer()).Rank(t.Context(), search.Request{Query: tt.query}, 10); err != nil {
				t.Fatal(err)
			}
		}
		if here.asked != tt.here || there.asked != tt.remote || !slices.Equal(ids[0], ids[1]) {
			t.Errorf("%q: asked %d times here and %d times elsewhere, want %d and %d; %q and %q", tt.query, here.asked, there.asked, tt.here, tt.remote, ids[0], ids[1])
		}
	}
}

// TestAsksFewTimesForPins: the posts that are pinned are read at once, and so are those of the page.
func TestAsksFewTimesForPins(t *testing.T) {
	var batch search.Batch
	for i := range 30 {
		batch.Put = append(batch.Put, indextest.Post(fmt.Sprint("p", i), "docker kafka"))
	}
	snapshot, lexicon := learned(t, batch)
	source := &counted{Snapshot: snapshot, lexicon: lexicon}
	s := service.New(source, indextest.Analyzer()).WithLevers(pinned("docker kafka", "p20", "p21", "p22"))
	found, err := s.Search(t.Context(), search.Request{Query: "docker kafka"})
	if err != nil {
		t.Fatal(err)
	}
	if source.asked != 4 || len(found.Hits) != 10 || found.Hits[0].ID != "p20" || found.Hits[9].Title == "" {
		t.Errorf("asked %d times, want 4: what is found, the pins, where all stand, the page; %+v", source.asked, found.Hits)
	}
}

// TestUnfinishedWithoutPrefix: the beginning of a word that no post has as it stands finds what it finds while it is typed, and
// the answer says so. A query that another one answers is left to that.
func TestUnfinishedWithoutPrefix(t *testing.T) {
	index := memindex.New(indextest.Analyzer())
	batch := search.Batch{Put: []search.Document{indextest.Post("a", "# kubernetes\nkubernetes and docker"), indextest.Post("b", "# kafka\nkafka")}}
	if err := index.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	s := service.New(lexicon.Learning{Index: index, Analyzer: indextest.Analyzer()}, indextest.Analyzer())
	for _, test := range []struct {
		query string
		total int
		said  bool
	}{{"kube", 1, true}, {"docker kube", 1, false}, {"kubernetes", 1, false}, {"kube ", 0, false}, {"zzqq", 0, false}, {"kafak", 1, false}} {
		found, err := s.Search(t.Context(), search.Request{Query: test.query})
		if err != nil || found.Total != test.total || (found.Warning != "") != test.said {
			t.Errorf("%q finds %d and says %q (%v), want %d, %t", test.query, found.Total, found.Warning, err, test.total, test.said)
		}
		typed, err := s.Search(t.Context(), search.Request{Query: test.query, Prefix: true})
		if err != nil || typed.Total != found.Total {
			t.Errorf("%q finds %d while it is typed and %d after (%v)", test.query, typed.Total, found.Total, err)
		}
	}
}

// TestNamesAreTypedRight: for what a post is called nothing else is looked for.
func TestNamesAreTypedRight(t *testing.T) {
	batch := search.Batch{Put: []search.Document{indextest.Post("a", "# dockr kafka\nlogs"), indextest.Post("b", "# logs\ndocker, dockr and kafka")}}
	for i := range 30 {
		batch.Put = append(batch.Put, indextest.Post(fmt.Sprint(i), "# docker kafka\nimages"))
	}
	snapshot, lexicon := learned(t, batch)
	for _, tt := range []struct {
		query string
		asks  int
	}{{"Dockr Kafka", 1}, {"dockr logs", 3}} {
		source := &counted{Snapshot: snapshot, lexicon: lexicon}
		if _, err := service.New(source, indextest.Analyzer()).Search(t.Context(), search.Request{Query: tt.query}); err != nil {
			t.Fatal(err)
		}
		if source.asked != tt.asks {
			t.Errorf("%q: the index is asked %d times, want %d", tt.query, source.asked, tt.asks)
		}
	}
}

// TestHalfTypedWithoutParticle: of a word that is typed and may go on, its particle is not marked either.
func TestHalfTypedWithoutParticle(t *testing.T) {
	index := memindex.New(indextest.Analyzer())
	if err := index.Apply(t.Context(), search.Batch{Put: []search.Document{indextest.Post("a", "# 성능을 높인다\n성능이 좋다"), indextest.Post("b", "# 성능개선\n한다")}}); err != nil {
		t.Fatal(err)
	}
	s := service.New(lexicon.Learning{Index: index, Analyzer: indextest.Analyzer()}, indextest.Analyzer())
	for _, typed := range []bool{false, true} {
		found, err := s.Search(t.Context(), search.Request{Query: "성능", Prefix: typed})
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, h := range found.Hits {
			titles = append(titles, h.TitleHTML)
		}
		if !slices.Contains(titles, "<mark>성능</mark>을 높인다") {
			t.Errorf("half typed %v: %q", typed, titles)
		}
	}
}
