package pairs

import (
	"strings"
	"testing"
	"unicode/utf8"

	"chaja/search/chars"

	"golang.org/x/text/unicode/norm"
)

func FuzzAdd(f *testing.F) {
	for _, s := range readSpecs(f, "testdata/learn.txt") {
		f.Add(s.input)
	}
	f.Add("가(a)가(a) .(.+ c++(씨)(((")
	f.Fuzz(func(t *testing.T, input string) {
		l := NewLearner()
		addPosts(l, input)
		addPosts(l, input)
		learned := l.Learn()
		set := NewSet(learned, nil)
		for _, p := range learned {
			if chars.Key(p.A) == "" || chars.Key(p.B) == "" || chars.Key(p.A) == chars.Key(p.B) || p.Count < 1 || len(p.Evidence) == 0 || len(p.Evidence) > maxEvidence {
				t.Errorf("odd pair %+v", p)
			}
			for _, word := range []string{p.A, p.B} {
				if !utf8.ValidString(word) || norm.NFC.String(strings.ToLower(word)) != word || strings.Join(strings.Fields(word), " ") != word {
					t.Errorf("%q is not canonical", word)
				}
				if n := len(set.Of(word)); n == 0 || n > MaxSpellings {
					t.Errorf("%q has %d spellings", word, n)
				}
			}
		}
	})
}

func FuzzReadFile(f *testing.F) {
	f.Add("쿠버네티스 = kubernetes = k8s\n! 리액트 = 리액터\n# 끝\n혼자\n= \xff\n")
	f.Fuzz(func(t *testing.T, input string) {
		file, mistakes := ReadFile(strings.NewReader(input), "words")
		if file == nil {
			t.Fatalf("no file beside the mistakes %v", mistakes)
		}
		set := NewSet(nil, file)
		for _, group := range file.Groups {
			if len(group) < 2 || len(group) > maxGroupWords {
				t.Errorf("a group of %d words", len(group))
			}
			for _, word := range group {
				if n := len(set.Of(word)); n > MaxSpellings {
					t.Errorf("%q has %d spellings", word, n)
				}
			}
		}
	})
}
