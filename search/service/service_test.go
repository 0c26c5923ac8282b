package service_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/lexicon"
	"chaja/search/memindex"
	"chaja/search/service"
)

// newService returns a service over posts with the IDs a, b, c and so on.
func newService(t *testing.T, sources ...string) *service.Service {
	t.Helper()
	return service.New(newSource(t, sources...), indextest.Analyzer())
}

func newSource(t *testing.T, sources ...string) service.Source {
	t.Helper()
	index := memindex.New(indextest.Analyzer())
	var batch search.Batch
	for i, source := range sources {
		batch.Put = append(batch.Put, indextest.Post(string(rune('a'+i)), source))
	}
	if err := index.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	return lexicon.Learning{Index: index, Analyzer: indextest.Analyzer()}
}

func ask(t *testing.T, s *service.Service, r search.Request) search.Result {
	t.Helper()
	result, err := s.Search(t.Context(), r)
	if err != nil {
		t.Fatalf("Search(%+v): %v", r, err)
	}
	return result
}

// firstHit returns the best hit for a query.
func firstHit(t *testing.T, s *service.Service, query string) search.Hit {
	t.Helper()
	result := ask(t, s, search.Request{Query: query})
	if len(result.Hits) == 0 {
		t.Fatalf("nothing is found for %q", query)
	}
	return result.Hits[0]
}

func ids(hits []search.Hit) string {
	list := make([]string, len(hits))
	for i, hit := range hits {
		list[i] = hit.ID
	}
	return strings.Join(list, " ")
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// TestWhichPosts: what is found for a request, in what order, and what is said about it.
func TestWhichPosts(t *testing.T) {
	s := newService(t,
		"date: 2022-01-01\ntags: Go\nred green", "date: 2024-01-01\ntags: go, db\ncategories: Notes\nlang: en\nred blue",
		"date: 2023-01-01\ntags: db\nlang: ko\nblue sky", "tags: GO\ngray",
	)
	const noWord, tooLong, leftOut = "no letter or digit", "too long: only its beginning", "only says what to leave out"
	const asWords = "no post fits the quotes"
	tests := []struct {
		name    string
		request search.Request
		want    string // IDs in order; those behind a bar have some of the words
		notice  string // a part of it
	}{
		{"all words, then some, the newer first", search.Request{Query: "red blue"}, "b | c a", ""},
		{"empty query: newest first", search.Request{}, "b c a d", ""},
		{"blank query", search.Request{Query: " \t"}, "b c a d", ""},
		{"oldest first", search.Request{Sort: search.Oldest}, "a c b d", ""},
		{"a tag alone: newest first", search.Request{Query: "tag:go"}, "b a d", ""},
		{"a minus alone: newest first", search.Request{Query: "-red"}, "c d", leftOut},
		{"in Korean", search.Request{Query: "-red", Locale: "ko"}, "c d", "제외할 검색어만"},

		{"filters", search.Request{Tags: []string{"go"}, Categories: []string{"notes"}, Lang: "en"}, "b", ""},
		{"dates", search.Request{After: indextest.Day("2023-01-01"), Before: indextest.Day("2024-01-01")}, "c", ""},
		{"query and filter", search.Request{Query: "blue", Tags: []string{"Go"}}, "b", ""},
		{"no post has all words", search.Request{Query: "green sky"}, "| c a", ""},
		{"by date only those with all words", search.Request{Query: "red blue", Sort: search.Newest}, "b", ""},
		{"one word is nowhere", search.Request{Query: "gray missing"}, "| d", ""},
		{"no post has any word", search.Request{Query: "missing gone"}, "", ""},
		{"part of the words within the filter", search.Request{Query: "green sky", Tags: []string{"db"}}, "| c", ""},
		{"the filter excludes all", search.Request{Query: "red", Tags: []string{"none"}}, "", ""},
		{"punctuation alone", search.Request{Query: "?! ..."}, "", noWord},
		{"punctuation with a filter", search.Request{Query: "?", Tags: []string{"go"}}, "", noWord},
		{"punctuation beside a word", search.Request{Query: "? gray !"}, "d", ""},
		{"too many words", search.Request{Query: strings.Repeat("gray ", 140)}, "d", tooLong},
		{"too many words, nothing found", search.Request{Query: strings.Repeat("missing ", 140)}, "", tooLong},
		{"invalid UTF-8", search.Request{Query: "gray\xff"}, "d", ""},
		{"invalid UTF-8 alone", search.Request{Query: "\xff\xfe"}, "", noWord},
		{"an unclosed quote", search.Request{Query: `"red green`}, "a", ""},
		{"no post has the phrase", search.Request{Query: `"green red"`}, "a | b", asWords},
		{"no post lacks what is excluded", search.Request{Query: "gray -gray"}, "d", asWords},
		{"a pasted title", search.Request{Query: `"blue red" - sky`}, "| c b a", asWords},
		{"nor has any the words", search.Request{Query: `"missing gone"`}, "", ""},
		{"a tag holds", search.Request{Query: `"green red" tag:none`}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, s, tt.request)
			full, some, _ := strings.Cut(tt.want, "|")
			want := strings.Fields(full + some)
			equal(t, "hits", ids(got.Hits), strings.Join(want, " "))
			equal(t, "Total", got.Total, len(want))
			equal(t, "Full", got.Full, len(strings.Fields(full)))
			equal(t, "Query", got.Query, tt.request.Query)
			if !strings.Contains(got.Warning, tt.notice) || (tt.notice == "") != (got.Warning == "") {
				t.Errorf("Warning = %q, want %q in it", got.Warning, tt.notice)
			}
			if got.Hits == nil || got.Facets.Tags == nil || got.Facets.Categories == nil || got.Facets.Years == nil {
				t.Errorf("a list of the result is nil: %+v", got)
			}
			ranking, err := s.Rank(t.Context(), tt.request, 10)
			if err != nil {
				t.Errorf("Rank: %v", err)
			}
			equal(t, "Rank", strings.Join(ranking, " "), strings.Join(want, " "))
		})
	}
}

func TestPages(t *testing.T) {
	s := newService(t, slice("tags: go\nred", 25)...)
	tests := []struct {
		name          string
		page, perPage int
		want          string
		wantPage      int
		wantPerPage   int
	}{
		{"default", 0, 0, "a b c d e f g h i j", 1, search.DefaultPerPage},
		{"second page", 2, 0, "k l m n o p q r s t", 2, search.DefaultPerPage},
		{"last page", 3, 10, "u v w x y", 3, 10},
		{"behind the last page", 4, 10, "", 4, 10},
		{"page size", 7, 4, "y", 7, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, s, search.Request{Query: "red", Page: tt.page, PerPage: tt.perPage})
			equal(t, "hits", ids(got.Hits), tt.want)
			equal(t, "page", []int{got.Page, got.PerPage, got.Total}, []int{tt.wantPage, tt.wantPerPage, 25})
			equal(t, "tags", got.Facets.Tags, []search.Facet{{Value: "go", Count: 25}})
		})
	}
}

func slice(source string, n int) []string {
	return strings.Split(strings.Repeat("\x00"+source, n)[1:], "\x00")
}

// TestSections: the sections that match, best first, with the match marked inside the eojeol.
func TestSections(t *testing.T) {
	s := newService(t, "# 색인\n여는 글이다.\n## 메모리\n성능은 여기에 한 번만 나온다.\n### 성능 측정\n성능을 먼저 잰다. 그 다음에 성능을 높인다.\n## 끝\n마치는 글이다.\n")
	hit := firstHit(t, s, "성능")
	want := []search.HitSection{
		{
			Path: []string{"메모리"}, Heading: "성능 측정", HeadingHTML: "<mark>성능</mark> 측정", Level: 3, Anchor: "성능-측정",
			URL:         "/a/#%EC%84%B1%EB%8A%A5-%EC%B8%A1%EC%A0%95",
			ExcerptHTML: "<mark>성능</mark>을 먼저 잰다. 그 다음에 <mark>성능</mark>을 높인다.",
		},
		{
			Path: []string{}, Heading: "메모리", HeadingHTML: "메모리", Level: 2, Anchor: "메모리", URL: "/a/#%EB%A9%94%EB%AA%A8%EB%A6%AC",
			ExcerptHTML: "<mark>성능</mark>은 여기에 한 번만 나온다.",
		},
	}
	equal(t, "sections", hit.Sections, want)
	equal(t, "excerpt", hit.ExcerptHTML, want[0].ExcerptHTML)
	equal(t, "title", hit.TitleHTML, "색인")
}

func TestMostSections(t *testing.T) {
	var source strings.Builder
	for i := range 10 {
		fmt.Fprintf(&source, "## part %d\nred\n", i)
	}
	s := newService(t, source.String())
	if n := len(firstHit(t, s, "red").Sections); n != 3 {
		t.Errorf("%d sections are shown, want 3", n)
	}
}

// TestExcerpt: what stands under the title.
func TestExcerpt(t *testing.T) {
	const post = "tags: go\n# alpha\nThe opening text.\n## beta\nText under the heading.\n## gamma\nMore of it.\n"
	s := newService(t, post, "# empty\n", "# only headings\n## delta\n", "Start.\n## epsilon\n### zeta\nHere epsilon is met.\n")
	tests := []struct {
		name, query, want string
		sections          int
	}{
		{"a match in the text", "more", "<mark>More</mark> of it.", 1},
		{"a match in the opening text", "opening", "The <mark>opening</mark> text.", 0},
		{"a match in the title", "alpha", "The opening text. Text under the heading. More of it.", 0},
		{"a match in a heading", "beta", "Text under the heading.", 1},
		{"a match in an empty section and in a text", "epsilon", "Here <mark>epsilon</mark> is met.", 2},
		{"a tag", "tag:go", "The opening text. Text under the heading. More of it.", 0},
		{"a match in a tag", "go", "The opening text. Text under the heading. More of it.", 0},
		{"a post without text", "empty", "", 0},
		{"a post of headings", "delta", "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			hit := firstHit(t, s, tt.query)
			equal(t, "excerpt", hit.ExcerptHTML, tt.want)
			equal(t, "number of sections", len(hit.Sections), tt.sections)
			if hit.Sections == nil || hit.Tags == nil || hit.Categories == nil {
				t.Errorf("a list of the hit is nil: %+v", hit)
			}
		})
	}
}

// TestEscaping: nothing of a post or a query becomes markup, and URLs stay one fragment.
func TestEscaping(t *testing.T) {
	s := newService(t, "# <script>alert(1)</script> & red\n<b>red</b> \"text\"\n## <i>red</i> 100%/x?#y\n<mark>red</mark>\n")
	hit := firstHit(t, s, "red <script>")
	equal(t, "title", hit.Title, "<script>alert(1)</script> & red")
	equal(t, "title_html", hit.TitleHTML, "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; <mark>red</mark>")
	if len(hit.Sections) != 1 {
		t.Fatalf("sections: %+v", hit.Sections)
	}
	section := hit.Sections[0]
	equal(t, "heading_html", section.HeadingHTML, "&lt;i&gt;<mark>red</mark>&lt;/i&gt; 100%/x?#y")
	equal(t, "excerpt_html", section.ExcerptHTML, "&lt;mark&gt;<mark>red</mark>&lt;/mark&gt;")
	equal(t, "url", section.URL, "/a/#%3Ci%3Ered%3C%2Fi%3E-100%25%2Fx%3F%23y")
}

// failing is a source that always fails.
type failing struct{ err error }

func (f failing) Acquire(context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	return nil, nil, f.err
}

// TestErrors: errors of the index reach the caller as they are.
func TestErrors(t *testing.T) {
	broken := service.New(failing{search.ErrNoIndex}, indextest.Analyzer())
	_, searchErr := broken.Search(t.Context(), search.Request{Query: "red"})
	_, rankErr := broken.Rank(t.Context(), search.Request{Query: "red"}, 1)
	_, facetsErr := broken.Facets(t.Context())
	for what, err := range map[string]error{"Search": searchErr, "Rank": rankErr, "Facets": facetsErr, "Ready": broken.Ready(t.Context())} {
		if !errors.Is(err, search.ErrNoIndex) {
			t.Errorf("%s: error %v, want %v", what, err, search.ErrNoIndex)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newService(t, "red").Search(ended, search.Request{Query: "red"}); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: error %v", err)
	}
}

func TestFacetsOfAll(t *testing.T) {
	s := newService(t, "tags: Go\ndate: 2024-01-01\nred", "tags: Go, db\ncategories: notes\nblue")
	got, err := s.Facets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "facets", got, search.Facets{
		Tags:       []search.Facet{{Value: "Go", Count: 2}, {Value: "db", Count: 1}},
		Categories: []search.Facet{{Value: "notes", Count: 1}},
		Years:      []search.Facet{{Value: "2024", Count: 1}},
	})
}

// TestExplainWithoutQuery: there is nothing to explain of posts that were not asked for.
func TestExplainWithoutQuery(t *testing.T) {
	s := newService(t, "red", "tags: go\nblue")
	for _, r := range []search.Request{{Explain: true}, {Explain: true, Tags: []string{"go"}}} {
		for _, hit := range ask(t, s, r).Hits {
			if len(hit.Why) > 0 {
				t.Errorf("%+v: %s is explained by %v", r, hit.ID, hit.Why)
			}
		}
	}
}

// TestMissing: a post with some of the words says which it lacks.
func TestMissing(t *testing.T) {
	s := newService(t, "tags: go\n# red\nsky", "서울시청에서 red", "red green sky")
	for text, want := range map[string][]string{
		"red green sky":  {"", "green,sky", "green"},
		"go red 시청":      {"시청", "go", "go,시청"},
		`go "red green"`: {"go"},
	} {
		got := ask(t, s, search.Request{Query: text})
		var missing []string
		for _, hit := range got.Hits {
			missing = append(missing, strings.Join(hit.Missing, ","))
		}
		slices.Sort(missing)
		slices.Sort(want)
		equal(t, text, missing, want)
	}
}

// TestLongPost: of a very long post only a part is analyzed to show it, and that is the part which matters.
func TestLongPost(t *testing.T) {
	filler := strings.Repeat("gray stone wall. ", 10_000)
	s := newService(t, "# long\n"+filler+"\n## first\n"+filler+"\n## second\n"+filler+" red green "+filler+"\n## third\nred")
	hit := ask(t, s, search.Request{Query: "red green"}).Hits[0]
	equal(t, "best section", hit.Sections[0].Heading, "second")
	if want := "<mark>red</mark> <mark>green</mark>"; !strings.Contains(hit.ExcerptHTML, want) {
		t.Errorf("excerpt %q, want %q in it", hit.ExcerptHTML, want)
	}
	for _, query := range []string{"", "-blue", "tag:none OR before:3000"} {
		if got := ask(t, s, search.Request{Query: query}); got.Total > 0 && !strings.HasPrefix(got.Hits[0].ExcerptHTML, "gray stone wall.") {
			t.Errorf("%q: excerpt %q, want the beginning", query, got.Hits[0].ExcerptHTML)
		}
	}
}

// TestBounds: dates in the query narrow those of the request.
func TestBounds(t *testing.T) {
	s := newService(t, "date: 2022-01-01\nred", "date: 2023-06-01\nred", "date: 2024-01-01\nblue")
	day := indextest.Day
	for _, tt := range []struct {
		request search.Request
		want    string
	}{
		{search.Request{Query: "red after:2023"}, "b"},
		{search.Request{Query: "before:2023-06 red"}, "a"},
		{search.Request{Query: "after:2023"}, "c b"},
		{search.Request{Query: "after:2022 after:2023-07"}, "c"},
		{search.Request{Query: "after:2021", After: day("2023-01-01"), Before: day("2024-01-01")}, "b"},
		{search.Request{Query: "before:2024", Before: day("2023-01-01")}, "a"},
	} {
		equal(t, tt.request.Query, ids(ask(t, s, tt.request).Hits), tt.want)
	}
}

// TestFacetsUnderFilters: a category or a year that was chosen leaves the others to choose; tags narrow.
func TestFacetsUnderFilters(t *testing.T) {
	s := newService(t,
		"date: 2022-01-01\ntags: go\ncategories: a\nred", "date: 2023-01-01\ntags: go, db\ncategories: b\nred",
		"date: 2024-01-01\ntags: db\ncategories: b\nblue",
	)
	values := func(facets []search.Facet) string {
		var list []string
		for _, f := range facets {
			list = append(list, fmt.Sprint(f.Value, ":", f.Count))
		}
		return strings.Join(list, " ")
	}
	got := ask(t, s, search.Request{Query: "red", Categories: []string{"a"}, After: indextest.Day("2022-01-01"), Before: indextest.Day("2023-01-01")})
	equal(t, "hits", ids(got.Hits), "a")
	equal(t, "tags", values(got.Facets.Tags), "go:1")
	equal(t, "categories", values(got.Facets.Categories), "a:1")
	equal(t, "years", values(got.Facets.Years), "2022:1")
	got = ask(t, s, search.Request{Query: "red", Categories: []string{"a"}})
	equal(t, "categories without bounds", values(got.Facets.Categories), "a:1 b:1")
	got = ask(t, s, search.Request{Query: "red", Before: indextest.Day("2023-01-01")})
	equal(t, "years without the bound", values(got.Facets.Years), "2022:1 2023:1")
	for _, query := range []string{"red category:a", "category:a red", "red after:2022 category:a before:2023"} {
		got = ask(t, s, search.Request{Query: query})
		equal(t, query+": hits", ids(got.Hits), "a")
	}
	equal(t, "categories in a year", values(got.Facets.Categories), "a:1")
	got = ask(t, s, search.Request{Query: "red category:a"})
	equal(t, "categories without the one in the query", values(got.Facets.Categories), "a:1 b:1")
	got = ask(t, s, search.Request{Query: "red before:2023"})
	equal(t, "years without the bound in the query", values(got.Facets.Years), "2022:1 2023:1")
	got = ask(t, s, search.Request{Query: "red", Tags: []string{"go", "db"}})
	equal(t, "tags mean all of them", ids(got.Hits), "b")
}

// TestFacetsKeepTheirWord: who chooses a value of a facet finds as many posts as it said, with all of the words or a part.
func TestFacetsKeepTheirWord(t *testing.T) {
	var posts []string
	for i := range 60 {
		words := []string{"red", "green", "blue"}[:1+i%3]
		posts = append(posts, fmt.Sprintf("date: %d-01-01\ntags: t%d\ncategories: c%d\n%s", 2000+i%4, i%5, i%7, strings.Join(words, " ")))
	}
	s := newService(t, posts...)
	for _, query := range []string{"red", "red green", "green blue", "red gray", "blue -gray", "green tag:t1", "red blue category:c1"} {
		for _, base := range []search.Request{{Query: query}, {Query: query, Categories: []string{"c2"}}, {Query: query, Tags: []string{"t2"}}, {Query: query, Sort: search.Newest}} {
			facets := ask(t, s, base).Facets
			for _, f := range facets.Tags {
				r := base
				r.Tags = append(slices.Clone(r.Tags), f.Value)
				equal(t, fmt.Sprintf("%+v", r), ask(t, s, r).Total, f.Count)
			}
			for _, f := range facets.Categories {
				r := base
				r.Categories = []string{f.Value}
				if !strings.Contains(query, "category:") {
					equal(t, fmt.Sprintf("%+v", r), ask(t, s, r).Total, f.Count)
				}
			}
			for _, f := range facets.Years {
				r := base
				r.After = indextest.Day(f.Value + "-01-01")
				r.Before = r.After.AddDate(1, 0, 0)
				equal(t, fmt.Sprintf("%+v", r), ask(t, s, r).Total, f.Count)
			}
		}
	}
}

// TestRelated: posts with the same tags or words, not the post itself.
func TestRelated(t *testing.T) {
	s := newService(t,
		"tags: go\n# goroutine leaks\nchannels and goroutines leak", "tags: go\n# channels\nclosing channels of goroutines",
		"# goroutine pools\na pool of goroutines", "tags: food\n# soup\nwater and salt",
	)
	hits, err := s.Related(t.Context(), "a", 5)
	equal(t, "error", err, nil)
	equal(t, "related", ids(hits), "b c")
	if _, err := s.Related(t.Context(), "none", 5); !errors.Is(err, search.ErrNoPost) {
		t.Errorf("error %v, want %v", err, search.ErrNoPost)
	}
	hits, _ = s.Related(t.Context(), "d", 5)
	equal(t, "nothing like it", ids(hits), "")
}

// TestYearsAreOfOneZone: a post counts under the year that finds it, whatever zone its date is written in.
func TestYearsAreOfOneZone(t *testing.T) {
	index := memindex.New(indextest.Analyzer())
	var batch search.Batch
	for i, date := range []string{"2020-12-31T20:00:00Z", "2021-01-01T08:00:00+09:00", "2020-12-31T23:00:00+09:00", "2020-12-31T07:00:00-08:00"} {
		post := indextest.Post(fmt.Sprint(i), "red")
		at, err := time.Parse(time.RFC3339, date)
		if err != nil {
			t.Fatal(err)
		}
		post.Date = at
		batch.Put = append(batch.Put, post)
	}
	if err := index.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	s := service.New(lexicon.Learning{Index: index, Analyzer: indextest.Analyzer()}, indextest.Analyzer())
	equal(t, "years", ask(t, s, search.Request{Query: "red"}).Facets.Years, []search.Facet{{Value: "2021", Count: 3}, {Value: "2020", Count: 1}})
	equal(t, "found in 2021", ids(ask(t, s, search.Request{Query: "red after:2021", Sort: search.Oldest}).Hits), "3 0 1")
	equal(t, "found before", ids(ask(t, s, search.Request{Query: "red before:2021"}).Hits), "2")
}
