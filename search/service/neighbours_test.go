package service

import (
	"testing"

	"chaja/search"
)

// TestNeighbours: of a post of many passages one is near by chance. It comes behind a short one that is hardly less near, and is
// never farther than what is not near at all.
func TestNeighbours(t *testing.T) {
	for vectors, want := range map[int]string{0: "abcd", 1: "abcd", 100: "bacd", 1 << 30: "bcad"} {
		near := neighboursOf([]search.Near{
			{ID: "a", Standard: 5, Vectors: vectors}, {ID: "b", Standard: 4, Vectors: 1}, {ID: "a", Standard: 3.9, Vectors: vectors},
			{ID: "c", Standard: 3, Vectors: 1}, {ID: "d", Standard: 1, Vectors: 1},
		})
		got := ""
		for _, post := range near.posts {
			got += post.ID
			if post.Standard < near.floor {
				t.Errorf("%s has %.2f, the floor is %.2f", post.ID, post.Standard, near.floor)
			}
		}
		if got != want || near.floor != 1 {
			t.Errorf("%d vectors: %s, want %s; floor %.2f", vectors, got, want, near.floor)
		}
	}
}
