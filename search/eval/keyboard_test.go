package eval_test

import (
	"strings"
	"testing"
	"unicode"

	"chaja/search"
	"chaja/search/hangul"
	"chaja/search/service"
)

// TestTitlesOnTheOtherLayout: every title of the sample site, typed with the keyboard set to the other language, with caps
// lock on or off, finds its post first.
func TestTitlesOnTheOtherLayout(t *testing.T) {
	service := openSite(t, newAnalyzer(t), sampleSite)
	for id, title := range titles(t, service) {
		typed := []string{hangul.ToHangul(title)}
		if strings.ContainsFunc(title, hangul.IsSyllable) {
			latin := hangul.ToLatin(title)
			typed = []string{latin, strings.Map(swapCase, latin)}
		}
		for _, q := range typed {
			got := ask(t, service, search.Request{Query: q})
			if len(got.Hits) == 0 || got.Hits[0].ID != id {
				t.Errorf("%q, typed for %q, finds %d posts, suggestion %+v", q, title, got.Total, got.Suggestion)
			}
		}
	}
}

func swapCase(r rune) rune {
	if unicode.IsUpper(r) {
		return unicode.ToLower(r)
	}
	return unicode.ToUpper(r)
}

func titles(t *testing.T, service *service.Service) map[string]string {
	t.Helper()
	titles := map[string]string{}
	for page := 1; ; page++ {
		got := ask(t, service, search.Request{Page: page, PerPage: search.MaxPerPage})
		for _, h := range got.Hits {
			titles[h.ID] = h.Title
		}
		if len(titles) >= got.Total || len(got.Hits) == 0 {
			return titles
		}
	}
}

// TestEnglishStays: English words that the sample site lacks, and whose keys happen to give whole syllables of Hangul, are
// not taken for Korean.
func TestEnglishStays(t *testing.T) {
	service := openSite(t, newAnalyzer(t), sampleSite)
	for word := range strings.FieldsSeq("algo aisle antler bishop corn dish dorm duel elf elm endif firm flaw fork form gist girl glow " +
		"godot goblet goth goto growl holy horn idol island laid landau lens pivot rich rival rock roam rmdir skew skid slam slang " +
		"soap social sofa spiral spark spend tidal tight toad town virtual vivid vogue width wolf worth flow disk park shark") {
		got := ask(t, service, search.Request{Query: word})
		if s := got.Suggestion; s != nil && strings.ContainsFunc(s.Query, hangul.IsSyllable) {
			t.Errorf("%q is taken for %q (%s)", word, s.Query, s.Reason)
		}
	}
}
