package indexer

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/indexer/site"
)

var update = flag.Bool("update", false, "write the golden files")

// TestMain sets the clock of the machine, by which Jekyll and Hexo make paths unless the site says otherwise.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

// TestSites compares with what TestGenerators has found right.
func TestSites(t *testing.T) {
	for _, s := range ownSites(t) {
		t.Run(s.name, func(t *testing.T) {
			dir := t.TempDir()
			s.lay(t, dir)
			w := &fakeWriter{}
			report := run1(t, Options{Site: dir, As: site.Options{Generator: s.told}}, w)
			golden := "testdata/sites/" + s.name + ".golden"
			compareWithGolden(t, golden, listed(report, w))
		})
	}
}

func compareWithGolden(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); if make test-generators agrees: go test ./indexer -update\n%s", golden, diff)
	}
}

// listed writes what a run made of a site: a line for each post, and one for each of its headings.
func listed(report Report, w *fakeWriter) string {
	var b strings.Builder
	fmt.Fprintln(&b, report.Site)
	for _, id := range slices.Sorted(maps.Keys(w.documents)) {
		d := w.documents[id]
		fmt.Fprintf(&b, "%s -> %s %q", id, d.URL, d.Title)
		if !d.Date.IsZero() {
			fmt.Fprintf(&b, " %s", d.Date.Format("2006-01-02 15:04 -0700"))
		}
		if all := slices.Concat(d.Tags, d.Categories); len(all) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(all, " | "))
		}
		b.WriteByte('\n')
		for _, s := range d.Sections {
			if s.Level > 0 {
				fmt.Fprintf(&b, "\t%s #%s\n", s.Heading, s.Anchor)
			}
		}
	}
	for _, h := range report.Hidden {
		fmt.Fprintf(&b, "hidden: %s: %s\n", h.Path, h.Reason)
	}
	for _, name := range report.LeftOut {
		fmt.Fprintf(&b, "left out: %s\n", name)
	}
	for _, p := range report.Problems {
		fmt.Fprintf(&b, "problem: %s\n", p)
	}
	return b.String()
}
