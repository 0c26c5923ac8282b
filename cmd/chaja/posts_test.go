package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPosts(t *testing.T) {
	site := newSite(t, map[string]string{
		"2021-03-04-b.md": "---\ntitle: 나중 글\ntags: [Go, 검색]\ncategories: 개발\n---\n여는 글\n\n## 첫 절\n\n내용\n\n### Sub\n\nmore\n",
		"2019-01-02-a.md": "---\ntitle: \"먼저 \\e[31m글\"\n---\n내용\n",
		"c.md":            "---\ntitle: 날짜 없는 글\n---\n내용\n",
	})
	fine(t, "index", "--site", site)
	golden(t, "posts", site, fine(t, "posts", "--site", site))
	golden(t, "posts-json", site, fine(t, "posts", "--site", site, "--json"))
	chaja(t, "posts", "--site", t.TempDir()).failed(t, exitFailed, "make one with: chaja index")
	chaja(t, "posts", "--site", site, "x").failed(t, exitUsage, `does not take "x"`)
}

// TestManyPosts: more posts than are read at once are all there, each once, in order.
func TestManyPosts(t *testing.T) {
	files := map[string]string{}
	n := 2*postsAtOnce + 3
	for i := range n {
		files[fmt.Sprintf("p%d.md", i)] = fmt.Sprintf("---\ntitle: P%d\ndate: 2020-01-01 00:%02d:%02d\n---\nx\n", i, i/60, i%60)
	}
	site := newSite(t, files)
	fine(t, "index", "--site", site)
	got, want := []string{}, []string{}
	for line := range strings.Lines(fine(t, "posts", "--site", site, "--json")) {
		var p post
		must(t, json.Unmarshal([]byte(line), &p))
		got = append(got, p.ID)
	}
	for i := range n {
		want = append(want, fmt.Sprintf("p%d.md", n-1-i))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
