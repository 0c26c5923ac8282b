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

	"chaja/indexer/site"
	"chaja/search"

	nethtml "golang.org/x/net/html"
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

var partLine = regexp.MustCompile(`(?m)^-- (.+) --\n`)
