package main

import (
	"slices"
	"strings"
)

// nearest returns the name that word may have been meant for, the first in order of several, "" for none: one edit away
// in short words, two in words of six letters and more. Farther ones have nothing to do with it.
func nearest(word string, names []string) string {
	word = strings.ToLower(word)
	best, distance := "", min(2, max(1, len([]rune(word))/3))+1
	for _, name := range slices.Sorted(slices.Values(names)) {
		if d := edits(word, name); d < distance && d < len([]rune(name)) {
			best, distance = name, d
		}
	}
	return best
}

// edits counts the letters to insert, delete, replace or swap with the next that make a to b (optimal string alignment:
// Damerau, 1964, after Wagner and Fischer, 1974).
func edits(a, b string) int {
	from, to := []rune(a), []rune(b)
	table := make([][]int, len(from)+1)
	for i := range table {
		table[i] = make([]int, len(to)+1)
		table[i][0] = i
	}
	for j := range table[0] {
		table[0][j] = j
	}
	for i, r := range from {
		for j, other := range to {
			replaced := table[i][j]
			if r != other {
				replaced++
			}
			d := min(replaced, table[i][j+1]+1, table[i+1][j]+1)
			if i > 0 && j > 0 && r == to[j-1] && from[i-1] == other {
				d = min(d, table[i-1][j-1]+1)
			}
			table[i+1][j+1] = d
		}
	}
	return table[len(from)][len(to)]
}
