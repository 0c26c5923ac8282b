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
