package rewrite

import (
	"testing"

	"chaja/search/analysis"
	"chaja/search/analysis/korean"
	"chaja/search/lexicon"
	"chaja/search/lexicon/suggest"
)

// koreanSite is a site with some words, each in so many posts.
func koreanSite(t *testing.T, words map[string]int) site {
	t.Helper()
	ko, err := korean.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := suggest.NewBuilder()
	for word, posts := range words {
		b.Term(word, posts)
	}
	counts := &counts{known: map[string]int{}}
	return site{newLookup(&lexicon.Lexicon{Words: b.Build()}, analysis.New(ko)), counts, map[string]int{}}
}

// TestRespell: which word of the site is put in place of one that it lacks, and whether that is only offered.
func TestRespell(t *testing.T) {
	posts := map[string]int{"대우": 9, "사기계약": 9, "계약": 9, "이벤트": 99, "팰리스": 5, "도메인": 9, "안정성": 9, "카프카": 9, "watch": 9,
		"kubernetes": 9, "mysql": 9, "렌더링": 9, "랜턴": 9, "바닷": 9, "강조": 1, "도착보장": 9, "고구마순": 2, "preferred": 9, "crt": 9, "curt": 9, "system": 9, "간결": 9, "rsync": 9}
	for _, tt := range []struct{ name, typed, want string }{
		{"a slip", "쿠버네티스", ""},
		{"a word of the dictionary is no slip", "새우는", ""},
		{"nor is a part of a compound", "예약할인", ""},
		{"nor is a name", "앨리스", ""},
		{"a name, and a word that many posts have", "이베트", "이벤트?"},
		{"a word that sounds alike", "도매인", "도메인"},
		{"a word with two syllables swapped", "정안성", "안정성?"},
		{"a particle stays behind", "랜더링에서", "렌더링에서"},
		{"an English word is no slip", "batch", ""},
		{"a slip of Latin letters", "kubrenetes", "kubernetes"},
		{"an abbreviation is no slip", "mssql", ""},
		{"nor one of an abbreviation", "cirt", "curt"},
		{"a noun with another syllable in front", "강결합", "간결합?"},
		{"an acronym is no slip of a word", "CIRT", ""},
		{"a word that goes on is no slip of its beginning", "Systemd", ""},
		{"unless its last letter is there twice", "systemm", "system"},
		{"an abbreviation that is mistyped as one", "rsnyc", "rsync"},
		{"words of the site go on like it", "렌더", ""},
		{"the joining ㅅ", "바다", "바닷"},
		{"a word of two scripts", "N도착보장", ""},
		{"two edits, one at the first letter", "referrer", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSpeller(koreanSite(t, posts))
			got, _ := s.respell(tt.typed, 0)
			if got.doubtful {
				got.text += "?"
			}
			if got.text != tt.want {
				t.Errorf("%s is taken for %q, want %q (with ? if in doubt)", tt.typed, got.text, tt.want)
			}
		})
	}
}
