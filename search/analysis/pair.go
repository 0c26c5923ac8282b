package analysis

// isPair reports whether the runs at i and i+1 are a name of two words: Latin with capitals, a blank between them, and no
// third beside them. Many write Spring Boot as one word, so it is found as one. In English prose, where capitals go on or
// small words follow, and for small letters the whole would cost more of the index than it finds.
func isPair(text string, runs []run, i int) bool {
	return latinBeside(text, runs, i) && isCapital(text, runs[i]) && isCapital(text, runs[i+1]) &&
		(i == 0 || !latinBeside(text, runs, i-1)) && !latinBeside(text, runs, i+1)
}

// latinBeside reports whether the runs at i and i+1 are ASCII words with one blank between them.
func latinBeside(text string, runs []run, i int) bool {
	if i+1 >= len(runs) || runs[i].script != alphabetic || runs[i+1].script != alphabetic {
		return false
	}
	return text[runs[i].end:runs[i+1].start] == " " && isASCII(text[runs[i].start:runs[i+1].end])
}

func isCapital(text string, r run) bool { return isUpper(text[r.start : r.start+1]) }

// pair adds the whole of a name of two words, which follow.
func (b *builder) pair(text string, first, second run) {
	name := fold(text[first.start:first.end]) + fold(text[second.start:second.end])
	if len(name) <= maxWhole {
		b.whole(stem(name), first.start, second.end)
	}
}
