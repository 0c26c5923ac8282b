package chars

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestComposed: every character, alone and beside those that compose with most, becomes what norm makes of it.
func TestComposed(t *testing.T) {
	inert := 0
	for r := rune(0); r < 0x30000; r++ { // the planes behind have nothing that is composed
		if !utf8.ValidRune(r) {
			continue
		}
		if p := norm.NFC.PropertiesString(string(r)); isInert(r) {
			inert++
			if p.CCC() != 0 || !norm.NFC.IsNormalString("a"+string(r)) || !norm.NFC.IsNormalString("가"+string(r)) {
				t.Errorf("%U is not inert", r)
			}
		}
		for _, s := range []string{"가" + string(r) + "\u11a8", "e" + string(r) + "\u0301"} {
			if want := norm.NFC.String(s); Composed(s) != want || IsComposed(s) != (want == s) {
				t.Fatalf("%q becomes %q, want %q; is composed: %v", s, Composed(s), want, IsComposed(s))
			}
		}
	}
	if inert < 30000 {
		t.Errorf("only %d characters are inert", inert)
	}
	for _, s := range []string{"", "\xff", "a\xea\xb0", "가\xed\xa0\x80"} {
		if got := Composed(s); got != norm.NFC.String(s) {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}

func BenchmarkComposed(b *testing.B) {
	text := strings.Repeat("법률 제1조(목적) 이 문서는 API를 설명한다. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if Composed(text) != text {
			b.Fatal("it is another text")
		}
	}
}
