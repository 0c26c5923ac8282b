package markdown_test

import (
	"strings"
	"testing"
	"time"

	"chaja/indexer/internal/pagetest"
	"chaja/indexer/internal/spec"
	"chaja/indexer/markdown"
	"chaja/indexer/text"

	"github.com/google/go-cmp/cmp"
)

func TestSpec(t *testing.T) {
	for _, file := range []string{"sections", "text"} {
		for _, c := range spec.Read(t, "testdata/"+file+".txt") {
			t.Run(file+"/"+c.Name, func(t *testing.T) {
				page := markdown.Read(c.Input, markdown.Options{})
				if page.Note != "" {
					t.Errorf("note: %s", page.Note)
				}
				if diff := cmp.Diff(c.Want, pagetest.Render(page)); diff != "" {
					t.Errorf("Read (-want +got):\n%s", diff)
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
			page := markdown.Read(source, markdown.Options{})
			d := time.Since(start)
			pagetest.Check(t, source, page)
			t.Logf("%d bytes in %v: %d bytes, %d sections; %s", len(source), d, len(page.Text), len(page.Sections), page.Note)
			if d > pagetest.TooLong { // about 1.5 s on an idle machine, without the race detector
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestTooHardFallsBack(t *testing.T) {
	source := "# 앞\n글\n```\n# 코드\n```\n" + strings.Repeat(">", 200) + "깊다\n\n## 뒤 ##\n끝"
	page := markdown.Read(source, markdown.Options{})
	want := "== 1 앞 #앞\n글\n# 코드\n" + strings.Repeat(">", 200) + "깊다\n== 2 뒤 #뒤\n끝"
	if diff := cmp.Diff(want, pagetest.Render(page)); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
	if want := "lists or quotes too deep; read as plain text"; page.Note != want {
		t.Errorf("note = %q, want %q", page.Note, want)
	}
}

// TestLongData: pictures inside a post do not make it too long to be read.
func TestLongData(t *testing.T) {
	data := "data:image/png;base64," + strings.Repeat("iVBORw0KGgo", 300_000)
	page := markdown.Read("# 제목\n\n![그림]("+data+") **글**\n\n[이름]: <"+data+">\n\n```\n"+data+"\n```\n", markdown.Options{})
	if page.Note != "" || strings.Contains(page.Text, "iVBOR") || !strings.HasPrefix(page.Text, "그림 글\n") {
		t.Errorf("note %q, text %.60q", page.Note, page.Text)
	}
}
