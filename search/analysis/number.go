package analysis

import (
	"slices"
	"strings"
)

// numberLen returns the number of runs at the beginning of runs that make one number with points: 3.14, v2.6.1. It is 0
// when runs begin with no number.
func numberLen(text string, runs []run) int {
	if runs[0].script != digit && !isV(text, runs) {
		return 0
	}
	n := 1
	for n < len(runs) && runs[n].script == digit && text[runs[n-1].end:runs[n].start] == "." {
		n++
	}
	if n == 1 && runs[0].script != digit {
		return 0
	}
	return n
}

// isV reports whether runs begin with a number behind the v of versions.
func isV(text string, runs []run) bool {
	name := text[runs[0].start:runs[0].end]
	return len(name) > 1 && name[0]|0x20 == 'v' && strings.Trim(name[1:], "0123456789") == ""
}

// number adds a number. One with points is a whole, and so are 2.6.1 in v2.6.1 and 2.6 in 2.6.1: a release is called by
// either.
func (b *builder) number(text string, runs []run) {
	first, last := runs[0], runs[len(runs)-1]
	digits := first.start
	if isV(text, runs) {
		b.whole(fold(text[first.start:last.end]), first.start, last.end)
		digits++
	}
	if len(runs) > 1 {
		b.whole(number(fold(text[digits:last.end])), first.start, last.end)
	}
	if len(runs) == release {
		b.whole(number(fold(text[digits:runs[1].end])), first.start, runs[1].end)
	}
	for _, r := range runs {
		b.term(number(fold(text[max(r.start, digits):r.end])), r.start, r.end)
	}
}

// release is how many numbers a version has whose first two are the name of a series (semver.org); four are an address.
const release = 3

// quantity adds a number of n runs and the Hangul and digits that touch it. A plain number the Korean analyzer reads
// together with what follows: 만 is a number in 70만 and a particle elsewhere. One with commas or points (1,000원) is ours;
// it reads what follows behind the end of that.
func (a *Analyzer) quantity(b *builder, text string, runs []run, n int) {
	last := runs[max(n, 1)-1]
	start := last.start + strings.LastIndexByte(text[last.start:last.end], ',') + 1
	ours := n > 1 || start > last.start
	if ours {
		b.number(text, runs[:n])
	}
	morphs := a.korean.Morphemes(nil, text[start:runs[len(runs)-1].end])
	if ours {
		morphs = slices.DeleteFunc(morphs, func(m KoreanMorpheme) bool { return start+m.Start < last.end })
	}
	b.morphemes(morphs, start)
}
