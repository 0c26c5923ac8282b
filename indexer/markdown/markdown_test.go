package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chaja/indexer/internal/spec"
	"chaja/indexer/text"
	"chaja/search"

	"github.com/google/go-cmp/cmp"
)

func TestSpec(t *testing.T) {
	for file, syntax := range specs() {
		t.Run(file, func(t *testing.T) {
			for _, c := range spec.Read(t, "testdata/"+file+".txt") {
				t.Run(c.Name, func(t *testing.T) {
					page := Read(c.Input, Options{Syntax: syntax, IDs: idsOf(syntax)})
					if page.Note != "" {
						t.Errorf("note: %s", page.Note)
					}
					if diff := cmp.Diff(c.Want, render(page)); diff != "" {
						t.Errorf("Read (-want +got):\n%s", diff)
					}
				})
			}
		})
	}
}

// specs are the spec files and how they are read.
func specs() map[string]Syntax {
	return map[string]Syntax{"sections": Plain, "text": Plain, "jekyll": Jekyll, "hexo": Hexo, "hugo": Hugo}
}

// idsOf returns the ids that the generators of a syntax make as they come.
func idsOf(s Syntax) IDs { return []IDs{GitHubIDs, KramdownGFMIDs, HexoIDs, HugoIDs}[s] }

// render writes a page as the spec files show it: heading, then text with tabs visible and lines of code marked.
func render(page Page) string {
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

// check reports what must hold for any source.
func check(t *testing.T, source string, page Page) {
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

// TestHostileToGenerators: what only generators read takes linear time too.
func TestHostileToGenerators(t *testing.T) {
	repeat := strings.Repeat
	for name, o := range map[string]Options{
		"jekyll": {Syntax: Jekyll, IDs: KramdownGFMIDs},
		"hexo":   {Syntax: Hexo, IDs: HexoIDs},
		"hugo":   {Syntax: Hugo, IDs: HugoTextIDs},
	} {
		for _, tt := range []struct{ name, source string }{
			{"boxes in boxes", repeat("<div>", 50_000)},
			{"boxes for Markdown", repeat("<div markdown=1>\n# 가\n</div>\n", 10_000)},
			{"elements on a line", repeat("<b>가</b>", 50_000)},
			{"lines of attributes", repeat("{: #a}\n", 50_000) + "# 가"},
			{"open attributes", repeat("{: "+repeat("\"a\" ", 1000)+"\n# 가\n\n", 50)},
			{"open tags", repeat("{% ", 100_000)},
			{"tags without end", repeat("{% raw %}", 30_000)},
			{"open shortcodes", repeat("{{< ", 100_000)},
			{"shortcodes without end", repeat("{{< a >}}", 30_000)},
		} {
			t.Run(name+"/"+tt.name, func(t *testing.T) {
				start := time.Now()
				check(t, tt.source, Read(tt.source, o))
				if d := time.Since(start); d > tooLong { // about 0.3 s on an idle machine
					t.Errorf("took %v", d)
				}
			})
		}
	}
}

func TestHostile(t *testing.T) {
	nested := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Repeat("  ", i) + "- 가\n")
		}
		return b.String()
	}
	table := func(rows, columns int) string {
		return strings.Repeat("|가", columns) + "|\n" + strings.Repeat("|-", columns) + "|\n" +
			strings.Repeat(strings.Repeat("|나", columns)+"|\n", rows)
	}
	repeat := strings.Repeat
	for _, tt := range []struct{ name, source string }{
		{"open links", repeat("[가](", 200_000)},
		{"open links in brackets", repeat("[가](<나", 100_000)},
		{"open pictures", repeat("![가[]()", 100_000)},
		{"open brackets", repeat("[", 100_000) + repeat("]", 100_000)},
		{"mixed emphasis", repeat("*가_ ", 100_000)},
		{"emphasis inside emphasis", repeat("*", 50_000) + "가" + repeat("*", 50_000)},
		{"strikes", repeat("~가~~ ", 100_000)},
		{"code spans of two lengths", repeat("`가``나", 100_000)},
		{"open tags", "가 " + repeat("<a b=\"", 100_000)},
		{"open comments", "가 " + repeat("<!-- ", 100_000)},
		{"open sections", "가 " + repeat("<![CDATA[ ", 100_000)},
		{"tags in a block", "<div>" + repeat("<a b='\">", 100_000)},
		{"scripts in a block", "<div>" + repeat("<script></script>", 100_000)},
		{"quotes", repeat(">", 20_000) + "가"},
		{"lists on a line", repeat("- ", 20_000) + "가"},
		{"numbers on a line", repeat("1. ", 20_000) + "가"},
		{"nested lists", nested(3000)},
		{"as deep as allowed", repeat(repeat("> ", 99)+"가\n", 5000)},
		{"table", table(300, 3000)},
		{"table of short rows", table(1, 3000) + repeat("|\n", 3000)},
		{"definitions", repeat("[가]: /u\n", 100_000)},
		{"open definitions", repeat("[가]:\n", 100_000)},
		{"equal headings", repeat("# 제목\n", 200_000)},
		{"heading attributes", "# 가 " + repeat("{#a ", 100_000)},
		{"fences", repeat("```\n", 200_000)},
		{"lists", repeat("- 가\n\n", 100_000)},
		{"one word", repeat("가", 350_000)},
		{"one long code", "# 가\n```\n" + repeat("a[b]*_c;", 600_000) + "\n```\n# 나\n"},
		{"marks on a letter", "가" + repeat("\u0301", 300_000)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			source := text.Clean(tt.source)
			page := Read(source, Options{})
			d := time.Since(start)
			check(t, source, page)
			t.Logf("%d bytes in %v: %d bytes, %d sections; %s", len(source), d, len(page.Text), len(page.Sections), page.Note)
			if d > tooLong { // about 1.5 s on an idle machine, without the race detector
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestTooHardFallsBack(t *testing.T) {
	source := "# 앞\n글\n```\n# 코드\n```\n" + strings.Repeat(">", 200) + "깊다\n\n## 뒤 ##\n끝"
	page := Read(source, Options{})
	want := "== 1 앞 #앞\n글\n# 코드\n" + strings.Repeat(">", 200) + "깊다\n== 2 뒤 #뒤\n끝"
	if diff := cmp.Diff(want, render(page)); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
	if want := "lists or quotes too deep; read as plain text"; page.Note != want {
		t.Errorf("note = %q, want %q", page.Note, want)
	}
}

func FuzzRead(f *testing.F) {
	for file, syntax := range specs() {
		for _, c := range spec.Read(f, "testdata/"+file+".txt") {
			f.Add(c.Input, byte(syntax))
		}
	}
	f.Fuzz(func(t *testing.T, source string, syntax byte) {
		raw := strings.ToValidUTF8(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(source), "")
		source = text.Clean(source)
		check(t, source, Read(source, Options{Syntax: Syntax(syntax % 4), IDs: idsOf(Syntax(syntax % 4)), Raw: raw}))
		if prepared := Syntax(syntax % 4).prepare(source); strings.Count(prepared, "\n") != strings.Count(source, "\n") {
			t.Errorf("the lines of %q move: %q", source, prepared)
		}
		check(t, source, readLines(source, GitHubIDs).finish(""))
	})
}
