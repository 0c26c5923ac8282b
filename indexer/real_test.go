package indexer

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chaja/indexer/site"
	"chaja/indexer/text"
	"chaja/search"
)

// shared returns a folder of real posts, or skips the test where it is absent, and in a short run.
func shared(t *testing.T, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("real posts take a while; run without -short")
	}
	root := os.Getenv("CHAJA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	dir := filepath.Join(root, "posts", name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("real posts are not here: set CHAJA_SHARED to the folder that holds posts/%s", name)
	}
	return dir
}

func TestRealSites(t *testing.T) {
	root := shared(t, "")
	folders, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var counts strings.Builder
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			w := &fakeWriter{}
			r := run1(t, Options{Site: filepath.Join(root, f.Name())}, w)
			t.Logf("%d posts, %d failed, %d problems, %d KiB", r.Found, r.Failed, len(r.Problems), r.Bytes>>10)
			for _, p := range r.Problems {
				t.Log(p)
			}
			if r.Failed > 0 || len(w.documents)+len(r.Hidden) != r.Found {
				t.Errorf("found %d posts, made %d documents, %d are not published", r.Found, len(w.documents), len(r.Hidden))
			}
			for id, d := range w.documents {
				checkDocument(t, id, d)
			}
			fmt.Fprintf(&counts, "%s: %s, %d found, %d not published\n", f.Name(), r.Generator, r.Found, len(r.Hidden))
		})
	}
	compareWithGolden(t, "testdata/real.golden", counts.String())
}

func checkDocument(t *testing.T, id string, d search.Document) {
	t.Helper()
	if d.Title == "" || d.ID != id || !strings.HasPrefix(d.URL, "/") && !strings.HasPrefix(d.URL, "https://tech.realdraw.ai/") || d.Hash == "" || d.Lang == "" {
		t.Errorf("%s: %+v", id, d)
	}
	for _, s := range append(append([]string{d.ID, d.Title, d.Body}, d.Tags...), d.Categories...) {
		if s != text.Clean(s) {
			t.Errorf("%s: %.80q is not clean", id, s)
		}
	}
	end := 0
	for _, s := range d.Sections {
		if s.Start != end {
			t.Errorf("%s: sections do not cover the body: %+v", id, s)
		}
		end = s.End
	}
	if end != len(d.Body) {
		t.Errorf("%s: sections end at %d of %d", id, end, len(d.Body))
	}
}

// stated is the title as a line of an owner's post says it.
var stated = regexp.MustCompile(`(?m)^title *: *"?(.*?)"? *$`)

func TestRealOwnerSite(t *testing.T) {
	dir := shared(t, "owner-next")
	s, err := site.Open(dir, site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found, err := s.Posts()
	if err != nil {
		t.Fatal(err)
	}
	type counts struct{ posts, arrows, late, commas int }
	var got counts
	for _, f := range found.Posts {
		if !strings.HasPrefix(f.ID, "content/posts/") {
			continue
		}
		bytes, err := s.Read(f, func(int64) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		source := text.Clean(string(bytes))
		d, _ := Parse(f.ID, bytes)
		got.posts++
		got.arrows += strings.Count(source, "\n--->\n")
		if strings.HasPrefix(source, "\n") {
			got.late++
		}
		if slices.ContainsFunc(d.Tags, func(tag string) bool { return strings.Contains(tag, ",") }) {
			got.commas++
		}
		title := strings.Join(strings.Fields(stated.FindStringSubmatch(source)[1]), " ")
		if d.Title != title || d.Date.IsZero() || len(d.Tags) == 0 {
			t.Errorf("%s: title %q, date %v, tags %q; want title %q", f.ID, d.Title, d.Date, d.Tags, title)
		}
	}
	if want := (counts{posts: 871, arrows: 37, late: 2, commas: 38}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
