package indexer

import (
	"strings"
	"testing"

	"chaja/indexer/site"
)

// TestUnplacedPages: a permalink that a program makes is told once, hits lead to the home page without the id of a heading, and
// the owner may state the URLs.
func TestUnplacedPages(t *testing.T) {
	dir := newSite(t, "eleventy.config.js", "import anchor from 'markdown-it-anchor'\nexport default {}",
		"posts/posts.11tydata.js", "export default { permalink: (data) => make(data) }",
		"posts/a.md", "## one\n글", "posts/b.md", "글 [가](/posts/a/)", "c.md", "글 [나](/)")
	w := &fakeWriter{}
	report := run1(t, Options{Site: dir}, w)
	if len(report.Problems) != 1 || report.Problems[0].Path != "posts/posts.11tydata.js" || report.Problems[0].Kind != URLKind {
		t.Errorf("problems %v; want one of the file of data", report.Problems)
	}
	if a := w.documents["posts/a.md"]; a.URL != "/" || a.Sections[0].Anchor != "" {
		t.Errorf("%s, %+v; want / without an id", a.URL, a.Sections)
	}
	if c := w.documents["c.md"]; c.URL != "/c/" {
		t.Errorf("c.md is at %s", c.URL)
	}
	checked, err := Check(t.Context(), Options{Site: dir})
	if err != nil || len(checked.Problems) != 1 {
		t.Errorf("%v, %v; want one problem", checked.Problems, err)
	}
	w = &fakeWriter{}
	report = run1(t, Options{Site: dir, As: site.Options{URLs: []site.FolderURL{{Folder: "posts", Pattern: "/p/{slug}/"}}}}, w)
	if a := w.documents["posts/a.md"]; len(report.Problems) > 0 || a.URL != "/p/a/" || !strings.EqualFold(a.Sections[0].Anchor, "one") {
		t.Errorf("%v, %s, %+v; want /p/a/#one and no problem", report.Problems, a.URL, a.Sections)
	}
}
