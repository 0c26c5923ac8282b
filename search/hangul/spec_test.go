package hangul

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// specCase is one case of a file in testdata; its head explains the form.
type specCase struct{ name, input, want string }

func readSpec(t testing.TB, file string) []specCase {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []specCase
	blocks := strings.Split(string(data), "\n====\n")
	for _, block := range blocks[1 : len(blocks)-1] {
		lines := strings.Split(block, "\n")
		if len(lines) != 4 || lines[2] != "--" {
			t.Fatalf("%s: malformed case %q", file, block)
		}
		cases = append(cases, specCase{lines[0], lines[1], lines[3]})
	}
	return cases
}

// TestSpec runs the cases of the files in testdata; one alone with -run 'Spec/keyboard/^7:'.
func TestSpec(t *testing.T) {
	files := []struct {
		name string
		do   func(string) string
	}{
		{"letters", func(text string) string {
			var letters []rune
			for _, r := range text {
				letters = AppendLetters(letters, r)
			}
			return string(letters)
		}},
		{"keyboard", ToHangul},
		{"latin", ToLatin},
	}
	for _, file := range files {
		t.Run(file.name, func(t *testing.T) {
			for _, c := range readSpec(t, file.name+".txt") {
				t.Run(c.name, func(t *testing.T) {
					if diff := cmp.Diff(c.want, file.do(c.input)); diff != "" {
						t.Errorf("%q (-want +got):\n%s", c.input, diff)
					}
				})
			}
		})
	}
}

func TestIsPattern(t *testing.T) {
	tests := []struct {
		word string
		want bool
	}{
		{"ㅋㅋㅇㅂㅋ", true}, {"카ㅋㅇ", true}, {"카카ㅇ", true}, {"ㅇㅇㅍ16", true}, {"ㄳ", true}, {"\u110f", true},
		{"ㅊ#", false}, {"ㅊ++", false}, {"카카오", false}, {"java", false}, {"ㅓㅁㅍㅁ", false}, {"네갸ㅜㅎ", false}, {"", false},
	}
	for _, test := range tests {
		if got := IsPattern(test.word); got != test.want {
			t.Errorf("IsPattern(%q) = %v, want %v", test.word, got, test.want)
		}
	}
}

// TestOtherLayout: capitals are read with shift, with caps lock, and as small letters, the likeliest first.
func TestOtherLayout(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"zkvmzk", []string{"카프카"}},
		{"ㅏㅁ라ㅁ", []string{"kafka"}},
		{"djEjgrp", []string{"어떻게", "어덯게"}},
		{"RLCH", []string{"기초", "끼초"}},
		{"DJeJGRP", []string{"어떻게", "어덯꼐", "어덯게"}},
		{"Zkvmzk", []string{"카프카"}},
		{"16", nil},
		{"", nil},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, OtherLayout(test.text)); diff != "" {
			t.Errorf("OtherLayout(%q) (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestKeyboardBothWays types every syllable after and before every kind of neighbour and composes it again.
func TestKeyboardBothWays(t *testing.T) {
	for r := First; r <= Last; r++ {
		for _, neighbour := range []rune{'가', '갃', '아', '씨', '삯', '왜'} {
			text := string([]rune{r, neighbour, r, r})
			if got := ToHangul(ToLatin(text)); got != text {
				t.Fatalf("ToHangul(ToLatin(%q)) = %q", text, got)
			}
		}
	}
}

// FuzzKeyboard: typing blind never fails, and what it gives is stable: its own keys give it again.
func FuzzKeyboard(f *testing.F) {
	for _, file := range []string{"keyboard.txt", "latin.txt", "letters.txt"} {
		for _, c := range readSpec(f, file) {
			f.Add(c.input)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := ToHangul(text)
		if again := ToHangul(ToLatin(once)); again != once && !strings.ContainsFunc(text, isHangul) {
			t.Errorf("ToHangul(%q) = %q, and from its keys %q", text, once, again)
		}
	})
}

func isHangul(r rune) bool {
	r = Compatibility(r)
	return IsSyllable(r) || IsConsonant(r) || IsVowel(r)
}
