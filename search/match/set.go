package match

import (
	"iter"
	"math/bits"
)

// BatchSize is the most documents that are judged together.
const BatchSize = 1024

// Set is some of the documents of a batch, by their index in it.
type Set [BatchSize / 64]uint64

// firstOf returns the set of the first n documents.
func firstOf(n int) (s Set) {
	for w := range s {
		if left := n - w*64; left >= 64 {
			s[w] = ^uint64(0)
		} else if left > 0 {
			s[w] = 1<<left - 1
		}
	}
	return s
}

// Add adds a document.
func (s *Set) Add(i int) { s[uint(i)/64%(BatchSize/64)] |= 1 << (uint(i) % 64) }

// Has reports whether a document is in the set.
func (s *Set) Has(i int) bool { return s[uint(i)/64%(BatchSize/64)]>>(uint(i)%64)&1 != 0 }

// All yields the documents, ascending.
func (s *Set) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for w, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(w*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// Count returns the number of documents.
func (s *Set) Count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

func (s *Set) isEmpty() bool { return *s == Set{} }

// And returns what is in both.
func (s Set) And(other Set) Set {
	for w := range s {
		s[w] &= other[w]
	}
	return s
}

// Or returns what is in one of the two.
func (s Set) Or(other Set) Set {
	for w := range s {
		s[w] |= other[w]
	}
	return s
}

// Without returns what is not in the other.
func (s Set) Without(other Set) Set {
	for w := range s {
		s[w] &^= other[w]
	}
	return s
}
