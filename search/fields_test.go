package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/match"
)

// TestTexts: blocks of code stand apart from the text around them, wherever they lie.
func TestTexts(t *testing.T) {
	sections := []search.Section{{Start: 0, End: 4}, {Start: 4, End: 4}, {Start: 4, End: 8}}
	for _, tt := range []struct {
		name        string
		code        []search.Range
		prose, want []string
	}{
		{"none", nil, []string{"abcd", "efgh"}, nil},
		{"inside", []search.Range{{Start: 1, End: 2}}, []string{"a", "cd", "efgh"}, []string{"b"}},
		{"two in a section", []search.Range{{Start: 0, End: 1}, {Start: 3, End: 4}}, []string{"bc", "efgh"}, []string{"a", "d"}},
		{"a whole section", []search.Range{{Start: 4, End: 8}}, []string{"abcd"}, []string{"efgh"}},
		{"over the end of a section", []search.Range{{Start: 3, End: 6}}, []string{"abc", "gh"}, []string{"d", "ef"}},
		{"all", []search.Range{{Start: 0, End: 8}}, nil, []string{"abcd", "efgh"}},
		{"empty", []search.Range{{Start: 2, End: 2}}, []string{"ab", "cd", "efgh"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := search.Document{Body: "abcdefgh", Sections: sections, Code: tt.code}
			equal(t, "text", doc.Texts(match.Body), tt.prose)
			equal(t, "code", doc.Texts(match.Code), tt.want)
		})
	}
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
