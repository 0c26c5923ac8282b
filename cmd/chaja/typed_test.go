package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/lexicon/pairs"
)

const loanwords = "쿠버네티스 = kubernetes = k8s\n! 스타일 = still\n"

// TestPairs: what is learned from the posts is listed with its evidence, and the file of the site adds and forbids.
func TestPairs(t *testing.T) {
	site := sampleSite(t)
	write(t, filepath.Join(site, pairsName), loanwords)
	fine(t, "index", "--site", site)

	out := fine(t, "pairs", "--site", site)
	const line = "자바스크립트 = javascript  1: posts/2024-10-13-iphone16-webview.md (brackets)\n"
	if !strings.Contains(out, line) {
		t.Errorf("pairs printed\n%s\nwant in it\n%s", out, line)
	}
	learned := decoded[struct{ Pairs []pairs.Pair }](t, "pairs", "--site", site, "--json").Pairs
	if lines := strings.Count(out, "\n"); lines != len(learned) {
		t.Errorf("%d lines, and %d pairs as JSON", lines, len(learned))
	}
	for _, want := range [][2]string{{"에어플로우", "airflow"}, {"인프라스트럭처", "인프라스트럭쳐"}, {"테라폼", "terraform"}} {
		if !slices.ContainsFunc(learned, func(p pairs.Pair) bool { return p.A == want[0] && p.B == want[1] && len(p.Evidence) > 0 }) {
			t.Errorf("%q is not learned", want)
		}
	}
	if got := ids(t, site, "k8s"); !slices.Contains(got, "posts/2021-03-02-load-test.md") {
		t.Errorf("k8s finds %q, want the post that has 쿠버네티스", got)
	}
	if got := ids(t, site, "스타일"); slices.Contains(got, "posts/2023-04-15-flaky-tests.md") {
		t.Errorf("스타일 finds %q, though still is forbidden", got)
	}
}

// TestPairsFileChanges: a site's words change with its file, though no post does.
func TestPairsFileChanges(t *testing.T) {
	site := newSite(t, map[string]string{"a.md": "# 하나\n도커를 쓴다", "b.md": "# 둘\ncontainer 를 쓴다"})
	step := func(name string, want ...string) {
		t.Helper()
		fine(t, "index", "--site", site)
		if diff := cmp.Diff(want, ids(t, site, "도커")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	step("no file", "a.md")
	write(t, filepath.Join(site, pairsName), "도커 = container\n")
	step("a file", "a.md", "b.md")
	write(t, filepath.Join(site, pairsName), "# nothing\n")
	step("an empty file", "a.md")
}

// TestPairsFileMistakes: every mistake in the file is named by its line, and takes nothing from the other lines.
func TestPairsFileMistakes(t *testing.T) {
	site := newSite(t, map[string]string{"a.md": "# 하나\n도커를 쓴다", "b.md": "# 둘\ncontainer 를 쓴다"})
	write(t, filepath.Join(site, pairsName), "파드 = pod\n혼자\n도커 = container\n")
	got := chaja(t, "index", "--site", site)
	if got.code != exitFine || !strings.HasPrefix(got.err, pairsName+":2: ") {
		t.Errorf("exit %d, %q", got.code, got.err)
	}
	if diff := cmp.Diff([]string{"a.md", "b.md"}, ids(t, site, "도커")); diff != "" {
		t.Errorf("by a good line (-want +got):\n%s", diff)
	}
}

// TestSuggestPrints: a kind, a text and, where it leads to one place, its address.
func TestSuggestPrints(t *testing.T) {
	site := indexedSite(t)
	const want = `title    오픈뱅킹으로 카카오뱅크 계좌를 붙이며 배운 것  /2024/03/open-banking-kakaobank/
heading  카카오 뱅크 앱은 왜 괜찮은가  /2024/10/iphone16-webview/#카카오-뱅크-앱은-왜-괜찮은가
tag      카카오뱅크
`
	for _, typed := range []string{"카카ㅇ", "카카오뱈", "ㅋㅋㅇㅂㅋ", "ㅋㅋㅇ ㅂㅋ", "카ㅋㅇ"} {
		if diff := cmp.Diff(want, fine(t, "suggest", "--site", site, typed)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", typed, diff)
		}
	}
	if got := decoded[search.Suggestions](t, "suggest", "--site", site, "--json", "--limit", "2", "카카ㅇ"); len(got.Suggestions) != 2 || got.Query != "카카ㅇ" {
		t.Errorf("as JSON: %+v", got)
	}
}

// TestSearchExplains: in Korean where the query is, else in English; and what was searched for instead is said.
func TestSearchExplains(t *testing.T) {
	site := indexedSite(t)
	for _, test := range []struct{ query, want string }{
		{"airflow logical_date", `"logical_date" is in the text`},
		{"에어플로우 logical_date", `"에어플로우": 제목, 태그에 "airflow"(으)로 있음`},
	} {
		t.Run(test.query, func(t *testing.T) {
			if out := fine(t, "search", "--site", site, "--explain", test.query); !strings.Contains(out, test.want) {
				t.Errorf("printed\n%s\nwant in it\n%s", out, test.want)
			}
		})
	}
	got := chaja(t, "search", "--site", site, "zkzkdhqodzm")
	if out := got.err + got.out; !strings.Contains(out, "카카오뱅크") {
		t.Errorf("printed\n%s", out)
	}
}
