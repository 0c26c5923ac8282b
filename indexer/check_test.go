package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"chaja/indexer/site"

	"github.com/google/go-cmp/cmp"
)

// checked returns what Check finds in a site of these files, a line each.
func checked(t *testing.T, files ...string) string {
	t.Helper()
	r, err := Check(t.Context(), Options{Site: newSite(t, files...)})
	if err != nil {
		t.Fatalf("Check: %v", err)
	}
	var b strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "%s: %s\n", p.Kind, p)
	}
	return b.String()
}

func TestCheck(t *testing.T) {
	const nowhere, nofile = "no post is there; the link is left as it is\n", "no file is there; the link is left as it is\n"
	for _, tt := range []struct {
		name  string
		files []string
		want  string
	}{
		{"nothing", []string{"a.md", "글"}, ""},
		{"each step of reading", []string{
			"a.md", "가\n\xff", "b.md", "---\ntitle: 가: 나\ndate: 2020-02-30\n---\n글", "c.md", "---\ntitle: 다\n---\n" + strings.Repeat(">", 200) + "글", "d.md/e.md", "글",
		}, "files: d.md: a folder, not a post\n" +
			"encoding: a.md:2: bytes that are not UTF-8 were replaced; save the file as UTF-8\n" +
			"front matter: b.md:2: front matter is broken, read line by line: mapping values are not allowed in this context\n" +
			"front matter: b.md:3: date \"2020-02-30\" is not a date, that of the file name is used if it has one; write it like 2019-08-29 19:59 +0900\n" +
			"markup: c.md:4: lists or quotes too deep; read as plain text\n"},
		{"equal URLs", []string{"a.md", "글", "a/index.md", "글", "A.md", "글"},
			"urls: a.md: differs only by case from the URL of A.md: /a/; both are indexed\n" +
				"urls: a/index.md: differs only by case from the URL of A.md: /a/; both are indexed\n"},
		{"one URL", []string{"posts/2020-01-02-a.md", "글", "posts/2020-01-03-a.md", "글"},
			"urls: posts/2020-01-03-a.md: has the same URL as posts/2020-01-02-a.md: /2020/01/a/; both are indexed, the site shows one of them\n"},
		{"spellings of tags", []string{
			"a.md", "---\ntags: [Spring Boot, go]\ncategories: [DB]\n---\n", "b.md", "---\ntags: [spring-boot]\ncategory: db\n---\n", "c.md", "---\ntags:\n- spring-boot\n- c\n- c++\n---\n",
		}, "tags: a.md:2: tag \"Spring Boot\" (1 post) is spelled \"spring-boot\" in 2 posts; both are found as one\n" +
			"tags: b.md:3: category \"db\" (1 post) is spelled \"DB\" in 1 post; both are found as one\n"},
		{"links to posts", []string{
			"posts/2020-01-02-한글.md", "[가](/2020/01/%ED%95%9C%EA%B8%80/) [나](/2020/01/한글) [다](/2020/01/none/) [라](/about/) [마](https://x.y/2020/01/none/)",
			"posts/2020-01-03-b.md", "글\n[가](../한글/)\n[나](./2020-01-02-한글.md)\n[다](../none/)\n[다](../none/) [라](mailto:a@b.c) [마](//x.y/z) [바](?q=1)",
		}, "links: posts/2020-01-02-한글.md:1: link to /2020/01/none/: " + nowhere +
			"links: posts/2020-01-03-b.md:4: link to ../none/: " + nowhere},
		{"links to former addresses", []string{
			"a.md", "---\nredirect_from:\n- /old/\naliases: /older\n---\n글", "b.md", "[가](/old/) [나](/older/) [다](/oldest/)",
		}, "links: b.md:1: link to /oldest/: " + nowhere},
		{"links to places", []string{
			"a.md", "# 하나\n<a name=\"here\"></a>\n\n[가](#하나) [나](#%ED%95%98%EB%82%98) [다](#here) [라](#none) [마](#) [바](#fn:1) [사](#top)",
			"b.md", "[가](/a/#하나) [나](/a#none)",
		}, "links: a.md:4: link to #none: no heading of a.md has this id; the link is left as it is\n" +
			"links: b.md:1: link to /a#none: no heading of a.md has this id; the link is left as it is\n"},
		{"links to files", []string{
			"content/a.md", "![가](/img/a.png) ![나](/img/b.png) ![다](/other/c.png) ![라](d.png) ![마](/img/%ED%95%9C.png)", "content/e.txt", "",
			"static/img/a.png", "", "static/img/한.png", "", "content/d.png", "", ".hidden/x.png", "",
		}, "links: content/a.md:1: link to /img/b.png: " + nofile},
		{"links of Docsify that are told apart by their titles", []string{
			"index.html", "<script>window.$docsify = {}</script>", "README.md", "# 하나\n\n[가](none ':ignore') [나](none.html ':target=_blank :ignore') [다](b ':disabled') [라](#둘) [마](a.md#셋 ':target=_self') [바](gone ':target=_blank') [사](/a) [아](a?id=x)",
			"a.md", "# 가\n\n[가](/) [나](README.md)",
		}, "links: README.md:3: link to gone: " + nowhere},
		{"ids that a site makes in its own way", []string{
			".vitepress/config.js", "export default { markdown: { anchor: { slugify: (s) => f(s) } } }", "a.md", "# 하나\n\n[가](#x) [나](./b.md#y) [다](./none)", "b.md", "# 둘",
		}, "links: a.md:3: link to ./none: " + nowhere},
		{"posts that Hexo cannot read", []string{
			"_config.yml", "new_post_name: :title.md\n", "source/_posts/a.md", "---\ntitle: 가: 나\ndate: 2020-01-01\n---\n글",
			"source/_posts/draft.md", "---\ntitle: 다\ndate: soon\npublished: false\n---\n글",
		}, "files: source/_posts/a.md: Hexo cannot read its front matter; not indexed, as the site does not show it\n" +
			"front matter: source/_posts/a.md:2: front matter is broken, read line by line: mapping values are not allowed in this context\n"},
		{"posts that Jekyll cannot read", []string{"_config.yml", "title: x\n", "_posts/2020-01-01-a.md", "---\ntitle: \xb0\xa1\n---\n\xb0\xa1"},
			"files: _posts/2020-01-01-a.md: Jekyll skips what is not UTF-8; not indexed, as the site does not show it\n" +
				"encoding: _posts/2020-01-01-a.md:2: not UTF-8, read as CP949 (EUC-KR); save the file as UTF-8\n"},
		{"permalinks", []string{"a.md", "---\npermalink: javascript:alert(1)\n---\n글"},
			"urls: a.md: permalink javascript:alert(1) does not lead to a page of this site; not used\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, checked(t, tt.files...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckErrors(t *testing.T) {
	if _, err := Check(t.Context(), Options{Site: t.TempDir()}); !errors.Is(err, site.ErrNoPosts) {
		t.Errorf("an empty folder: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Check(ctx, Options{Site: newSite(t, "a.md", "글")}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// TestCheckKeepsNoText: what a check has of a site when all posts are read is small beside the posts.
func TestCheckKeepsNoText(t *testing.T) {
	const posts, size = 24, 1 << 20
	dir := t.TempDir()
	for i := range posts {
		write(t, dir, fmt.Sprintf("%02d.md", i), fmt.Sprintf("---\ntitle: 글\ntags: [태그%d]\n---\n## 절\n\n[가](/a/) <a href=/b>나</a>\n\n", i)+
			strings.Repeat(strings.Repeat("글 ", 1000)+"\n\n", size/4/1000))
	}
	heap := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before, kept := heap(), int64(0)
	_, err := Check(t.Context(), Options{Site: dir, Jobs: 2, Progress: func(done, total int) {
		if done == total {
			kept = heap() - before
		}
	}})
	if err != nil || kept > posts*size/8 {
		t.Errorf("%v; %d KB kept of %d MB", err, kept>>10, posts*size>>20)
	}
}

// TestCheckReadsOnce: a check opens each post once.
func TestCheckReadsOnce(t *testing.T) {
	files := &countingFS{files: fstest.MapFS{"a.md": {Data: []byte("글 \u200b")}, "b/c.md": {Data: []byte("글")}}, opens: map[string]int{}}
	blog, err := site.New("blog", files, site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := list(blog, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.check(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for name := range files.files {
		if files.opens[name] != 1 {
			t.Errorf("%s is opened %d times", name, files.opens[name])
		}
	}
}

// countingFS counts how often each file is opened.
type countingFS struct {
	files fstest.MapFS
	mu    sync.Mutex
	opens map[string]int
}

func (c *countingFS) Stat(name string) (fs.FileInfo, error)      { return c.files.Stat(name) }
func (c *countingFS) ReadDir(name string) ([]fs.DirEntry, error) { return c.files.ReadDir(name) }

func (c *countingFS) Open(name string) (fs.File, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.opens[name]++
	return c.files.Open(name)
}
