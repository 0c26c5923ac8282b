package analysis

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxCamel bounds the words in one camelCase name: AbstractSingletonProxyFactoryBean has five, and what has more than
// eight is data (base64).
const maxCamel = 8

// latin adds a word of letters. A name in camelCase is a whole with its words as parts, one that begins with a dot (.NET)
// has itself without the dot as its part. All of them share one position: people write GitHub, Github and github alike, so
// that in a phrase the name is one word.
func (b *builder) latin(text string, r run) {
	name := strings.TrimPrefix(text[r.start:r.end], ".")
	start := r.end - len(name)
	words := camel(name)
	dotted := start > r.start
	if !dotted && len(words) == 0 {
		b.term(stem(name), r.start, r.end)
		return
	}
	if dotted {
		b.whole("."+fold(name), r.start, r.end)
	}
	if len(words) > 0 {
		b.whole(stem(name), start, r.end)
	} else {
		words = []string{name}
	}
	for _, word := range words {
		b.term(stem(word), start, start+len(word))
		b.position--
		start += len(word)
	}
	b.position++
}

// camel cuts an ASCII name where its case says that a word begins: get|User|Name, XML|Http|Request, but no letter alone
// (iPhone, PhD) and no plural (URLs) apart. It returns nil for a name of one word.
func camel(name string) []string {
	if !isASCII(name) {
		return nil
	}
	var words []string
	from := 0
	for i := 2; i+1 < len(name); i++ {
		if i-from >= 2 && wordBegins(name, i) {
			words = append(words, name[from:i])
			from = i
		}
	}
	if from == 0 || len(words) >= maxCamel {
		return nil
	}
	return append(words, name[from:])
}

// wordBegins reports whether the letter at i, neither the first nor the last of name, is the first of a word: a capital
// after a small letter, or the last of several capitals before two small letters.
func wordBegins(name string, i int) bool {
	if !isUpper(name[i : i+1]) {
		return false
	}
	if !isUpper(name[i-1 : i]) {
		return isLower(name[i-1])
	}
	return i+2 < len(name) && isLower(name[i+1]) && isLower(name[i+2])
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// clitics are the short words that English writes onto others behind an apostrophe. n't is none: don't is not do.
var clitics = []string{"s", "ll", "re", "ve", "d", "m"}

// cliticEnd returns where the word whose letters end at end ends with what an apostrophe adds to it: user's, don't.
func cliticEnd(text string, end int) int {
	size := apostrophe(text[end:])
	if size == 0 {
		return end
	}
	tail := text[end+size : runEnd(text, end+size, alphabetic)]
	if after := end + size + len(tail); after < len(text) && asciiScript(rune(text[after])) == digit {
		return end
	}
	isTail := func(clitic string) bool { return strings.EqualFold(tail, clitic) }
	if isTail("t") && text[end-1]|0x20 == 'n' || slices.ContainsFunc(clitics, isTail) {
		return end + size + len(tail)
	}
	return end
}

// withoutClitic removes the clitic and the apostrophes of a folded word.
func withoutClitic(word string) string {
	for i := range word {
		size := apostrophe(word[i:])
		if size == 0 || i == 0 {
			continue
		}
		if slices.Contains(clitics, word[i+size:]) {
			return word[:i]
		}
		return word[:i] + word[i+size:]
	}
	return word
}

// apostrophe returns the bytes of the apostrophe that s begins with, typed or typeset; 0 when there is none.
func apostrophe(s string) int {
	switch r, size := utf8.DecodeRuneInString(s); r {
	case '\'', '’':
		return size
	}
	return 0
}

// dotStart returns where a name that begins at i begins when a dot before it is its first character (.NET, .gitignore): i
// where the dot ends a sentence, is between words or calls a method.
func dotStart(text string, i, end int) int {
	switch {
	case i == 0 || text[i-1] != '.' || end-i < 2,
		end < len(text) && text[end] == '(' && isLower(text[i]),
		i >= 2 && !strings.ContainsRune(" \t\n([{<\"'`/,", rune(text[i-2])):
		return i
	}
	return i - 1
}
