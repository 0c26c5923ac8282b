package query

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// TestReplace: every word that is asked for is replaced, wherever it stands, and what f makes of it is read back as it is meant.
func TestReplace(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "a b", "A B"},
		{"either", "a OR b c", "A OR B C"},
		{"in a field", "title:a heading:b", "title:A heading:B"},
		{"what becomes two words", "two b", "T WO B"},
		{"what becomes two words in a field", "title:two", `title:"T WO"`},
		{"in parentheses", "a (b OR two)", "A (B OR T WO)"},
		{"phrases, values and what is excluded", `"a b" tag:c category:d -e`, `"a b" tag:c category:d -e`},
		{"signs and parentheses stay", "a, (two) -(b) (c)", "A, (T WO) -(b) (C)"},
		{"blanks stay", " a   b ", "A   B"},
		{"an excluded word that is asked for too", "-a a", "-a A"},
		{"a word in a phrase that is asked for too", `"a" a title:"a" title:a`, `"a" A title:"a" title:A`},
		{"what looks like a date beside OR", "after:2019 OR a", "after:2019 OR A"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Parse(test.in).Replace(func(word string) string {
				if strings.HasPrefix(word, "two") {
					return "T WO"
				}
				return strings.ToUpper(word)
			})
			if got.String() != test.want {
				t.Errorf("Replace gives %q, want %q", got, test.want)
			}
			checkParsed(t, got)
		})
	}
}

// checkParsed fails when a query that Replace made is another one than what its text says.
func checkParsed(t *testing.T, p Parsed) {
	t.Helper()
	again := Parse(p.String())
	if again.Truncated {
		return // the limits are those of what a person types
	}
	if diff := cmp.Diff(again.Tree, p.Tree, anyNumber); diff != "" {
		t.Errorf("%q: the tree is not that of the text (-want +got):\n%s", p, diff)
	}
	if diff := cmp.Diff(again.Words(), p.Words()); diff != "" {
		t.Errorf("%q: words (-want +got):\n%s", p, diff)
	}
}

// FuzzReplace: what is replaced by itself, or a word of letters by two, asks for what its text says.
func FuzzReplace(f *testing.F) {
	for _, s := range []string{"a b", `title:a -b (c OR "d e") tag:f`, "((a) -(b OR c))", "a,b (c) OR", "title: OR after:2019", "-(-a)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parsed := Parse(s)
		same := parsed.Replace(func(word string) string { return word })
		if !cmp.Equal(parsed.Tree, same.Tree, anyNumber) || parsed.String() != same.String() {
			t.Fatalf("%q is %v, then %v", s, parsed.Tree, same.Tree)
		}
		if !parsed.Truncated {
			checkParsed(t, parsed.Replace(func(word string) string {
				if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
					return word
				}
				return "new words"
			}))
		}
	})
}

func TestUnfinished(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "ab": "ab", "ab c": "c", "ab c ": "", "ab\t": "", "tag:x": "", "ab tag:x": "", "a OR b": "", "(a b)": "b", `"a b`: "", "-a": "",
	} {
		if got := Parse(in).Unfinished(); got != want {
			t.Errorf("Unfinished of %q is %q, want %q", in, got, want)
		}
	}
	if got := Parse("ab c").Replace(func(word string) string { return word + " d" }).Unfinished(); got != "d" {
		t.Errorf("after Replace it is %q, want d", got)
	}
}
