package service_test

import (
	"testing"

	"chaja/search"
)

// TestSentenceWords: do and it are grammar in a sentence, and names in capitals or alone.
func TestSentenceWords(t *testing.T) {
	s := koreanService(t, "# Pauses\nThe collector stops all threads.", "# Kitchen\nHow do I do it? What will it do? Do it, it will do.", "# IT\nIT in schools, a school of IT.")
	for typed, want := range map[string]string{
		"what does the collector do": "a", "Does it stop threads?": "a", "do": "b", "IT schools": "c", "it schools": "c", "how will it do": "b",
	} {
		if got := ask(t, s, search.Request{Query: typed}); len(got.Hits) == 0 || got.Hits[0].ID != want {
			t.Errorf("%s finds %s, want %s first", typed, ids(got.Hits), want)
		}
	}
}
