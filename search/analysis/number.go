package analysis

import (
	"slices"
	"strings"
)

// numberLen returns the number of runs at the beginning of runs that make one number with points: 3.14, v2.6.1. It is 0
// when runs begin with no number, and 1 for a date (2024.5.1), which is as often written with blanks.
func numberLen(text string, runs []run) int {
	v := isV(text, runs)
	if runs[0].script != digit && !v {
		return 0
	}
	n := 1
	for n < min(len(runs), maxNumbers) && runs[n].script == digit && text[runs[n-1].end:runs[n].start] == "." {
		n++
	}
	if n == 3 && runs[0].end-runs[0].start == len("2024") || n > 1 && goesOn(text, runs[0].start) {
		n = 1
	}
	if n == 1 && v {
		return 0
	}
	return n
}

// goesOn reports whether the number at start follows another and a point.
func goesOn(text string, start int) bool {
	return start >= 2 && text[start-1] == '.' && asciiScript(rune(text[start-2])) == digit
}

// maxNumbers bounds the numbers with points between them that count as one: an address has four, and more are a list.
const maxNumbers = 5

// isV reports whether runs begin with a number behind the v of versions.
func isV(text string, runs []run) bool {
	name := text[runs[0].start:runs[0].end]
	return len(name) > 1 && name[0]|0x20 == 'v' && strings.Trim(name[1:], "0123456789") == ""
}

// number adds a number. One with points is a whole: in a version the first numbers name the release and its series (2.6.1,
// 2.6, 2), so these are its parts, at one position. What follows them says nothing alone. The v of a version is no part
// of it, but v2 is a name too.
func (b *builder) number(text string, runs []run) {
	start, last := runs[0].start, len(runs)-1
	digits := start
	v := isV(text, runs)
	if v {
		digits++
	}
	for i := last; i > 0; i-- {
		b.whole(number(fold(text[digits:runs[i].end])), start, runs[i].end)
	}
	if v {
		b.whole(fold(text[start:runs[0].end]), start, runs[0].end)
	}
	b.term(number(fold(text[digits:runs[0].end])), digits, runs[0].end)
}

// quantity adds runs that begin with a number of n runs, and the words and digits that touch it. The morphological analyzer
// reads a plain number together with what follows: 만 is a number in 70만 and a particle elsewhere. A number with commas or
// points (1,000원) is ours, and the morphological analyzer reads only what follows it.
func (a *Analyzer) quantity(b *builder, text string, runs []run, n int) {
	last := runs[max(n, 1)-1]
	start := last.start + strings.LastIndexByte(text[last.start:last.end], ',') + 1
	ours := n > 1 || start > last.start
	if ours {
		b.number(text, runs[:n])
	}
	morphs := a.reader(runs).Morphemes(nil, text[start:runs[len(runs)-1].end])
	if ours {
		morphs = slices.DeleteFunc(morphs, func(m Morph) bool { return start+m.Start < last.end })
	}
	b.morphs(morphs, start)
}
