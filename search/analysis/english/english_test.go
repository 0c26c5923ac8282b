package english

import (
	"slices"
	"strings"
	"testing"
)

func TestHas(t *testing.T) {
	for _, word := range []string{"aardvark", "batch", "batches", "colour", "color", "edison", "never", "zygote"} {
		if !Has(word) {
			t.Errorf("%q is no word", word)
		}
	}
	for _, word := range []string{"", "\n", "a\nb", "ba", "batchs", "nevre", "zzzz", "aab", "Batch", "배치"} {
		if Has(word) {
			t.Errorf("%q is a word", word)
		}
	}
}

// TestList holds the list to what Has needs: sorted lines of small letters, three or more, each once.
func TestList(t *testing.T) {
	words := strings.Fields(unpacked())
	if len(words) < 70_000 || !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) < len(words) {
		t.Errorf("%d words, want 70,000 or more, sorted, each once", len(words))
	}
	for _, word := range words {
		if len(word) < 3 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" || !Has(word) {
			t.Errorf("odd word %q", word)
		}
	}
}
