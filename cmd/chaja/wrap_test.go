package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	const red = "\x1b[33m"
	tests := []struct {
		name, text string
		width, at  int
		want       string
	}{
		{"no end", "a b", 0, 3, "a b"},
		{"fits", "가나 다라", 25, 3, "가나 다라"},
		{"Hangul is two columns", "가나다라마 바사아자 차카", 20, 0, "가나다라마 바사아자\n차카"},
		{"at the edge", "가나다라마바사아자차 카", 20, 0, "가나다라마바사아자차\n카"},
		{"indented", "가나다라마 바사아자 차카", 23, 3, "가나다라마 바사아자\n   차카"},
		{"word longer than a line", "가나다라마바사아자차카타파", 20, 0, "가나다라마바사아자차\n카타파"},
		{"colour takes no room", red + "abcdefghi" + plain + " " + red + "abcdefghij" + plain + " x", 20, 0,
			red + "abcdefghi" + plain + " " + red + "abcdefghij" + plain + "\nx"},
		{"letters with marks stay whole", strings.Repeat("e\u0301", 21), 20, 0, strings.Repeat("e\u0301", 20) + "\ne\u0301"},
		{"family is one", strings.Repeat("👨\u200d👩\u200d👧", 11), 20, 0, strings.Repeat("👨\u200d👩\u200d👧", 10) + "\n👨\u200d👩\u200d👧"},
		{"narrow terminal", "가나다라마바사아자차카", 5, 3, "가나다라마바사아자차\n   카"},
		{"nothing", "", 20, 0, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, style{width: test.width}.wrap(test.text, test.at)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzWrap: nothing but blanks and line ends changes, and no line is wider than the terminal.
func FuzzWrap(f *testing.F) {
	f.Add("가나다 라마바 <mark>사아자</mark> ab\x1b[1mcd", 24, 3)
	f.Add("👨\u200d👩\u200d👧 e\u0301", 20, 0)
	f.Fuzz(func(t *testing.T, h string, width, indent int) {
		if !utf8.ValidString(h) || indent < 0 || indent > 10 || width < narrowest+indent || width > 200 {
			t.Skip()
		}
		text := style{color: true}.marked(h)
		got := style{width: width}.wrap(text, indent)
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if squeeze(got) != squeeze(text) {
			t.Errorf("%q became %q", text, got)
		}
		for i, line := range strings.Split(got, "\n") {
			if i == 0 {
				line = strings.Repeat(" ", indent) + line
			}
			if columns(line) > width {
				t.Errorf("line of %d columns in %d: %q", columns(line), width, line)
			}
		}
	})
}
