package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSearchOutput(t *testing.T) {
	site := indexedSite(t)
	tests := []struct {
		name string
		args []string
	}{
		{"sections", []string{"Debezium"}},
		{"title-only", []string{"tag:golang", "--sort", "newest"}},
		{"some-words", []string{"debezium quetzalcoatl"}},
		{"nothing", []string{"quetzalcoatl"}},
		{"page", []string{"--per-page", "2", "--page", "2"}},
		{"page-behind-last", []string{"--page", "4"}},
		{"no-word", []string{"?!"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := chaja(t, append([]string{"search", "--site", site}, test.args...)...)
			if got.code != exitFine {
				t.Errorf("exit %d", got.code)
			}
			golden(t, "search-"+test.name, site, got.err+got.out)
		})
	}
}

// TestSearchFinds asks for what no analysis of Korean can change: filters, dates, order, paging and exact signs.
func TestSearchFinds(t *testing.T) {
	const (
		outbox = "posts/2022-06-26-kafka-outbox-pattern.md"
		lag    = "posts/2021-05-29-kafka-consumer-lag.md"
		spring = "posts/2023-09-16-spring-boot-3-jdk17.md"
		load   = "posts/2021-03-02-load-test.md"
		flaky  = "posts/2023-04-15-flaky-tests.md"
		pool   = "posts/2022-08-07-postmortem-connection-pool.md"
		pprof  = "posts/2020-10-03-go-profiling-pprof.md"
		golang = "posts/2019-11-17-from-csharp-to-go.md"
		day    = "posts/2019-09-27-backend-hanmadang-2019.md"
		legacy = "posts/2020-02-09-reading-legacy-code.md"
		nextjs = "posts/2024-02-25-hexo-to-nextjs.md"
		remote = "posts/2023-01-30-remote-work-retrospective.md"
		batch  = "posts/2021-11-13-airflow-settlement-pipeline.md"
		names  = "posts/2023-07-16-test-names-in-korean.md"
		unit   = "posts/2022-11-26-transactional-unit-test.md"
		night  = "posts/2023-06-10-airflow-v261-upgrade.md"
		bank   = "posts/2024-03-24-open-banking-kakaobank.md"
		iphone = "posts/2024-10-13-iphone16-webview.md"
	)
	site := indexedSite(t)
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"tag in the query", []string{"tag:kafka"}, []string{outbox, lag}},
		{"tag by a flag, in another spelling", []string{"--tag", "SPRING-boot"}, []string{spring, names, unit, outbox, load}},
		{"tag with a blank, quoted", []string{`tag:"spring boot"`}, []string{spring, names, unit, outbox, load}},
		{"tag with a comma", []string{`tag:"배치, 스케줄러"`}, []string{batch}},
		{"two tags", []string{"--tag", "kafka", "--tag", "msa"}, []string{outbox}},
		{"a tag and an empty one", []string{"--tag", "", "--tag", " kafka ", "--category", " "}, []string{outbox, lag}},
		{"tag that no post has", []string{"--tag", "cobol"}, []string{}},
		{"category", []string{"--category", "kafka"}, []string{outbox, lag}},
		{"language", []string{"--lang", "en"}, []string{night, flaky, pool, lag, pprof}},
		{"after a year", []string{"--after", "2023"}, []string{iphone, bank, nextjs, spring, names, night, flaky, remote}},
		{"before a year", []string{"--before", "2020"}, []string{golang, day}},
		{"from a month to a day", []string{"--after", "2019-11", "--before", "2020-02-10"}, []string{legacy, golang}},
		{"day after is included", []string{"--after", "2024-02-25"}, []string{iphone, bank, nextjs}},
		{"day before is not", []string{"--before", "2019-09-29"}, []string{}},
		{"oldest first", []string{"--sort", "oldest", "--per-page", "2"}, []string{day, golang}},
		{"last page", []string{"--per-page", "6", "--page", "5"}, []string{golang, day}},
		{"word and tag", []string{"tag:golang", "flaky"}, []string{flaky}},
		{"minus in one argument", []string{"tag:kafka -debezium"}, []string{lag}},
		{"minus first, after --", []string{"--", "-debezium tag:kafka"}, []string{lag}},
		{"minus and tag", []string{"kafka -tag:kafka"}, []string{day}},
		{"phrase in one argument", []string{`"replication slot"`}, []string{outbox}},
		{"phrase in another order, so as words", []string{"--per-page", "1", `"slot replication"`}, []string{outbox}},
		{"flags after the query", []string{"kafka", "--tag", "msa", "--per-page", "1"}, []string{outbox}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, ids(t, site, test.args...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSearchShowsOpening: the text before the first heading is shown when it matches best, though a section matches too.
func TestSearchShowsOpening(t *testing.T) {
	site := newSite(t, map[string]string{"post.md": "---\ntitle: Birds\n---\nThe quetzal and the toucan.\n\n## Food\n\nA quetzal eats fruit.\n"})
	fine(t, "index", "--site", site)
	for query, want := range map[string]string{
		"quetzal toucan": "1 post\n\n1. Birds\n   /post/\n   The quetzal and the toucan.\n   § Food\n     /post/#food\n     A quetzal eats fruit.\n",
		"fruit":          "1 post\n\n1. Birds\n   § Food\n     /post/#food\n     A quetzal eats fruit.\n",
	} {
		if diff := cmp.Diff(want, fine(t, "search", "--site", site, query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

// TestSearchJSON states the keys of an answer, which scripts and sites rely on.
func TestSearchJSON(t *testing.T) {
	site := indexedSite(t)
	answer := decoded[map[string]any](t, "search", "--site", site, "--json", "debezium")
	keys := func(value any, want ...string) {
		t.Helper()
		slices.Sort(want)
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(value.(map[string]any)))); diff != "" {
			t.Errorf("keys (-want +got):\n%s", diff)
		}
	}
	keys(answer, "query", "total", "full", "truncated", "suggestion", "took_ms", "page", "per_page", "hits", "facets")
	hit := answer["hits"].([]any)[0].(map[string]any)
	keys(hit, "id", "url", "title", "title_html", "date", "tags", "categories", "lang", "score", "full", "excerpt_html", "sections")
	section := hit["sections"].([]any)[0]
	keys(section, "path", "heading", "heading_html", "level", "anchor", "url", "excerpt_html")
	keys(answer["facets"], "tags", "categories", "years")
	keys(answer["facets"].(map[string]any)["years"].([]any)[0], "value", "count")
	if got := section.(map[string]any)["heading_html"].(string); !strings.Contains(got, "<mark>Debezium</mark>") {
		t.Errorf("heading_html %q has no mark", got)
	}

	nothing := fine(t, "search", "--site", site, "--json", "quetzalcoatl")
	if !strings.Contains(nothing, `"hits":[]`) || !strings.Contains(nothing, `"tags":[]`) {
		t.Errorf("lists without entries are not []: %s", nothing)
	}
	if strings.Count(nothing, "\n") != 1 {
		t.Errorf("not one line: %q", nothing)
	}
	if notice := decoded[map[string]any](t, "search", "--site", site, "--json", "?!")["notice"]; notice == nil {
		t.Error("no notice that nothing could be searched for")
	}
}

func TestReadable(t *testing.T) {
	for in, want := range map[string]string{
		"/2022/%EA%B8%80/":  "/2022/글/",
		"/a%20b/":           "/a b/",
		"/a%1b%5B31m/":      "/a%1b%5B31m/", // would colour the terminal
		"/a%0Ab/":           "/a%0Ab/",
		"/%ff/":             "/%ff/",
		"/100%/":            "/100%/",
		"/a%E2%80%AEfdp.b/": "/a%E2%80%AEfdp.b/", // would turn the line around
	} {
		if got := readable(in); got != want {
			t.Errorf("readable(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestMarked: a mark in a bold title leaves the rest of the title bold.
func TestMarked(t *testing.T) {
	const title = "C&amp;C: <mark>검색</mark>의 길"
	colored := style{color: true}
	if got, want := colored.apply(bold, colored.marked(title)), "\x1b[1mC&C: \x1b[33m검색\x1b[39m의 길\x1b[0m"; got != want {
		t.Errorf("in colour %q, want %q", got, want)
	}
	if got, want := (style{}).apply(bold, style{}.marked(title)), "C&C: 검색의 길"; got != want {
		t.Errorf("without colour %q, want %q", got, want)
	}
}

// token is a token of analyze --json.
type token struct {
	Term, Lane, POS string
	Start, End      int
}

func TestAnalyze(t *testing.T) {
	golden(t, "analyze", "", fine(t, "analyze", "Node.js", "pods"))
	lines := strings.Split(strings.TrimSpace(chajaWith(t, "검색서비스를 k8s\r\n\nnet/http", "analyze", "--json").out), "\n")
	texts := []string{"검색서비스를 k8s", "", "net/http"}
	if len(lines) != len(texts) {
		t.Fatalf("%d lines for %d texts: %q", len(lines), len(texts), lines)
	}
	for i, text := range texts {
		var got struct {
			Text   string
			Tokens []token
		}
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil {
			t.Fatal(err)
		}
		if got.Text != text || got.Tokens == nil || (len(got.Tokens) == 0) != (text == "") {
			t.Errorf("line %d: %s", i+1, lines[i])
		}
		for _, k := range got.Tokens {
			if k.Start < 0 || k.Start >= k.End || k.End > len(text) || k.Term == "" || k.Lane != "morpheme" && k.Lane != "bigram" {
				t.Errorf("token %+v of %q", k, text)
			}
		}
	}
	if first := fine(t, "analyze", "--json", "검색서비스를", "k8s"); first != lines[0]+"\n" {
		t.Errorf("arguments give %s, a line gives %s", first, lines[0])
	}
	var raw struct{ Tokens []map[string]any }
	if err := json.Unmarshal([]byte(lines[0]), &raw); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"term", "start", "end", "lane", "pos"} {
		if _, ok := raw.Tokens[0][key]; !ok {
			t.Errorf("token without %s: %v", key, raw.Tokens[0])
		}
	}
}

// TestSearchSpeaksKorean: what stands beside the hits is in the language of the terminal.
func TestSearchSpeaksKorean(t *testing.T) {
	site := indexedSite(t)
	for locale, want := range map[string]string{"ko_KR.UTF-8": "찾은 글이 없습니다\n", "ko": "찾은 글이 없습니다\n", "en_US.UTF-8": "no post found\n", "C": "no post found\n", "POSIX": "no post found\n", "xx": "no post found\n"} {
		t.Setenv("LC_ALL", locale)
		if got := fine(t, "search", "--site", site, "quetzalcoatl"); got != want {
			t.Errorf("with %s it says %q, want %q", locale, got, want)
		}
	}
	t.Setenv("LC_ALL", "")
	t.Setenv("LC_MESSAGES", "ko_KR.UTF-8")
	t.Setenv("LANG", "en_US.UTF-8")
	if got, want := fine(t, "search", "--site", site, "--per-page", "1", "초당 처리량 병목"), "검색어가 모두 있는 글 1개, 일부만 있는 글 3개 (1~1번째, 1쪽)\n"; !strings.HasPrefix(got, want) {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}
