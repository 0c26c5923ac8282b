package chars

// rowCells is room for the rows of a comparison with a word of forty letters, which most are shorter than.
const rowCells = 3 * 41

// Edits returns the number of edits that make b of a, and anything above limit when there are more than that. An edit is a letter
// inserted, left out, replaced or swapped with the next. No part is edited twice: this is the optimal string alignment
// distance (Damerau, 1964, after Wagner and Fischer, 1974). The time is the product of the lengths.
func Edits[T comparable](a, b []T, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	wide := len(b) + 1
	var room [rowCells]int // most comparisons need no allocation
	cells := room[:]
	if 3*wide > rowCells {
		cells = make([]int, 3*wide)
	}
	before, last, row := cells[:wide], cells[wide:2*wide], cells[2*wide:3*wide]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
