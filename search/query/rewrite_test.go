package query

import (
	"strings"
	"testing"

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
			got := Replace(test.in, func(word string) string {
				if strings.HasPrefix(word, "two") {
					return "T WO"
				}
				return strings.ToUpper(word)
			})
			if got != test.want {
				t.Errorf("Replace gives %q, want %q", got, test.want)
			}
		})
	}
}

// FuzzReplace: what is replaced by itself asks for the same, and only what is asked for is replaced.
func FuzzReplace(f *testing.F) {
	for _, s := range []string{"a b", `title:a -b (c OR "d e") tag:f`, "((a) -(b OR c))", "a,b (c) OR", "title: OR after:2019"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		node, _ := Parse(s)
		again, _ := Parse(Replace(s, func(word string) string { return word }))
		if !cmp.Equal(node, again) {
			t.Fatalf("%q is %v, then %v", s, node, again)
		}
	})
}
