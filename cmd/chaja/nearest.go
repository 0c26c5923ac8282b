package main

import "slices"

// nearest returns the name that takes the fewest edits to be word, the first in order of several.
func nearest(word string, names []string) string {
	names = slices.Sorted(slices.Values(names))
	return slices.MinFunc(names, func(a, b string) int { return edits(word, a) - edits(word, b) })
}

// edits counts the letters to insert, delete or replace that make a to b (Wagner and Fischer, 1974).
func edits(a, b string) int {
	to := []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range []rune(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j, other := range to {
			replaced := diagonal
			if r != other {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
