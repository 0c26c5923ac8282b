package match_test

import (
	"testing"
	"unicode/utf8"

	"chaja/search/compile"
	"chaja/search/indextest/fakekorean"
	"chaja/search/query"
)

// FuzzCompile compiles any query and asks it about any text: nothing panics, marks are inside the text, and what
// matches has one of the candidates and does not match in part.
func FuzzCompile(f *testing.F) {
	for _, text := range []string{"red blue", `"red blue" -"a b" tag:x`, "서울시청에서 -net/http", "C++ ? \xff", "category:\"a b\" 70만", `"a a a" a`} {
		f.Add(text, "red blue a a a 서울 시청")
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, text, body string) {
		node := query.Parse(text).Tree
		q, highlighter := compile.Query(node, fakekorean.New(), nil)
		if q == nil {
			return
		}
		doc := document{body: body}.forQuery(q)
		for _, s := range highlighter.Spans(body) {
			if s.Start < 0 || s.Start >= s.End || s.End > len(body) {
				t.Fatalf("%q in %q: mark %+v", text, body, s)
			}
			if utf8.ValidString(body) && !utf8.ValidString(body[s.Start:s.End]) {
				t.Fatalf("%q in %q: mark %+v cuts a character", text, body, s)
			}
		}
		checkCandidates(t, q, doc)
		if loose := q.Loose(); loose != nil {
			checkCandidates(t, loose, doc)
			if matches(q, doc) && !matches(loose, doc) {
				t.Fatalf("%q matches %q in whole and not also loosely", text, body)
			}
		}
	})
}
