package suggest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chaja/search/chars"
	"chaja/search/hangul"
	"chaja/search/snippet"
)

// seeds are what the tables type.
var seeds = []string{
	"카카ㅇ", "카캉", "칵", "카카오뱈", "ㄱ", "고", "과", "관", "서울특별시 ㄱ", "ㅋㅋㅇㅂㅋ", "ㅋㅋㅇ ㅂㅋ", "카ㅋㅇ", "ㅄ", "카카오 뱅", "부트 스프",
	"script", "c++", "[", "A", "CZ C", "\u110f\u1161", "ＫＵＢＥＲ", "카카\xff오", "쿠버네티즈", "스프링부투", "자바스크릿트", "kuberentes", "\u0130", "漢ㄱ", "e\u0301", "tjdnf 산", "강남구 t", "JavaScriptdhk ㅆㅛㅔㄷ", "kubernetes)fh qovh", "typescript ㄴㅊ", "ZX!!C",
}

// FuzzAsk asks everything of a site: nothing panics, and every answer matches what was typed where it says so.
func FuzzAsk(f *testing.F) {
	v := site(f)
	for _, q := range seeds {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		typed := readTyped(q)
		list := v.Complete(q, 7)
		if len(list) > 7 {
			t.Errorf("Complete(%q, 7) has %d suggestions", q, len(list))
		}
		seen := make(map[string]bool)
		for _, s := range list {
			if seen[s.Text] {
				t.Errorf("Complete(%q) has %q twice", q, s.Text)
			}
			seen[s.Text] = true
			if !answers(v, typed, s) {
				t.Errorf("Complete(%q) has %+v, which does not match", q, s)
			}
		}
		for _, word := range v.Prefix(q, 7) {
			if !begins(typed, appendKey(nil, []byte(word))) {
				t.Errorf("Prefix(%q) has %q", q, word)
			}
		}
		starting, inside := v.Initials(q, 7)
		for _, text := range append(starting, inside...) {
			if !holds(text, typed.pattern) {
				t.Errorf("Initials(%q) has %q", q, text)
			}
		}
		if better, ok := v.Correct(q, v.Docs); ok {
			key := appendKey(nil, []byte(better.Text))
			if d := chars.Edits(typed.key, key, 2); d != better.Edits && better.Edits > 1 || d == 0 || better.Edits < 1 || v.Docs(better.Text) == 0 {
				t.Errorf("Correct(%q) = %+v, %d edits away", q, better, d)
			}
		}
	})
}

// answers reports whether s is an answer to what was typed, as it was or on the other keyboard layout.
func answers(v *Vocabulary, t typed, s Suggestion) bool {
	if marks(t, s) {
		return true
	}
	return slices.ContainsFunc(hangul.OtherLayout(t.text), func(other string) bool { return marks(readTyped(other), s) }) ||
		marksReadings(v, t, s)
}

// marksReadings reports whether the spans of s hold each word of what was typed in one of its readings.
func marksReadings(v *Vocabulary, t typed, s Suggestion) bool {
	var marked [][]byte
	for _, span := range s.Spans {
		if span.Start >= span.End || span.End > len(s.Text) || !border(s.Text, span) {
			return false
		}
		marked = append(marked, appendKey(nil, []byte(s.Text[span.Start:span.End])))
	}
	words, _ := v.readings(keyWords(t.text))
	for _, readings := range words {
		if !slices.ContainsFunc(readings, func(word typed) bool {
			return slices.ContainsFunc(marked, func(key []byte) bool { return bytes.Contains(key, word.key) || word.abbrev })
		}) {
			return false
		}
	}
	return len(marked) > 0
}

// marks reports whether the spans of s lie in its text, in order and at the borders of characters, and hold what was
// typed.
func marks(typed typed, s Suggestion) bool {
	marked := make([][]byte, len(s.Spans))
	last := 0
	for i, span := range s.Spans {
		if span.Start >= span.End || span.End > len(s.Text) || !border(s.Text, span) {
			return false
		}
		if len(typed.words) < 2 && span.Start < last {
			return false
		}
		last = span.End
		marked[i] = []byte(s.Text[span.Start:span.End])
	}
	switch {
	case len(marked) == 0:
		return false
	case len(typed.key) == 0:
		return strings.HasPrefix(s.Text, typed.text)
	case len(marked) > 1:
		for i, span := range s.Spans {
			if span.Term >= len(typed.words) {
				return false // of words on the other layout
			}
			if _, _, ok := matchAt(marked[i], 0, typed.words[span.Term].pattern); !ok && !begins(typed, appendKey(nil, marked[i])) &&
				!bytes.HasPrefix(appendKey(nil, marked[i]), typed.words[span.Term].key) {
				return false
			}
		}
		return true
	}
	_, _, ok := matchAt(marked[0], 0, typed.pattern)
	return ok || begins(typed, appendKey(nil, marked[0]))
}

func border(text string, s snippet.Span) bool {
	return utf8.RuneStart(text[s.Start]) && (s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// begins reports whether a key begins with what was typed or one of its loose forms.
func begins(typed typed, key []byte) bool {
	for _, want := range append(typed.loose(), typed.key) {
		if len(want) > 0 && bytes.HasPrefix(key, want) {
			return true
		}
	}
	return false
}

// holds reports whether a text has a pattern anywhere.
func holds(text string, pattern []byte) bool {
	for i := range text {
		if _, _, ok := matchAt([]byte(text), i, pattern); ok {
			return true
		}
	}
	return false
}

// FuzzRead opens a file with a part of it altered or cut, also with a checksum that is right: an error, or a
// vocabulary that answers.
func FuzzRead(f *testing.F) {
	whole, err := site(f).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	for at := len(magic); at < len(whole); at += 97 {
		f.Add(at, []byte{0xff, 0xff, 0xff}, len(whole))
		f.Add(at, []byte{}, at)
	}
	f.Fuzz(func(t *testing.T, at int, patch []byte, size int) {
		data := bytes.Clone(whole[:min(max(size, 0), len(whole))])
		copy(data[min(max(at, 0), len(data)):], patch)
		if v, err := Read(data); err == nil {
			askAll(v)
		}
		if body := len(data) - 4; body > 0 {
			binary.LittleEndian.PutUint32(data[body:], crc32.Checksum(data[:body], crc32.MakeTable(crc32.Castagnoli)))
		}
		if v, err := Read(data); err == nil {
			askAll(v)
		}
	})
}

func askAll(v *Vocabulary) {
	for _, q := range []string{"ㄱ", "카카오 뱅", "ㅋㅋㅇㅂㅋ", "카카오뱈", "[", "자바스크릿트"} {
		v.Complete(q, 5)
		v.Prefix(q, 5)
		v.Initials(q, 5)
		v.Correct(q, v.Docs)
		v.Docs(q)
	}
}

// FuzzBuild builds a vocabulary of any texts: it opens again, and finds each of its titles by its first character.
func FuzzBuild(f *testing.F) {
	for i, q := range seeds {
		f.Add(q, seeds[len(seeds)-1-i], "tag")
	}
	f.Add("_0", "0", "0")
	f.Fuzz(func(t *testing.T, title, heading, tag string) {
		for _, s := range []string{title, heading, tag} {
			if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
				return // no such text is in a post
			}
		}
		b := NewBuilder()
		b.Post(post("/1/", title, []string{tag}, heading))
		b.Post(post("/2/", heading, []string{title}, tag))
		b.Term(tag, 2)
		v := reopen(t, b.Build())
		same := chars.TagKey(heading) == chars.TagKey(title) || chars.TagKey(tag) == chars.TagKey(title) // perhaps under another spelling
		if text := strings.Join(strings.Fields(title), " "); text != "" && !same {
			_, size := utf8.DecodeRuneInString(text)
			if len(v.Complete(text[:size], 3)) == 0 {
				t.Errorf("Complete(%q) is empty, with a title %q", text[:size], text)
			}
		}
	})
}
