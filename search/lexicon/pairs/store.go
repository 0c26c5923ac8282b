package pairs

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"chaja/search/lexicon/column"
)

// A Learner is kept in a file of these columns, see package column. It holds only what its posts need. Words and candidates
// are in the order of their texts, and what stands in posts is kept by word, as in an index: the gaps between the numbers of
// the posts that have it. The stems of a word are told by how much is cut off it, so that they need no texts of their own.
const (
	pathColumn   = iota // names of the posts, in their order
	wordColumn          // names
	flagColumn          // a byte for each word, see flags
	cutColumn           // a byte for each word: bit n for a stem without n syllables
	keyColumn           // names, of consonants
	nameColumn          // for each Latin name that was looked at: how many keys, their numbers
	alikeColumn         // for each: how many stems are heard alike, their numbers, how far each
	knownColumn         // a byte for each stem, in the order of the words: 1 for Known
	wordPosts           // for each word: how many posts, the gaps
	hangulColumn        // names, of the candidates
	latinColumn         // names, the same
	judgeColumn         // for each candidate: whether it is judged, the cut, how far
	candidatePosts
	placeColumn // for each post of a candidate: how often by form, how many first places, their forms
	columns     // their number
)

const learnerMagic = "learner\x01"

// flags of a word.
const (
	looked = 1 << iota
	compared
)

// MarshalBinary encodes the posts and what is known of their words, also from Learn. One that is Full is not encoded: what
// it left out is lost.
func (l *Learner) MarshalBinary() ([]byte, error) {
	if l.full {
		return nil, errors.New("encode learner: a bound was reached")
	}
	w := learnerWriter{Learner: l, paths: slices.Sorted(maps.Keys(l.posts)), stemNumbers: newNumbers(len(l.stems)), keyNumbers: newNumbers(len(l.keys))}
	w.names(pathColumn, len(w.paths), func(i int) string { return w.paths[i] })
	w.addWords()
	w.addCandidates()
	data, err := column.Write(learnerMagic, w.columns[:]...)
	if err != nil {
		return nil, fmt.Errorf("encode learner: %w", err)
	}
	return data, nil
}

// learnerWriter makes the columns of a Learner.
type learnerWriter struct {
	*Learner
	paths                   []string
	columns                 [columns][]byte
	stemNumbers, keyNumbers *numbers
}

func (w *learnerWriter) names(c, n int, at func(i int) string) {
	w.columns[c] = column.AppendNames(w.columns[c], n, at)
}

func (w *learnerWriter) add(c int, numbers ...int) {
	for _, n := range numbers {
		w.columns[c] = column.AppendUint(w.columns[c], n)
	}
}

// addWords adds the words that a post has, and what is known of them.
func (w *learnerWriter) addWords() {
	posts := w.wordPosts(w.paths)
	order := make([]int, 0, len(w.words))
	for n := range w.words {
		if len(posts[n]) > 0 {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(w.words[a].Text, w.words[b].Text) })
	w.names(wordColumn, len(order), func(i int) string { return w.words[order[i]].Text })
	for _, n := range order {
		word := &w.words[n]
		w.addKnown(word)
		w.addPosts(wordPosts, posts[n])
	}
	for _, n := range order {
		if word := &w.words[n]; word.isLatin() {
			w.addAlike(word)
		}
	}
	w.names(keyColumn, len(w.keyNumbers.old), func(i int) string { return w.keys[w.keyNumbers.old[i]] })
	for _, n := range w.stemNumbers.old {
		w.columns[knownColumn] = append(w.columns[knownColumn], bit(w.stems[n].Known, 1))
	}
}

func (w *learnerWriter) addKnown(word *word) {
	var cuts byte
	for _, n := range word.Stems {
		w.stemNumbers.of(n)
		cuts |= 1 << ((len(word.Text) - len(w.stems[n].Text)) / syllable)
	}
	w.columns[flagColumn] = append(w.columns[flagColumn], bit(word.Looked, looked)|bit(word.Compared, compared))
	w.columns[cutColumn] = append(w.columns[cutColumn], cuts)
	if word.isLatin() && word.Looked {
		w.add(nameColumn, len(word.Keys))
		for _, key := range word.Keys {
			w.add(nameColumn, int(w.keyNumbers.of(key)))
		}
	}
}

// addAlike adds the stems that are heard like a Latin name, those of them that a word has.
func (w *learnerWriter) addAlike(name *word) {
	kept := w.stemNumbers.known(name.Alike)
	w.add(alikeColumn, len(kept))
	for _, a := range kept {
		w.add(alikeColumn, int(a.Stem), a.Far)
	}
}

// addPosts adds ascending numbers.
func (w *learnerWriter) addPosts(c int, posts []int32) {
	w.add(c, len(posts))
	next := int32(0)
	for _, n := range posts {
		w.add(c, int(n-next))
		next = n + 1
	}
}

// addCandidates adds the candidates that a post has, and where.
func (w *learnerWriter) addCandidates() {
	posts, at := make([][]int32, len(w.candidates)), make([][]noted, len(w.candidates))
	for i, path := range w.paths {
		for _, n := range w.posts[path].Candidates {
			posts[n.Number], at[n.Number] = append(posts[n.Number], int32(i)), append(at[n.Number], n)
		}
	}
	order := make([]int, 0, len(w.candidates))
	for n := range w.candidates {
		if len(posts[n]) > 0 {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := &w.candidates[a], &w.candidates[b]
		return cmp.Or(strings.Compare(x.Hangul, y.Hangul), strings.Compare(x.Latin, y.Latin))
	})
	w.names(hangulColumn, len(order), func(i int) string { return w.candidates[order[i]].Hangul })
	w.names(latinColumn, len(order), func(i int) string { return w.candidates[order[i]].Latin })
	for _, n := range order {
		c := &w.candidates[n]
		w.add(judgeColumn, int(bit(c.Judged, 1)), c.Cut, c.Far)
		w.addPosts(candidatePosts, posts[n])
		for _, place := range at[n] {
			for _, count := range place.Places {
				w.add(placeColumn, int(count))
			}
			w.add(placeColumn, len(place.First))
			w.columns[placeColumn] = append(w.columns[placeColumn], place.First...)
		}
	}
}

func bit(is bool, flag byte) byte {
	if is {
		return flag
	}
	return 0
}

// numbers gives new numbers to those that are asked for, in the order in which they are.
type numbers struct {
	next []uint32 // by old number; 0 for none yet, else the new number and 1
	old  []uint32 // by new number
}

func newNumbers(n int) *numbers { return &numbers{next: make([]uint32, n), old: make([]uint32, 0, n)} }

func (n *numbers) of(old uint32) uint32 {
	if n.next[old] == 0 {
		n.old = append(n.old, old)
		n.next[old] = uint32(len(n.old))
	}
	return n.next[old] - 1
}

// known returns those whose stems have a new number.
func (n *numbers) known(alike []alikeStem) (kept []alikeStem) {
	for _, a := range alike {
		if next := n.next[a.Stem]; next > 0 {
			kept = append(kept, alikeStem{next - 1, a.Far})
		}
	}
	return kept
}
