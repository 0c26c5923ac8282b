package site

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestInclude says what stands in a page for the files that it names.
func TestInclude(t *testing.T) {
	mdbook := fstest.MapFS{"book.toml": {}, "src/SUMMARY.md": {}}
	vitepress := fstest.MapFS{"docs/.vitepress/config.js": {}}
	mkdocs := fstest.MapFS{"mkdocs.yml": {Data: []byte("markdown_extensions:\n  - pymdownx.snippets:\n      base_path: [parts, .]\n")}}
	plainMkDocs := fstest.MapFS{"mkdocs.yml": {Data: []byte("site_name: x\n")}}
	appending := fstest.MapFS{"mkdocs.yml": {Data: []byte("markdown_extensions:\n  - pymdownx.snippets:\n      auto_append: [b.md]\n")}}
	including := fstest.MapFS{"mkdocs.yml": {Data: []byte("plugins:\n  - include-markdown\nmarkdown_extensions:\n  - markdown_include.include:\n      base_path: parts\n")}}
	macros := fstest.MapFS{"mkdocs.yml": {Data: []byte("plugins: [macros]\n")}}
	astro := fstest.MapFS{"astro.config.mjs": {}}
	vuepress := fstest.MapFS{"docs/.vuepress/config.js": {}}
	docsify := fstest.MapFS{"index.html": {Data: []byte("window.$docsify = {}")}}
	honkit := fstest.MapFS{"book.json": {}}
	obsidian, quartz := fstest.MapFS{".obsidian/app.json": {Data: []byte("{}")}}, fstest.MapFS{"quartz.config.ts": {Data: []byte("Plugin.ExplicitPublish()")}}
	note := "---\ntags: [x]\n---\n# 제목\n앞 #꼬리표\n\n## 하나: 첫째\n하나의 글\n\n### 더\n더한 글\n\n## 둘\n둘의 글 ^b1\n"
	docusaurus := fstest.MapFS{"docusaurus.config.js": {}}
	lines := "하나\n둘\n셋\n넷\n"
	anchored := "앞\n// ANCHOR: a\n안\n// ANCHOR: b\n속\n// ANCHOR_END: b\n// ANCHOR_END: a\n뒤\n"
	for _, tt := range []struct {
		name             string
		site             fstest.MapFS
		page, text, file string
		content, want    string
	}{
		{"mdBook", mdbook, "src/a.md", "가 {{#include b.txt}} 나", "src/b.txt", lines, "가 하나\n둘\n셋\n넷 나"},
		{"mdBook, one line", mdbook, "src/a.md", "{{#include ../b.txt:2}}", "b.txt", lines, "둘"},
		{"mdBook, lines", mdbook, "src/a.md", "{{#rustdoc_include b.txt:2:3}}", "src/b.txt", lines, "둘\n셋"},
		{"mdBook, from a line", mdbook, "src/a.md", "{{#include b.txt:3:}}", "src/b.txt", lines, "셋\n넷"},
		{"mdBook, to a line", mdbook, "src/a.md", "{{#include b.txt::2}}", "src/b.txt", lines, "하나\n둘"},
		{"mdBook, anchor", mdbook, "src/a.md", "{{#include b.txt:a}}", "src/b.txt", anchored, "안\n속"},
		{"mdBook, playground", mdbook, "src/a.md", "{{#playground b.txt editable}}", "src/b.txt", lines, "```rust\n하나\n둘\n셋\n넷\n```"},
		{"mdBook, title", mdbook, "src/a.md", "{{#title 다른}}글", "", "", "글"},
		{"mdBook, escaped", mdbook, "src/a.md", `\{{#include b.txt}}`, "src/b.txt", lines, "{{#include b.txt}}"},
		{"mdBook, not there", mdbook, "src/a.md", "가 {{#include b.txt}} 나", "", "", "가  나"},
		{"mdBook, outside", mdbook, "src/a.md", "가 {{#include ../../etc/passwd}} 나", "", "", "가  나"},
		{"mdBook, circle", mdbook, "src/a.md", "{{#include a.txt}}", "src/a.txt", "x{{#include a.txt}}", strings.Repeat("x", maxIncludeDepth)},
		{"VitePress", vitepress, "docs/a.md", "<!-- @include: ./b.md -->\n끝", "docs/b.md", "---\ntitle: x\n---\n글\n", "글\n끝"},
		{"VitePress, lines", vitepress, "docs/a.md", "<!--@include: @/b.md{2,3}-->", "docs/b.md", lines, "둘\n셋"},
		{"VitePress, region", vitepress, "docs/a.md", "<!--@include: b.md#r-->", "docs/b.md", "앞\n<!-- #region r -->\n안\n<!-- #endregion r -->\n", "안"},
		{"VitePress, not there", vitepress, "docs/a.md", "<!--@include: ./c.md-->글", "", "", "글"},
		{"VitePress, code", vitepress, "docs/a.md", "<<< @/b.js#r{1} [제목]", "docs/b.js", "x\n// #region r\n  y\n// #endregion r\n", "```js\ny\n```"},
		{"VitePress, in code", vitepress, "docs/a.md", "```\n<<< ./b.js\n```", "docs/b.js", lines, "```\n<<< ./b.js\n```"},
		{"VuePress", vuepress, "docs/a.md", "@[code{2-3} js](./b.js)", "docs/b.js", lines, "```js\n둘\n셋\n```"},
		{"VuePress, page", vuepress, "docs/a.md", "<!-- @include: ./b.md{2-3} -->", "docs/b.md", lines, "둘\n셋"},
		{"VuePress 1, page", vuepress, "docs/a.md", "@include(./b.md{-2})", "docs/b.md", lines, "하나\n둘"},
		{"VuePress, snippet", vuepress, "docs/a.md", "<<< @/b.js", "docs/b.js", "x\n", "```js\nx\n```"},
		{"VitePress, component", vitepress, "docs/a.md", "<script setup>\nimport P from './b.md'\n</script>\n\n<P />", "docs/b.md", "글\n", "<script setup>\nimport P from './b.md'\n</script>\n\n\n\n글\n\n"},
		{"Astro", astro, "src/pages/a.mdx", "import { Content as P } from '../b.md'\n\n<P />", "src/b.md", "글\n", "import { Content as P } from '../b.md'\n\n\n\n글\n\n"},
		{"Astro, content", astro, "src/pages/a.mdx", "import { Content } from '../b.md'\n\n<Content />", "src/b.md", "글\n", "import { Content } from '../b.md'\n\n\n\n글\n\n"},
		{"MkDocs, behind every page", appending, "docs/a.md", "글", "b.md", "끝글\n", "글\n\n끝글"},
		{"MkDocs, plugin", including, "docs/a.md", `{% include-markdown "../b.md" start="<!--s-->" end="<!--e-->" %}`, "b.md", "앞\n<!--s-->\n안\n<!--e-->\n뒤\n", "안"},
		{"MkDocs, plugin, below docs", including, "docs/x/a.md", `{% include 'b.txt' %}`, "docs/b.txt", lines, "하나\n둘\n셋\n넷"},
		{"MkDocs, braces", including, "docs/a.md", `{!b.md!lines=1 3-4}`, "parts/b.md", lines, "하나\n셋\n넷"},
		{"MkDocs, macros", macros, "docs/a.md", `{% include 'b.md' %}`, "docs/b.md", lines, "하나\n둘\n셋\n넷"},
		{"MkDocs without plugins", plainMkDocs, "docs/a.md", `{% include 'b.md' %} {!b.md!}`, "docs/b.md", lines, `{% include 'b.md' %} {!b.md!}`},
		{"MkDocs", mkdocs, "docs/a.md", `--8<-- "b.md"`, "parts/b.md", lines, "하나\n둘\n셋\n넷"},
		{"MkDocs, indented", mkdocs, "docs/a.md", "    --8<-- 'b.md:2:3'", "parts/b.md", lines, "    둘\n    셋"},
		{"MkDocs, from the end", mkdocs, "docs/a.md", `--8<-- "b.md:-2"`, "b.md", lines, "셋\n넷"},
		{"MkDocs, section", mkdocs, "docs/a.md", `--8<-- "b.md:s"`, "b.md", "앞\n# --8<-- [start:s]\n안\n# --8<-- [end:s]\n", "안"},
		{"MkDocs, block", mkdocs, "docs/a.md", "--8<--\nb.md\n--8<--\n끝", "b.md", lines, "\n하나\n둘\n셋\n넷\n\n끝"},
		{"MkDocs, escaped", mkdocs, "docs/a.md", `;--8<-- "b.md"`, "b.md", lines, `--8<-- "b.md"`},
		{"MkDocs without snippets", plainMkDocs, "docs/a.md", `--8<-- "b.md"`, "b.md", lines, `--8<-- "b.md"`},
		{"Docsify", docsify, "a.md", "[글](b.md ':include')", "b.md", lines, "\n\n하나\n둘\n셋\n넷\n\n"},
		{"Docsify, code", docsify, "a.md", "[글](b.js ':include :type=code :fragment=f')", "b.js", "x\n/// [f]\ny\n/// [f]\n", "```js\ny\n```"},
		{"Docsify, film", docsify, "a.md", "[글](b.mp4 ':include') 끝", "b.mp4", "x", " 끝"},
		{"HonKit", honkit, "a.md", `{% include "./b.md" %}`, "b.md", "글\n", "글\n"},
		{"HonKit, elsewhere", honkit, "a.md", `{% include "git+https://x.y/a.git/b.md" %}글`, "", "", "글"},
		{"MDX", docusaurus, "docs/a.mdx", "import P from './_b.mdx'\n\n<P x={1} />", "docs/_b.mdx", "글\n", "import P from './_b.mdx'\n\n\n\n글\n\n"},
		{"Obsidian", obsidian, "a.md", "가 ![[노트]] 나", "x/노트.md", note, "가 \n\n제목\n앞 \\#꼬리표\n\n하나: 첫째\n하나의 글\n\n더\n더한 글\n\n둘\n둘의 글 ^b1\n\n 나"},
		{"Obsidian, heading", obsidian, "a.md", "![[x/노트.md#하나 첫째|이름]]", "x/노트.md", note, "\n\n하나: 첫째\n하나의 글\n\n더\n더한 글\n\n"},
		{"Obsidian, heading below", obsidian, "a.md", "![[노트#하나 첫째#더]]", "x/노트.md", note, "\n\n더\n더한 글\n\n"},
		{"Obsidian, block", obsidian, "a.md", "![[노트#^b1]]", "x/노트.md", note, "\n\n둘의 글\n\n"},
		{"Obsidian, no note", obsidian, "a.md", "![[그림.png]] ![[없음]] [[노트]]", "x/노트.md", note, "![[그림.png]] ![[없음]] [[노트]]"},
		{"Obsidian, code and comments", obsidian, "a.md", "`![[노트]]` %%![[노트]]%%\n\n```\n![[노트]]\n```\n", "노트.md", note, "`![[노트]]` %%![[노트]]%%\n\n```\n![[노트]]\n```\n"},
		{"Obsidian, round", obsidian, "a.md", "가 ![[노트]]", "노트.md", "나 ![[노트]] 다", "가 \n\n나  다\n\n"},
		{"Obsidian, kept back", obsidian, "a.md", "가![[노트]]나", "노트.md", "---\nprivate: true\n---\n숨은 글", "가나"},
		{"Quartz, published", quartz, "content/a.md", "![[노트]]", "content/b/노트.md", "---\npublish: true\n---\n글", "\n\n글\n\n"},
		{"Quartz, not published", quartz, "content/a.md", "가![[노트]]나", "content/b/노트.md", "글", "가나"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := fstest.MapFS{tt.file: {Data: []byte(tt.content)}}
			for name, f := range tt.site {
				files[name] = f
			}
			delete(files, "")
			s, err := New("x", files, Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := s.Include(Post{tt.page, tt.page}, []byte(tt.text))
			if diff := cmp.Diff(tt.want, string(got.Source)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if wrong := strings.HasSuffix(tt.name, "not there") || strings.HasSuffix(tt.name, "outside") || strings.HasSuffix(tt.name, "circle"); wrong != (len(got.Missing) > 0) {
				t.Errorf("missing = %v", got.Missing)
			}
		})
	}
}

// TestIncludeIsBounded puts much into one page: files in each other that double, a large one, many.
func TestIncludeIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	files := fstest.MapFS{"book.toml": {}, "src/large.txt": {Data: make([]byte, maxIncluded+1)}, "src/many.txt": {Data: []byte("x")}, "src/long.txt": {Data: []byte(strings.Repeat("x\n", maxIncluded/2))}}
	for i := range 30 {
		next := fmt.Sprintf("{{#include d%d.txt}}", i+1)
		files[fmt.Sprintf("src/d%d.txt", i)] = &fstest.MapFile{Data: []byte(next + next + next)}
	}
	s, err := New("x", files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"doubling": "{{#include d0.txt}}",
		"large":    "{{#include large.txt}}",
		"long":     strings.Repeat("{{#include long.txt:1}}", maxIncludedRead/maxIncluded+1),
		"many":     strings.Repeat("{{#include many.txt}}", maxIncludes+1),
	} {
		got := s.Include(Post{"src/a.md", "src/a.md"}, []byte(text))
		if len(got.Source) > maxIncludes || len(got.Missing) == 0 || len(got.Missing) > maxMissing+1 {
			t.Errorf("%s: %d bytes, %d missing", name, len(got.Source), len(got.Missing))
		}
	}
}

// TestIncludedLines follows the lines of a page through what was put into it.
func TestIncludedLines(t *testing.T) {
	s, err := New("x", fstest.MapFS{"book.toml": {}, "src/b.txt": {Data: []byte("1\n2\n3\n")}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := s.Include(Post{"src/a.md", "src/a.md"}, []byte("first\n{{#include b.txt}}\nthird\n{{#include b.txt:1}}\nfifth {{#include b.txt}}\nsixth\n"))
	var lines []int
	for i := range strings.Split(strings.TrimSuffix(string(got.Source), "\n"), "\n") {
		lines = append(lines, got.Line(i+1))
	}
	if diff := cmp.Diff([]int{1, 2, 2, 2, 3, 4, 5, 5, 5, 6}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s\n%s", diff, got.Source)
	}
	if diff := cmp.Diff([]string{"src/b.txt"}, got.Files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}
