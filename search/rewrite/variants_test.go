package rewrite

import (
	"slices"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/lexicon"

	"chaja/search/indextest/fakekorean"
	"chaja/search/lexicon/pairs"
	"chaja/search/match"
)

// TestRespacedPair: the other spelling of a name is looked for as the site writes it, with a blank or without.
func TestRespacedPair(t *testing.T) {
	tests := []struct{ name, file, tag, text, want string }{
		{"joined in a tag", "스프링부트 = spring boot", "SpringBoot", "스프링 부트", "springboot"},
		{"with a blank in a tag", "넥스트제이에스 = nextjs", "next js", "넥스트제이에스", "next js"},
		{"nowhere", "스프링부트 = spring boot", "other", "스프링 부트", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, err := pairs.ReadFile(strings.NewReader(tt.file), "chaja-pairs.txt")
			if err != nil {
				t.Fatal(err)
			}
			b := lexicon.NewBuilder(fakekorean.New())
			b.Add(&search.Document{ID: "a", Title: "a", Tags: []string{tt.tag}})
			f := NewVariants(b.Build(file), fakekorean.New())
			others := f.Of(tt.text, false)
			has := slices.ContainsFunc(others, func(o match.Variant) bool { return o.Text == tt.want })
			if has != (tt.want != "") || len(others) == 0 {
				t.Errorf("forms of %q: %v, want %q", tt.text, others, tt.want)
			}
		})
	}
}

// TestHeard: a word that no post has is looked for as the word of the site that is heard alike in the other script; a word that is
// there is not, nor one with a pair, nor what a stop word sounds like.
func TestHeard(t *testing.T) {
	b := lexicon.NewBuilder(fakekorean.New())
	b.Add(&search.Document{ID: "a", Title: "kubernetes", Tags: []string{"interface", "스키마", "schema", "those", "sharding", "thread pool", "메시지브로커"}})
	file, err := pairs.ReadFile(strings.NewReader("샤딩 = sharding"), "chaja-pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"쿠버네티스": "kubernetes", "인터페이스!": "interface", "스키마": "", "토스": "", "샤딩": "", "스레드풀": "thread pool", "message broker": "메시지브로커",
	} {
		f := NewVariants(b.Build(file), fakekorean.New())
		heard := f.Heard(strings.Fields(text))
		if heard[text] != want || want == "" && len(heard) > 0 {
			t.Errorf("%s is heard as %q, want %q", text, heard, want)
		}
		for _, v := range f.With(heard).Of(text, false) {
			if want != "" && (v.Text != want || v.Kind != match.Transliteration) {
				t.Errorf("%s may be %+v", text, v)
			}
		}
	}
}

// TestHeardBound: no query compares more than maxHeard words.
func TestHeardBound(t *testing.T) {
	b := lexicon.NewBuilder(fakekorean.New())
	b.Add(&search.Document{ID: "a", Title: "sharding"})
	f := NewVariants(b.Build(nil), fakekorean.New())
	query := strings.Fields(strings.Repeat("프로메테우스 ", 2*maxHeard) + "샤딩")
	if heard := f.Heard(query); len(heard) > 0 {
		t.Errorf("word %d is heard as %q", len(query), heard)
	}
}
