package hangul

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestSplit(t *testing.T) {
	tests := []struct {
		name string
		in   rune
		want [3]rune
	}{
		{"first", '가', [3]rune{'ㄱ', 'ㅏ', 0}},
		{"last", '힣', [3]rune{'ㅎ', 'ㅣ', 'ㅎ'}},
		{"double letters", '꿻', [3]rune{'ㄲ', 'ㅞ', 'ㄼ'}},
		{"a letter", 'ㄱ', [3]rune{}},
		{"another script", 'a', [3]rune{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			initial, vowel, final := Split(test.in)
			if got := [3]rune{initial, vowel, final}; got != test.want {
				t.Errorf("Split(%q) = %q, want %q", test.in, got, test.want)
			}
			if HasFinal(test.in) != (test.want[2] != 0) {
				t.Errorf("HasFinal(%q) = %v", test.in, HasFinal(test.in))
			}
		})
	}
}

// TestSplitAll holds every syllable against its canonical decomposition.
func TestSplitAll(t *testing.T) {
	for r := First; r <= Last; r++ {
		var want [3]rune
		for i, jamo := range []rune(norm.NFD.String(string(r))) {
			want[i] = Compatibility(jamo)
		}
		initial, vowel, final := Split(r)
		if got := [3]rune{initial, vowel, final}; got != want {
			t.Errorf("Split(%q) = %q, want %q", r, got, want)
		}
	}
}

func TestCompatibility(t *testing.T) {
	for in, want := range map[rune]rune{0x1100: 'ㄱ', 0x1112: 'ㅎ', 0x1161: 'ㅏ', 0x1175: 'ㅣ', 0x11a8: 'ㄱ', 0x11ab: 'ㄴ', 0x11c2: 'ㅎ', 'ㄱ': 'ㄱ', '가': '가', 0x119e: 0x119e} {
		if got := Compatibility(in); got != want {
			t.Errorf("Compatibility(%U) = %q, want %q", in, got, want)
		}
	}
}

func TestLayoutOf(t *testing.T) {
	for text, want := range map[string][2]bool{ // composed, typed
		"카카오": {true, true}, "카ㅋ": {false, true}, "ㅋㅋ": {false, true}, "카카오api": {false, true}, "api": {false, false}, "2.6": {false, false},
	} {
		if got := [2]bool{IsComposed(text), IsTyped(text)}; got != want {
			t.Errorf("IsComposed and IsTyped of %s = %v, want %v", text, got, want)
		}
	}
}
