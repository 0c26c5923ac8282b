package analysis_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"chaja/search/analysis"
	"chaja/search/indextest/fakekorean"
)

// maxTerm is the promised bound of a term in bytes.
const maxTerm = 128

// check fails the test when the tokens of text break a promise that holds for every text.
func check(t *testing.T, text string) {
	t.Helper()
	analyzer := fakekorean.New()
	lanes := analyzer.Analyze(text)
	borders := map[int]bool{len(text): true}
	for i := 0; i < len(text); {
		borders[i] = true
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	for lane, tokens := range lanes {
		for i, token := range tokens {
			if token.Lane != analysis.Lane(lane) || token.Term == "" || len(token.Term) > maxTerm || !utf8.ValidString(token.Term) {
				t.Fatalf("%q: token %d has a bad term or lane: %+v", text, i, token)
			}
			if token.Start >= token.End || !borders[token.Start] || !borders[token.End] {
				t.Fatalf("%q: token %d is not a range of characters: %+v", text, i, token)
			}
			if i == 0 && token.Position != 0 {
				t.Fatalf("%q: the first token is at position %d", text, token.Position)
			}
			if i > 0 {
				checkNext(t, text, tokens[:i], token)
			}
		}
		if n := len(tokens); n > 0 && tokens[n-1].Whole {
			t.Fatalf("%q: a whole has no parts: %+v", text, tokens[n-1])
		}
	}
	if diff := cmp.Diff(lanes, analyzer.Analyze(text)); diff != "" {
		t.Fatalf("%q: the second analysis differs:\n%s", text, diff)
	}
	if got, want := terms(lanes), terms(analyzer.Analyze(norm.NFC.String(text))); !cmp.Equal(got, want) {
		t.Fatalf("%q: not the terms of its NFC form:\n%s", text, cmp.Diff(want, got))
	}
}

// checkNext compares a token with those before it: no token begins before its predecessor, a whole covers its first part
// and shares its position, parts may share that of their whole, all others stand at successive positions.
func checkNext(t *testing.T, text string, before []analysis.Token, b analysis.Token) {
	t.Helper()
	a := before[len(before)-1]
	alternative := slices.ContainsFunc(before[max(0, len(before)-maxNested):], func(whole analysis.Token) bool {
		return whole.Whole && whole.Position == b.Position && b.End <= whole.End
	})
	next := b.Position == a.Position+1 && !a.Whole || b.Position == a.Position && alternative
	if !next || b.Start < a.Start || a.Whole && b.End > a.End {
		t.Fatalf("%q: tokens do not follow each other: %+v, %+v", text, a, b)
	}
}

// maxNested is how far before a token a whole at the same position stands at most: camelCase has eight words, and wholes
// nest a few deep.
const maxNested = 16

func terms(lanes analysis.Tokens) (all [analysis.Lanes][]string) {
	for lane, tokens := range lanes {
		for _, token := range tokens {
			all[lane] = append(all[lane], token.Term)
		}
	}
	return all
}

// hardTexts are texts that once were or easily are read wrongly.
var hardTexts = []string{
	strings.Repeat("\u0301", 100) + "a" + strings.Repeat("\u0301", 100),
	"가" + strings.Repeat("\u11a8", 50) + "나",
	"\u1100" + strings.Repeat("\u1161", 5) + "\u11a8\u11a8",
	strings.Repeat("\xff가\xea\xb0", 20),
	"\u0344\u0344e\u0344",                // composes to more bytes than it has
	"\ufdfa\ufdfb",                       // eighteen characters in NFKC
	"\u3164\uffa0\u115f",                 // fillers: Hangul without a shape
	"㈜한글 ㉠ ㎏ ㏂",                          // signs made of letters
	"a+" + strings.Repeat("+#", 40),      // signs behind a name
	strings.Repeat("a.", 200),            // a name without end
	strings.Repeat("ｗ", 100),             // a long name in wide letters
	strings.Repeat("aB", 50) + "aaBbCc",  // camelCase without end
	"v1.2.3.4 v1.2만 v1.2.3원 1,000.5만",    // points, commas and Hangul
	"it's' we'll’s x''s 's O'Neill's",    // apostrophes
	"..NET .a .Net.net ʼ.ſt",             // dots before names
	strings.Repeat("가나다1a", 100),         // a word in many scripts
	"x" + strings.Repeat("9가", 64) + ".", //
}

func TestProperties(t *testing.T) {
	for _, text := range hardTexts {
		check(t, text)
	}
	for _, c := range readSpec(t) {
		t.Run(c.name, func(t *testing.T) { check(t, c.input) })
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, c := range readSpec(f) {
		f.Add(c.input)
	}
	for _, text := range hardTexts {
		f.Add(text)
	}
	f.Fuzz(check)
}

// TestLong takes a megabyte without a blank in each script; the bound is generous, what matters is that nothing is
// quadratic.
func TestLong(t *testing.T) {
	const size, bound = 1 << 20, time.Minute
	for name, piece := range map[string]string{
		"Hangul": "가나다라", "Latin": "abcd", "digits": "0123", "Kana": "データ", "mixed": "가a1", "names": "a/b.", "signs": "c++#",
		"accents": "\u0301", "decomposed Hangul": "\u1109\u1165\u11bc", "invalid": "\xff\xea\xb0", "Hangul and blanks": "가 ",
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(piece, size/len(piece))
			start := time.Now()
			lanes := fakekorean.New().Analyze(text)
			if took := time.Since(start); took > bound {
				t.Errorf("%d bytes took %v, want less than %v", len(text), took, bound)
			}
			for _, tokens := range lanes {
				if len(tokens) > len(text) {
					t.Errorf("%d tokens of %d bytes", len(tokens), len(text))
				}
			}
		})
	}
}
