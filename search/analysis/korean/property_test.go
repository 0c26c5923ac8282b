package korean

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// check fails unless the terms of text are what Morphemes promises of any text.
func check(t *testing.T, a *Analyzer, text string) {
	t.Helper()
	terms := a.Morphemes(nil, text)
	covered, last := map[int]bool{}, 0
	for i, m := range terms {
		switch {
		case m.Start < last || m.End <= m.Start || m.End > len(text):
			t.Fatalf("%q: term %d of %v lies outside or out of order", text, i, terms)
		case border(text, m.Start) != nil || border(text, m.End) != nil:
			t.Fatalf("%q: term %d of %v begins or ends inside a rune", text, i, terms)
		case strings.ContainsFunc(text[m.Start:m.End], blank):
			t.Fatalf("%q: term %d of %v reaches over a blank", text, i, terms)
		case m.Term == "" || m.POS == "":
			t.Fatalf("%q: term %d of %v is empty", text, i, terms)
		case utf8.ValidString(text) && norm.NFC.IsNormalString(text) && !norm.NFC.IsNormalString(m.Term):
			t.Fatalf("%q: term %q is not composed", text, m.Term)
		case m.Whole && (i+1 == len(terms) || terms[i+1].Start < m.Start || terms[i+1].End > m.End):
			t.Fatalf("%q: no part follows %v", text, m)
		case m.Term != text[m.Start:m.End] && !declared(a, text[m.Start:m.End], m.Term):
			t.Fatalf("%q: term %q for %q is neither in the text nor in the dictionary", text, m.Term, text[m.Start:m.End])
		}
		last = m.Start
		covered[strings.LastIndexFunc(text[:m.Start], blank)] = true
	}
	for at := range eojeols(text) {
		if !covered[strings.LastIndexFunc(text[:at], blank)] {
			t.Fatalf("%q: no term for the eojeol at %d", text, at)
		}
	}
	if diff := cmp.Diff(terms, a.Morphemes(nil, text)); diff != "" {
		t.Fatalf("%q again (-first +second):\n%s", text, diff)
	}
}

func blank(r rune) bool { return r < utf8.RuneSelf && parts(byte(r)) }

// border returns an error if a byte offset lies inside a rune of valid UTF-8.
func border(text string, at int) error {
	for back := 1; back < utf8.UTFMax && back <= at; back++ {
		if _, size := utf8.DecodeRuneInString(text[at-back:]); size > back {
			return fmt.Errorf("%d is %d bytes into a rune", at, back)
		}
	}
	return nil
}

// declared reports whether the dictionary has a word in or around the surface for which it declares the term: a stem,
// the root of a verb, a part or a reading. Words are looked up in all pieces of the surface.
func declared(a *Analyzer, surface, term string) bool {
	d := a.dict
	runes := []rune(surface)
	for from := range runes {
		node := uint32(0)
		for to := from; to < len(runes); to++ {
			if node = d.Lexicon.Step(node, runes[to]); node == 0 {
				break
			}
			word := string(runes[from : to+1])
			entries, first := d.Lexicon.Entries(node)
			for i, e := range entries {
				if d.Reading(first+uint32(i), word) == term {
					return true
				}
				for _, p := range d.Parts(d.Form(e)) {
					text := d.PartText(p)
					if strings.HasSuffix(term, text) || slices.ContainsFunc(carriers[:], func(c string) bool { return strings.HasSuffix(term+c, text) }) {
						return true
					}
				}
			}
		}
	}
	return false
}

var hostile = []string{
	"", " ", "\x00", "\xff\xfe", "가\xff나", "\xea\xb0", "가\u200b나", "ᄀ\u1161ᆨ", "\u1112\u119e\u11ab", "ﾡﾢﾣ", "ㄱㄴㄷ",
	"가\u0301", "👨‍👩‍👧", "𠀀字", "大韓民國", "가 나  다 ", "\ufeff가", "\t가\n나", strings.Repeat("가", 5000), strings.Repeat("\xff", 5000),
	strings.Repeat("ㅋ", 5000), strings.Repeat("쿠버네티스", 30), strings.Repeat("漢", 3000),
}

func TestProperties(t *testing.T) {
	a := open(t, "카카오뱅크: 카카오 뱅크\n가나다")
	for _, text := range hostile {
		check(t, a, text)
	}
	for _, c := range specs(t, "testdata/terms.txt") {
		check(t, a, c.text)
		if testing.Short() {
			continue
		}
		for i := range c.text { // cut short anywhere, also inside a rune
			check(t, a, c.text[:i])
			check(t, a, c.text[i:])
		}
	}
}

func TestPropertiesOfPosts(t *testing.T) {
	a := open(t, "")
	texts := posts(t)
	if !full() {
		texts = every(texts, 50)
	}
	for _, text := range texts {
		for line := range strings.Lines(text) {
			check(t, a, line)
		}
	}
}

func FuzzMorphemes(f *testing.F) {
	for _, c := range specs(f, "testdata/terms.txt") {
		f.Add(c.text)
	}
	for _, text := range hostile {
		f.Add(text)
	}
	a := open(f, "카카오뱅크: 카카오 뱅크\n가나다")
	f.Fuzz(func(t *testing.T, text string) { check(t, a, text) })
}

// TestConcurrent opens and analyzes from many goroutines; the race detector and the comparison watch.
func TestConcurrent(t *testing.T) {
	const text = "쿠버네티스를 처음 설치하는 사람들을 위한 안내서 大韓民國"
	want := open(t, "").Morphemes(nil, text)
	a := open(t, "")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if diff := cmp.Diff(want, a.Morphemes(nil, text)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
	wg.Wait()
}

// TestLong takes a megabyte without a blank; the bound is generous, what matters is that it is not quadratic.
func TestLong(t *testing.T) {
	a := open(t, "")
	n := 25_000
	if testing.Short() {
		n /= 5
	}
	text := strings.Repeat("가나다라마바사아자차카타파하", n)
	start := time.Now()
	terms := a.Morphemes(nil, text)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%d bytes took %v", len(text), took)
	}
	if len(terms) == 0 {
		t.Error("no terms")
	}
}
