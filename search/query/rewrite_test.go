package query

import (
	"strings"
	"testing"
)

// TestMap: every word that is asked for is mapped, wherever it stands, and what f makes of it is read back as it is meant.
func TestMap(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "a b", "A B"},
		{"either", "a OR b c", "A OR B C"},
		{"in a field", "title:a heading:b", "title:A heading:B"},
		{"what becomes two words", "two b", "T WO B"},
		{"what becomes two words in a field", "title:two", `title:"T WO"`},
		{"in parentheses", "a (b OR two)", "A (B OR T WO)"},
		{"phrases, values and what is excluded", `"a b" tag:c category:d -e`, `"a b" tag:c category:d -e`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			node, _ := Parse(test.in)
			got := Map(node, func(word string) string {
				if word == "two" {
					return "T WO"
				}
				return strings.ToUpper(word)
			}).String()
			if got != test.want {
				t.Errorf("Map gives %q, want %q", got, test.want)
			}
			if again, _ := Parse(got); again.String() != got {
				t.Errorf("%q is read as %q", got, again)
			}
		})
	}
}
