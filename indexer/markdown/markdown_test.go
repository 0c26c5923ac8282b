package markdown

import (
	"fmt"
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
	for _, c := range spec.Read(t, "testdata/sections.txt") {
		t.Run(c.Name, func(t *testing.T) {
			body, sections, note := Read(c.Input)
			if note != "" {
				t.Errorf("note: %s", note)
			}
			if diff := cmp.Diff(c.Want, render(body, sections)); diff != "" {
				t.Errorf("Read (-want +got):\n%s", diff)
			}
		})
	}
}

// render writes sections as the spec file shows them: heading, then text with tabs visible.
func render(body string, sections []search.Section) string {
	var b strings.Builder
	for _, s := range sections {
		fmt.Fprintf(&b, "== %d %s", s.Level, s.Heading)
		if s.Level > 0 {
			fmt.Fprintf(&b, " #%s", s.Anchor)
		}
		b.WriteByte('\n')
		if text := strings.TrimSuffix(body[s.Start:s.End], "\n"); text != "" {
			b.WriteString(strings.ReplaceAll(text, "\t", "→") + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// check reports what must hold for any source.
func check(t *testing.T, source, body string, sections []search.Section) {
	t.Helper()
	end := 0
	for i, s := range sections {
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
	if end != len(body) {
		t.Fatalf("%.60q: sections end at %d of %d", source, end, len(body))
	}
	if body != text.Clean(body) {
		t.Fatalf("%.60q: the body is not clean: %.60q", source, body)
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
			body, sections, note := Read(source)
			d := time.Since(start)
			check(t, source, body, sections)
			t.Logf("%d bytes in %v: %d bytes, %d sections; %s", len(source), d, len(body), len(sections), note)
			if d > 20*time.Second { // about 1.5 s on an idle machine, without the race detector
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestTooHardFallsBack(t *testing.T) {
	source := "# 앞\n글\n```\n# 코드\n```\n" + strings.Repeat(">", 200) + "깊다\n\n## 뒤 ##\n끝"
	body, sections, note := Read(source)
	want := "== 1 앞 #앞\n글\n# 코드\n" + strings.Repeat(">", 200) + "깊다\n== 2 뒤 #뒤\n끝"
	if diff := cmp.Diff(want, render(body, sections)); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
	if want := "lists or quotes too deep; read as plain text"; note != want {
		t.Errorf("note = %q, want %q", note, want)
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range spec.Read(f, "testdata/sections.txt") {
		f.Add(c.Input)
	}
	f.Fuzz(func(t *testing.T, source string) {
		source = text.Clean(source)
		body, sections, _ := Read(source)
		check(t, source, body, sections)
		body, sections = readLines(source, GitHub).finish()
		check(t, source, body, sections)
	})
}
