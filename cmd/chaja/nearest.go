package main

import (
	"slices"
	"strings"

	"chaja/search/chars"
)

// nearest returns the name that word may have been meant for, the first in order of several, "" for none: one edit away
// in short words, two in words of six letters and more. Farther ones have nothing to do with it.
func nearest(word string, names []string) string {
	word = strings.ToLower(word)
	best, distance := "", min(2, max(1, len([]rune(word))/3))+1
	for _, name := range slices.Sorted(slices.Values(names)) {
		if d := chars.Edits([]rune(word), []rune(name), distance-1); d < distance && d < len([]rune(name)) {
			best, distance = name, d
		}
	}
	return best
}
