package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
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

// counted counts how often documents are read.
type counted struct {
	posts []search.Document
	reads int
}

func (c *counted) Documents(_ context.Context, yield func(*search.Document) error) error {
	for i := range c.posts {
		c.reads++
		if err := yield(&c.posts[i]); err != nil {
			return err
		}
	}
	return nil
}

// TestManyPosts: all posts are there, each once, in order, and each costs the same however many there are.
func TestManyPosts(t *testing.T) {
	for _, n := range []int{3, 2003} {
		var index counted
		want, got := []string{}, []string{}
		for i := range n {
			date := time.Unix(int64(n-i/2), 0) // two of each date
			if i == n-1 {
				date = time.Time{}
			}
			index.posts = append(index.posts, search.Document{ID: fmt.Sprintf("p%04d.md", i), Title: "P", Date: date})
			want = append(want, index.posts[i].ID)
		}
		must(t, eachPost(t.Context(), &index, func(doc *search.Document) error { got = append(got, doc.ID); return nil }))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if index.reads != n {
			t.Errorf("%d documents are read for %d posts", index.reads, n)
		}
	}
}
