package indexer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// testSite is a site that is built. Its numbers of known deviations are zero but where told.
type testSite struct {
	name, generator, base string
	builder               string // what builds it, mostly the generator
	told                  string // generator given, if it cannot be seen
	known                 map[string]int
	lay                   func(t *testing.T, dir string) // copies it into a folder
}

func realSites(t *testing.T) []testSite {
	t.Helper()
	root := os.Getenv("CHAJA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	root = filepath.Join(root, "posts")
	if _, err := os.Stat(root); err != nil {
		t.Logf("real posts are not here: set CHAJA_SHARED to the folder that holds posts")
		return nil
	}
	sites := []testSite{
		{name: "owner-jekyll", generator: "jekyll"},
		{name: "owner-hexo", generator: "hexo", known: map[string]int{"date": 358}}, // dates with a zone, as in hexo-default
		{name: "Yun-Blog", generator: "hexo"},
		// One heading stands in what becomes code, as {%- -%} takes the line before its fence away.
		{name: "jekyllrb-ko", generator: "jekyll", known: map[string]int{"anchor": 1}},
		{name: "ridicorp", generator: "jekyll"},
		{name: "lezhin", generator: "jekyll"},
		{name: "saramin", generator: "jekyll"},
		{name: "madplay", generator: "jekyll"},
		{name: "johngrib", generator: "jekyll"},
		{name: "golangkorea-hugo", generator: "hugo"},
		{name: "kubernetes", generator: "hugo"},
	}
	for i := range sites {
		sites[i].builder = sites[i].generator
		from := os.DirFS(filepath.Join(root, sites[i].name))
		sites[i].lay = func(t *testing.T, dir string) {
			if err := os.CopyFS(dir, from); err != nil {
				t.Fatal(err)
			}
		}
	}
	return sites
}

// ownSites are those of testdata/sites: each a text file of files, a line with their path before each.
func ownSites(t *testing.T) []testSite {
	t.Helper()
	files, err := filepath.Glob("testdata/sites/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sites: %v", err)
	}
	headings, err := os.ReadFile("testdata/headings.md")
	if err != nil {
		t.Fatal(err)
	}
	mdx, err := os.ReadFile("testdata/headings.mdx")
	if err != nil {
		t.Fatal(err)
	}
	var sites []testSite
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(f), ".txt")
		generator, _, _ := strings.Cut(name, "-")
		s := testSite{name: name, generator: generator, builder: generator}
		if _, special := builders()[name]; special {
			s.builder = name
		}
		if name == "hexo-default" { // dates with a zone, to which Hexo adds that of the site
			s.known = map[string]int{"date": 2}
		}
		shared := string(headings)
		if generator == "hexo" { // which takes it for the beginning of a comment, and gives up
			shared = strings.Replace(shared, " {#my-id}", "", 1)
		}
		if generator == "vitepress" || generator == "vuepress" || generator == "astro" { // which look for the pictures
			shared = strings.Replace(shared, "(a.png)", "(https://x.y/a.png)", 1)
		}
		if generator == "vitepress" || generator == "vuepress" { // to which a tag without an end is a mistake
			shared = strings.Replace(shared, "## Map<K> 쓰기 <br> 줄\n", "", 1)
		}
		files := parts(strings.ReplaceAll(string(content), "@mdx\n", string(mdx)), shared)
		if first, ok := strings.CutPrefix(files[0].content, "base: "); ok {
			s.base = strings.TrimSpace(first)
		}
		s.lay = func(t *testing.T, dir string) {
			for _, f := range files[1:] {
				write(t, dir, f.name, f.content)
			}
		}
		sites = append(sites, s)
	}
	return sites
}

type part struct{ name, content string }

// parts cuts a text file into the files in it. The first part is what stands before them. "NFD:" before a name asks
// for it in decomposed form, which no editor keeps. "@headings" in
// a file stands for the headings that every site has, "@mdx" for those in MDX.
func parts(text, headings string) []part {
	heads := partLine.FindAllStringSubmatchIndex(text, -1)
	list := []part{{content: text[:heads[0][0]]}}
	for i, h := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		name := text[h[2]:h[3]]
		if plain, ok := strings.CutPrefix(name, "NFD:"); ok {
			name = norm.NFD.String(plain)
		}
		list = append(list, part{name, strings.Replace(text[h[1]:end], "@headings\n", headings, 1)})
	}
	return list
}
