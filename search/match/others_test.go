package match

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search/indextest/fakekorean"
	"chaja/search/query"
)

// TestOthersShared: several words with many forms get as many each, a word with few keeps them, and a group comes from all
// words of the query.
func TestOthersShared(t *testing.T) {
	many := func(text string) (others []Other) {
		for i := range 40 {
			others = append(others, Other{Text: fmt.Sprintf("%sform%d", text, i), Factor: 1})
		}
		return others
	}
	tests := []struct {
		name, query string
		formsOf     func(text string) []Other
		want        []int // forms beside the word as typed
	}{
		{"one word", "aa", many, []int{16}},
		{"a word with few", "aa bb", only(map[string][]Other{"aa": many("aa")[:3], "bb": many("bb")}), []int{3, 13}},
		{"four words", "aa bb cc dd", only(map[string][]Other{"aa": many("aa"), "bb": many("bb"), "cc": many("cc"), "dd": many("dd")}), []int{4, 4, 4, 4}},
		{"all words of the query", "aa bb cc dd", only(map[string][]Other{"aa bb cc dd": {{Text: "xx", Factor: 1}}}), []int{1, 1, 1, 1}},
		{"four of five are no group", "aa bb cc dd ee", only(map[string][]Other{"aa bb cc dd": {{Text: "xx", Factor: 1}}}), []int{0, 0, 0, 0, 0}},
		{"a word that is repeated", "aa aa", only(map[string][]Other{"aa": many("aa")}), []int{16, 16}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			node, _ := query.Parse(tt.query)
			var got []int
			for _, w := range Compile(node, fakekorean.New(), tt.formsOf).scored {
				got = append(got, len(w.forms)-1)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("forms (-want +got):\n%s", diff)
			}
		})
	}
}

// only gives the other forms of some words.
func only(forms map[string][]Other) func(text string) []Other {
	return func(text string) []Other { return forms[text] }
}
