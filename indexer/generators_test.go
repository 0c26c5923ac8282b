package indexer

import (
	"cmp"
	"html"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"chaja/indexer/site"
	"chaja/search"
)

// The tests of this file ask the generators themselves. CHAJA_GENERATORS=1 runs them with the generators that are
// there, CHAJA_GENERATORS=all fails where one is absent, slow does so with those that take minutes; without it, TestSites compares with what they once said.

// published is what a generator made of a site: the file below out that it wrote for a source.
type published struct {
	out   string
	files map[string]string
	facts map[string]facts // of sources, where the generator tells; else they are read from the page
}

func TestGenerators(t *testing.T) {
	mode := os.Getenv("CHAJA_GENERATORS")
	if mode == "" {
		t.Skip("run with make test-generators")
	}
	table := &results{rows: map[string]result{}}
	if name := os.Getenv("CHAJA_TABLE"); name != "" {
		t.Cleanup(func() { table.write(t, name) })
	}
	for _, s := range append(ownSites(t), realSites(t)...) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			b := builders()[s.builder]
			if b.slow != (mode == "slow") {
				t.Skip("run with make test-generators GENERATORS=slow")
			}
			if why := b.absent(); why != "" {
				if mode != "1" {
					t.Fatal(why)
				}
				t.Skip(why)
			}
			dir := t.TempDir()
			s.lay(t, dir)
			w := &fakeWriter{}
			report := run1(t, Options{Site: dir, As: site.Options{Generator: s.told}}, w)
			if report.Generator != s.generator {
				t.Errorf("taken for %s", report.Site)
			}
			p := b.build(t, dir)
			c := comparison{t: t, p: p, base: s.base, known: s.known, dir: dir, off: map[string]int{}, right: map[string]int{}, mended: map[string]bool{}}
			for _, problem := range report.Problems {
				c.mended[problem.Path] = c.mended[problem.Path] || problem.Kind == FrontMatterKind
			}
			for _, id := range slices.Sorted(maps.Keys(w.documents)) {
				c.check(w.documents[id])
			}
			c.lost(w.documents, report.Hidden)
			c.close()
			c.counted.builder, c.counted.pages, c.counted.urls, c.counted.anchors = cmp.Or(b.row, s.generator), len(w.documents)-c.off["hidden"], c.urls, c.anchors
			c.counted.pagesOff, c.counted.hiddenOff, c.counted.lost, c.counted.anchorsOff = c.off["url"], c.off["hidden"], c.off["lost"], c.off["anchor"]
			c.counted.facts = map[string][2]int{}
			for _, kind := range []string{"title", "date", "tags"} {
				c.counted.facts[kind] = [2]int{c.right[kind], c.off[kind]}
			}
			table.add(c.counted)
		})
	}
}

// comparison counts what is right and tells what is wrong, up to the number of each kind that is known of.
type comparison struct {
	t             *testing.T
	p             published
	base, dir     string
	right         map[string]int // by kind, what is right
	known         map[string]int
	off           map[string]int
	urls, anchors int // that are right
	counted       result
	unseen        int             // ids of headings that the index does not have
	mended        map[string]bool // posts whose front matter is told as broken: the generator shows it as text
}

func (c *comparison) wrong(kind, format string, args ...any) {
	c.off[kind]++
	c.t.Logf(kind+": "+format, args...)
}

func (c *comparison) check(d search.Document) {
	want, isPublished := c.p.files[d.ID]
	if !isPublished {
		c.wrong("hidden", "%s is indexed", d.ID)
		return
	}
	file := c.file(d.URL)
	if file != want {
		c.wrong("url", "%s: %s leads to %q, want %q", d.ID, d.URL, file, want)
		return
	}
	c.urls++
	content, err := os.ReadFile(filepath.Join(c.p.out, want))
	if err != nil {
		c.wrong("url", "%s: %v", d.ID, err)
		return
	}
	words, missing, extra, examples := compareText(string(content), d)
	if c.mended[d.ID] || isList(string(content)) {
		words, missing, extra, examples = 0, 0, 0, nil
	}
	c.counted.words, c.counted.missing, c.counted.extra = c.counted.words+words, c.counted.missing+missing, c.counted.extra+extra
	if len(examples) > 0 {
		c.t.Logf("text: %s: of %d words %d are missing, %d extra: %s", d.ID, words, missing, extra, strings.Join(examples[:min(len(examples), 20)], ", "))
	}
	c.compareFacts(d, string(content))
	ids, headings := idsOf(string(content))
	for _, s := range d.Sections {
		switch {
		case s.Anchor == "":
		case ids[s.Anchor]:
			c.anchors++
			delete(headings, s.Anchor)
		default:
			c.wrong("anchor", "%s: no %q for %q", d.ID, s.Anchor, s.Heading)
		}
	}
	c.unseen += len(headings)
	for id := range headings {
		c.t.Logf("unseen: %s: %q", d.ID, id)
	}
}

// file is the file that a web server gives for a URL.
func (c *comparison) file(address string) string {
	name, err := url.PathUnescape(strings.TrimPrefix(address, c.base))
	if err != nil {
		return err.Error()
	}
	for _, name := range []string{name, name + ".html", path.Join(name, "index.html")} {
		name = strings.TrimPrefix(name, "/")
		if info, err := os.Stat(filepath.Join(c.p.out, name)); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}

// lost tells what is published and not indexed.
func (c *comparison) lost(documents map[string]search.Document, hidden []Hidden) {
	why := map[string]string{}
	for _, h := range hidden {
		why[h.Path] = h.Reason
	}
	for id := range c.p.files {
		if _, ok := documents[id]; !ok {
			c.wrong("lost", "%s is not indexed %s", id, why[id])
		}
	}
}

func (c *comparison) close() {
	total := c.urls + c.off["url"] + c.off["hidden"]
	c.t.Logf("%d of %d URLs, %d of %d anchors, %d lost; %d ids of headings unseen",
		c.urls, total, c.anchors, c.anchors+c.off["anchor"], c.off["lost"], c.unseen)
	for kind, n := range c.off {
		if n > c.known[kind] {
			c.t.Errorf("%s: %d wrong, %d known of", kind, n, c.known[kind])
		}
	}
	if total == 0 {
		c.t.Error("nothing is indexed")
	}
}

// isList reports whether a page shows others too.
func isList(page string) bool {
	root, err := nethtml.Parse(strings.NewReader(page))
	return err == nil && len(marksIn(root)) > 1
}

var (
	anyID     = regexp.MustCompile(`\s(?:id|name)="([^"]*)"`)
	headingID = regexp.MustCompile(`<h[1-6][^>]*?\sid="([^"]*)"`)
)

// idsOf returns the ids of a page, and those of its headings.
func idsOf(page string) (all, headings map[string]bool) {
	all, headings = map[string]bool{}, map[string]bool{}
	for _, m := range anyID.FindAllStringSubmatch(page, -1) {
		all[html.UnescapeString(m[1])] = true
	}
	for _, m := range headingID.FindAllStringSubmatch(page, -1) {
		headings[html.UnescapeString(m[1])] = true
	}
	return all, headings
}

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

var partLine = regexp.MustCompile(`(?m)^-- (.+) --\n`)

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
