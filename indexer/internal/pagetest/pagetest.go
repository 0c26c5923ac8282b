// Package pagetest shows pages to tests, and checks what holds for all of them.
package pagetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chaja/indexer/markdown"
	"chaja/indexer/text"
	"chaja/search"
)

// TooLong is the limit for sources that a quadratic search would take many minutes for. It leaves room for the race
// detector on a machine that is busy with other things.
const TooLong = time.Minute

// Render writes a page as the spec files show it: heading, then text with tabs visible and lines of code marked.
func Render(page markdown.Page) string {
	var b strings.Builder
	for _, s := range page.Sections {
		fmt.Fprintf(&b, "== %d %s", s.Level, s.Heading)
		if s.Level > 0 {
			fmt.Fprintf(&b, " #%s", s.Anchor)
		}
		b.WriteByte('\n')
		at := s.Start
		for line := range strings.Lines(page.Text[s.Start:s.End]) {
			if slices.ContainsFunc(page.Code, func(c search.Range) bool { return c.Start <= at && at < c.End }) {
				b.WriteString("| ")
			}
			at += len(line)
			b.WriteString(strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "→") + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Check reports what must hold for any source.
func Check(t testing.TB, source string, page markdown.Page) {
	t.Helper()
	end := 0
	for i, s := range page.Sections {
		switch {
		case s.Start != end || s.End < s.Start:
			t.Fatalf("%.60q: section %d is %d to %d, after %d", source, i, s.Start, s.End, end)
		case s.Level < 0 || s.Level > 6 || s.Level == 0 && (i > 0 || s.Heading+s.Anchor != ""):
			t.Fatalf("%.60q: section %d is %+v", source, i, s)
		case s.Heading != text.Clean(s.Heading) || !utf8.ValidString(s.Anchor):
			t.Fatalf("%.60q: heading %q or id %q is not clean", source, s.Heading, s.Anchor)
		}
		end = s.End
	}
	if end != len(page.Text) {
		t.Fatalf("%.60q: sections end at %d of %d", source, end, len(page.Text))
	}
	if page.Text != text.Clean(page.Text) {
		t.Fatalf("%.60q: the text is not clean: %.60q", source, page.Text)
	}
	end = 0
	for i, c := range page.Code {
		if c.Start < end || c.End <= c.Start || c.End > len(page.Text) {
			t.Fatalf("%.60q: block of code %d is %+v, after %d of %d", source, i, c, end, len(page.Text))
		}
		end = c.End
	}
}
