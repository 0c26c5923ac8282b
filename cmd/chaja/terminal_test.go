package main

import (
	"path/filepath"
	"strings"
	"testing"

	"chaja/search"
)

// TestPrintHitOnTerminal: colour, a link and lines of the width, as a person sees them.
func TestPrintHitOnTerminal(t *testing.T) {
	var out strings.Builder
	var to links
	must(t, to.published.Set("https://blog.example.com"))
	target := to.targets("")
	printHit(&out, style{color: true, links: true, width: 28, target: target}, 7, search.Hit{
		ID: "a.md", URL: "/a/", TitleHTML: "<mark>검색</mark>을 다시 만든 긴 이야기", Tags: []string{"검색"}, ExcerptHTML: "<mark>검색</mark>은 &lt;어렵다&gt;",
		Sections: []search.HitSection{{
			HeadingHTML: "첫 <mark>검색</mark>", URL: "/a/#%EA%B0%80", ExcerptHTML: "<mark>검색</mark>은 &lt;어렵다&gt;",
		}},
	})
	want := "7. \x1b[1m\x1b[33m검색\x1b[39m을 다시 만든 긴\n   이야기\x1b[0m  \x1b[2m#검색\x1b[0m\n" +
		"   § 첫 \x1b[33m검색\x1b[39m\n" +
		"     \x1b]8;;https://blog.example.com/a/#%EA%B0%80\x1b\\\x1b[2m/a/#가\x1b[0m\x1b]8;;\x1b\\\n" +
		"     \x1b[33m검색\x1b[39m은 <어렵다>\n"
	if out.String() != want {
		t.Errorf("printed\n%q, want\n%q", out.String(), want)
	}
}

// TestPrintResultNarrow: no line is wider than the terminal.
func TestPrintResultNarrow(t *testing.T) {
	const width = 40
	var out strings.Builder
	printResult(&out, style{width: width}, search.Result{Total: 1234, Full: 567, PerPage: 2, Page: 3, Hits: []search.Hit{
		{TitleHTML: "가", URL: "/a/", Missing: []string{"인덱스", "실행계획", "카프카", "아웃박스", "quetzalcoatl"}},
		{TitleHTML: "나", URL: "/b/", Why: []search.Explanation{{Text: "\"아웃박스\": 제목, 소제목, 본문, 코드에 \"아웃박스패턴\"(으)로 있음"}}},
	}})
	for line := range strings.Lines(out.String()) {
		if n := columns(strings.TrimSuffix(line, "\n")); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if !strings.Contains(out.String(), "\n   아웃박스, quetzalcoatl\n") {
		t.Errorf("printed\n%s", out.String())
	}
}

// TestMissingOnce: what all posts lack is said once.
func TestMissingOnce(t *testing.T) {
	for _, test := range []struct {
		second []string
		want   string
	}{
		{[]string{"취소"}, "no post has all the words; 2 posts with some of them, without: 취소\n\n1. 가\n   /a/\n\n2. 나\n   /b/\n"},
		{[]string{"주문"}, "no post has all the words; 2 posts with some of them\n\n1. 가\n   without: 취소\n   /a/\n\n2. 나\n   without: 주문\n   /b/\n"},
	} {
		var out strings.Builder
		printResult(&out, style{}, search.Result{Total: 2, PerPage: 10, Page: 1, Hits: []search.Hit{
			{TitleHTML: "가", URL: "/a/", Missing: []string{"취소"}}, {TitleHTML: "나", URL: "/b/", Missing: test.second},
		}})
		if out.String() != test.want {
			t.Errorf("printed\n%s, want\n%s", &out, test.want)
		}
	}
}

// TestHostileText: nothing from a post or a server steers the terminal.
func TestHostileText(t *testing.T) {
	const bad = "a\x1b]0;owned\x07b\r\nc&#27;[2Jd\u202ee\u0085f\u2028g"
	var out strings.Builder
	printResult(&out, style{color: true, links: true, width: 60, target: func(string, string) string { return "https://x/\x1b\\y" }},
		search.Result{Total: 1, Full: 1, PerPage: 10, Page: 1, Hits: []search.Hit{{
			URL: "/%1b", TitleHTML: bad, Tags: []string{bad}, ExcerptHTML: bad, Missing: []string{bad},
			Sections: []search.HitSection{{HeadingHTML: bad, URL: "/\x1b]0;x\x07", ExcerptHTML: bad + " "}},
		}}})
	text := out.String()
	for _, ours := range []string{bold, dim, yellow, plain, reset} {
		text = strings.ReplaceAll(text, ours, "")
	}
	if i := strings.IndexFunc(strings.ReplaceAll(text, "\n", ""), unprintable); i >= 0 {
		t.Errorf("printed %q", text)
	}
	if n := strings.Count(text, "\n"); n > 20 {
		t.Errorf("%d lines: %q", n, text)
	}
}

func TestLinks(t *testing.T) {
	site := newSite(t, map[string]string{"posts/가 b.md": "x"})
	tests := []struct {
		name, siteURL, site, id, path, want string
	}{
		{"published", "https://blog.example.com", site, "x.md", "/2019/%EA%B0%80/#b", "https://blog.example.com/2019/%EA%B0%80/#b"},
		{"published in a folder, which is in the path", "https://example.com/blog/", "", "x.md", "/blog/a/", "https://example.com/blog/a/"},
		{"suggestion without URL", "https://example.com", "", "", "", ""},
		{"file", "", site, "posts/가 b.md", "/b/", "file://" + filepath.ToSlash(site) + "/posts/%EA%B0%80%20b.md"},
		{"no such file", "", site, "posts/b.md", "/b/", ""},
		{"outside of the site", "", filepath.Join(site, "posts"), "../posts/가 b.md", "/b/", ""},
		{"site of a server", "", "", "posts/가 b.md", "/b/", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var to links
			if test.siteURL != "" {
				must(t, to.published.Set(test.siteURL))
			}
			target := to.targets(test.site)
			if got := target(test.id, test.path); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
	for _, bad := range []string{"blog.example.com", "javascript:alert(1)", "https://", "://"} {
		chaja(t, "search", "--site-url", bad, "x").failed(t, exitUsage, "--site-url wants an address such as https://blog.example.com")
	}
}
