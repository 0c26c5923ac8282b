package korean

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestUserWords(t *testing.T) {
	tests := []struct{ name, words, text, want string }{
		{"a word with parts", "챗지피티: 챗 지피티", "챗지피티를", "챗지피티/NNG 0-12 whole\n챗/NNG 0-3\n지피티/NNG 3-12"},
		{"a word without", "아름이", "아름이의", "아름이/NNG 0-9"},
		{"in the middle of an eojeol", "지피티", "새지피티도", "새지피티/NNG 0-12 whole\n지피티/NNG 3-12"},
		{"adds, never replaces", "삼성", "삼성전자", "삼성전자/NNG 0-12 whole\n삼성/NNG 0-6\n전자/NNG 6-12"},
		{"comments, blanks and empty lines", "# 말\n\n 아름이 # 이름\r\n", "아름이", "아름이/NNG 0-9"},
		{"NFD", "\u1100\u1161\u1102\u1161다", "가나다", "가나다/NNG 0-9"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(open(t, test.words).Morphemes(nil, test.text))); diff != "" {
				t.Errorf("Morphemes(%q) (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestUserWordsErrors(t *testing.T) {
	tests := []struct{ name, words, want string }{
		{"other scripts", "가나\nabc", `words.txt:2: "abc": 'a' is not a Hangul syllable`},
		{"parts that do not add up", "가나다: 가 다", `words.txt:1: "가나다": the parts make "가다"`},
		{"twice", "가나\n다라\n가나", `words.txt:3: "가나" is already in line 1`},
		{"nothing before the colon", ": 가 나", "words.txt:1: no word before the colon"},
		{"too long", strings.Repeat("가", 34), "words.txt:1: a word of 102 bytes, at most 100 are taken"},
		{"several at once", "a\nb", "words.txt:1: \"a\": 'a' is not a Hangul syllable\nwords.txt:2: \"b\": 'b' is not a Hangul syllable"},
		{"a line too long", "가나\n" + strings.Repeat("a", 1<<17), "words.txt:2: a line of more than 65536 bytes: write one word a line"},
		{"a blank inside", "가 나", `words.txt:1: "가 나": ' ' is not a Hangul syllable`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadUserWords(strings.NewReader(test.words), "words.txt")
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	_, err := ReadUserWords(strings.NewReader(strings.Repeat("a\n", 25)), "words.txt")
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 21 || lines[20] != "words.txt: and 5 more" {
		t.Errorf("25 mistakes give %d lines, the last %q", len(lines), lines[len(lines)-1])
	}
	var many strings.Builder
	for i := range mostWords + 1 {
		fmt.Fprintf(&many, "%c%c\n", '가'+i%11172, '가'+i/11172)
	}
	_, err = ReadUserWords(strings.NewReader(many.String()), "words.txt")
	if diff := cmp.Diff("words.txt:65537: more than 65536 words: leave out what is rare", fmt.Sprint(err)); diff != "" {
		t.Errorf("too many words (-want +got):\n%s", diff)
	}
	dir, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	_, err = ReadUserWords(dir, "folder")
	if diff := cmp.Diff("read user words from folder: is a directory: give a file with one word a line", fmt.Sprint(err)); diff != "" {
		t.Errorf("a folder (-want +got):\n%s", diff)
	}
	broken := errors.New("broken")
	if _, err := ReadUserWords(iotest.ErrReader(broken), "words.txt"); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}

func TestVersion(t *testing.T) {
	none, some, other := open(t, ""), open(t, "가나다"), open(t, "가나다: 가나 다")
	if none.Version() != open(t, "# nothing\n").Version() {
		t.Error("a comment changes the version")
	}
	if none.Version() == some.Version() || some.Version() == other.Version() {
		t.Errorf("versions %s, %s, %s: want three", none.Version(), some.Version(), other.Version())
	}
}

func TestCacheStats(t *testing.T) {
	a, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	a.Morphemes(nil, "등대가 등대가 파도를")
	if hits, misses := a.CacheStats(); hits != 1 || misses != 2 {
		t.Errorf("%d hits, %d misses, want 1 and 2", hits, misses)
	}
}
