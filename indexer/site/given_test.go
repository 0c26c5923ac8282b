package site

import (
	"slices"
	"testing"
	"testing/fstest"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"

	"github.com/google/go-cmp/cmp"
)

// TestStatedDate: the day of a post is found by whatever name its theme has for it; that of the last change comes last.
func TestStatedDate(t *testing.T) {
	r, err := rulesOf(fstest.MapFS{}, Options{Generator: "astro"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ fields, want string }{
		{"pubDatetime: 2024-03-05T09:00:00Z\nmodDatetime: 2024-04-05", "2024-03-05"},
		{"updated: 2024-04-05\npublished: 2024-03-05", "2024-03-05"},
		{"published: true\nupdatedAt: 2024-03-05", "2024-03-05"},
		{"publish-date: 2024-03-05", "2024-03-05"},
		{"last_modified_at: 2024-03-05", "2024-03-05"},
		{"posted: 2024-03-05", "2024-03-05"},
		{"dateCreated: 2024-03-05", "2024-03-05"},
		{"published: true", "0001-01-01"},
		{"lastUpdated: 2024-03-05", "2024-03-05"},
		{"lastUpdated: 2024-04-05\ncreated: 2024-03-05", "2024-03-05"},
		{"lastUpdated: true", "0001-01-01"},
		{"lastUpdated: false", "0001-01-01"},
		{"last_update:\n  date: 2024-03-05\n  author: 나", "2024-03-05"},
	} {
		content := "---\n" + tt.fields + "\n---\n글"
		m, _, _ := frontmatter.Read(content)
		name := "src/content/posts/a.md"
		if got := r.Page(Post{name, name}, []byte(content), m).Date.Format("2006-01-02"); got != tt.want {
			t.Errorf("%q: %s; want %s", tt.fields, got, tt.want)
		}
	}
}

// TestTagsOfDocusaurus: a tag may be a table, with an address of its own.
func TestTagsOfDocusaurus(t *testing.T) {
	r, err := rulesOf(fstest.MapFS{"docusaurus.config.js": &fstest.MapFile{}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	content := "---\ntags: [하나, {label: 둘, permalink: /two}]\n---\n글"
	m, _, _ := frontmatter.Read(content)
	name := "blog/2024-01-02-a.md"
	if got := r.Page(Post{name, name}, []byte(content), m).Tags; len(got) != 2 || got[0] != "하나" || got[1] != "둘" {
		t.Errorf("tags %q", got)
	}
}

// TestRoutesOfAstro: a collection may lie in a folder that a constant names, and is served where its entries are shown, not
// where they are listed.
func TestRoutesOfAstro(t *testing.T) {
	lists, shows := `const all = await getCollection("posts")`, `const { Content } = await render(post); await getCollection("posts")`
	for _, route := range []struct{ file, text string }{
		{"src/pages/blog/[...slug].astro", lists},
		{"src/pages/blog/[id]/index.astro", lists},
		{"src/pages/blog/[title].astro", shows},
	} {
		files := map[string]string{
			"astro.config.ts":                                "export default {}",
			"src/content.config.ts":                          "const AT = 'src/data'\nconst posts = defineCollection({ loader: glob({ pattern: '**/*.md', base: `./${AT}/posts` }) })",
			"src/pages/categories/[category].astro":          lists,
			"src/pages/categories/all/[...page].astro":       lists,
			"src/pages/categories/[category]/[slug]/x.astro": lists,
			route.file: route.text,
		}
		site := fstest.MapFS{}
		for name, text := range files {
			site[name] = &fstest.MapFile{Data: []byte(text)}
		}
		r, err := rulesOf(site, Options{})
		if err != nil {
			t.Fatal(err)
		}
		name := "src/data/posts/달 하나.md"
		if got, want := r.Page(Post{name, name}, nil, frontmatter.Matter{}).URL, "/blog/%EB%8B%AC-%ED%95%98%EB%82%98/"; !r.takes(name) || got != want {
			t.Errorf("%s: %s; want %s", route.file, got, want)
		}
	}
}

// TestNotesOfAstro: what routes compute in a way that is not followed is told, once a collection, unless the owner states it.
func TestNotesOfAstro(t *testing.T) {
	site := fstest.MapFS{}
	for name, text := range map[string]string{
		"astro.config.mjs": "export default {}",
		"src/content.config.ts": "const c = (base) => x; export const collections = { a: defineCollection({ loader: glob({ base: 'a', pattern: '*.md' }) })," +
			" b: defineCollection({ loader: glob({ base: 'b', pattern: '*.md' }) }), c: defineCollection({ loader: glob({ base: 'c', pattern: '*.md' }) })," +
			" d: defineCollection({ loader: glob({ base: 'd', pattern: '*.md' }) }), e: defineCollection({ loader: file('e.json') }) }",
		"a/x.md": "글", "b/x.md": "글", "c/x.md": "글", "d/x.md": "글",
		"src/pages/a/[slug].astro":         "getCollection('a'), { params: { slug: post.id } }",
		"src/pages/b/[slug].astro":         "getCollection('b'), { params: { slug: cut(post.id) } }",
		"src/pages/[year]/c/[slug].astro":  "getCollection('c'), { params: { year: post.data.date.getFullYear(), slug: post.id } }",
		"src/pages/tags/[tag]/index.astro": "getCollection('a')",
	} {
		site[name] = &fstest.MapFile{Data: []byte(text)}
	}
	told := func(o Options) (files []string) {
		r, err := rulesOf(site, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range r.Notes() {
			files = append(files, n.Path)
		}
		slices.Sort(files)
		return files
	}
	if diff := cmp.Diff([]string{"d", "src/pages/[year]/c/[slug].astro", "src/pages/b/[slug].astro"}, told(Options{})); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	stated := []FolderURL{{"b", "/b/{slug}/"}, {"c", "/{YYYY}/c/{slug}/"}, {"d", "/d/{slug}/"}}
	if notes := told(Options{URLs: stated}); len(notes) > 0 {
		t.Errorf("notes %q where URLs are stated", notes)
	}
}

// TestOwnSlugsOfVitePress: ids that a function of the site makes are not known, those that headings state are.
func TestOwnSlugsOfVitePress(t *testing.T) {
	config := &fstest.MapFile{Data: []byte("export default { markdown: { anchor: { slugify: (s) => encode(s) } } }")}
	r, err := rulesOf(fstest.MapFS{".vitepress/config.ts": config}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	page := markdown.Read("## 하나\n글\n\n## 둘 {#two}\n글\n", r.Markdown)
	if got := page.Sections; len(got) != 2 || got[0].Anchor != "" || got[1].Anchor != "two" {
		t.Errorf("sections %+v", got)
	}
}
