package rewrite

import (
	"strings"
	"testing"
)

// TestFormulas: an order of growth is looked for in all the ways in which people write it, and nothing else is taken for one.
func TestFormulas(t *testing.T) {
	tests := []struct{ text, want string }{
		{"O(nlogn)", "O(n log n)"},
		{"O(n log n)", "O(nlogn)"},
		{"O(nlogn", "O(n log n)"},
		{"O(n2)", "O(n 2)"},
		{"O(n^2)", "O(n2), O(n 2)"},
		{"O(n^2)의", "O(n2), O(n 2)"},
		{"Θ(2n)", "Θ(2 n)"},
		{"nlogn", "n log n"},
		{"logn", "log n"},
		{"blogs", ""},
		{"login", ""},
		{"n2", ""},
		{"foo(n2)", ""},
		{"O(n2)복잡도", ""},
		{"O(" + strings.Repeat("n", 2*maxFormula) + ")", ""},
	}
	for _, tt := range tests {
		if got := strings.Join(formulas(tt.text), ", "); got != tt.want {
			t.Errorf("formulas(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}
