package chars

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// TestVisible: what each way makes of the same text.
func TestVisible(t *testing.T) {
	const text = "a\tb\n\u200bc\u200d\u00add\u202ee\u2028f\x1bg\xff"
	visible := func(r rune) rune {
		if IsInvisible(r) {
			return -1
		}
		return r
	}
	for name, got := range map[string][2]string{
		"IsInvisible": {strings.Map(visible, text), "a\tb\ncde\u2028fg\ufffd"},
		"OneLine":     {OneLine(text), "a b cde\u2028f g\ufffd"},
		"FileRune":    {strings.Map(FileRune, text), "a\tb\nc\u200dde fg\ufffd"},
		"ForTerminal": {ForTerminal(text), "a b \u200bc\u200d\u00adde f g\ufffd"},
	} {
		if diff := cmp.Diff(got[1], got[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWords(t *testing.T) {
	const text = "Node.js와 C++/C#, (net/http) -flag e\u0301te"
	for name, words := range map[string][2][]string{
		"words":            {Words(text), {"Node", "js와", "C++", "C#", "net", "http", "flag", "e", "te"}},
		"words with marks": {Words(text, unicode.Mark), {"Node", "js와", "C++", "C#", "net", "http", "flag", "e\u0301te"}},
		"names":            {Names(text), {"Node.js와", "C++/C#", "net/http", "flag", "e\u0301te"}},
	} {
		if diff := cmp.Diff(words[1], words[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// FuzzStart holds Start against a walk through all characters.
func FuzzStart(f *testing.F) {
	for _, text := range []string{"", "가a나", "\xea\xb0", "\x80\x80\x80\x80", "가\xb0\xb0", "\xf0\x9f\x98\x80x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for at := 0; at < len(text); {
			_, size := utf8.DecodeRuneInString(text[at:])
			for i := at; i < at+size; i++ {
				if got := Start(text, i); got != at {
					t.Fatalf("Start(%q, %d) = %d, want %d", text, i, got, at)
				}
			}
			at += size
		}
		if got := Start(text, len(text)); got != len(text) {
			t.Fatalf("Start(%q, its end) = %d", text, got)
		}
	})
}

// FuzzEdits holds Edits against the definition.
func FuzzEdits(f *testing.F) {
	for _, pair := range [][2]string{{"", ""}, {"ab", "ba"}, {"abc", "ca"}, {"kitten", "sitting"}, {"index", "idnex"}, {strings.Repeat("a", 60), "b"}} {
		f.Add(pair[0], pair[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = a[:min(len(a), 7)], b[:min(len(b), 7)]
		want := plainEdits(a, b)
		for limit := range 8 {
			got := Edits([]byte(a), []byte(b), limit)
			if got != want && (got <= limit || want <= limit) {
				t.Fatalf("Edits(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
			}
		}
	})
}

func plainEdits(a, b string) int {
	if a == "" || b == "" {
		return max(len(a), len(b))
	}
	m, n := len(a)-1, len(b)-1
	cost := 1
	if a[m] == b[n] {
		cost = 0
	}
	d := min(plainEdits(a[:m], b)+1, plainEdits(a, b[:n])+1, plainEdits(a[:m], b[:n])+cost)
	if m > 0 && n > 0 && a[m] == b[n-1] && a[m-1] == b[n] {
		d = min(d, plainEdits(a[:m-1], b[:n-1])+1)
	}
	return d
}
