package pairs

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// stored is a Learner as it is kept in a file. It holds only what its posts need.
type stored struct {
	Posts      []post
	Words      []word
	Candidates []candidate
	Stems      []stem
	Keys       []string
}

// errStored is what MarshalBinary does not write.
var errStored = errors.New("read learner: a number stands for nothing")

// MarshalBinary encodes the posts and what is known of their words, also from Learn. One that is Full is not encoded: what
// it left out is lost.
func (l *Learner) MarshalBinary() ([]byte, error) {
	if l.full {
		return nil, errors.New("encode learner: a bound was reached")
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(l.pack()); err != nil {
		return nil, fmt.Errorf("encode learner: %w", err)
	}
	return b.Bytes(), nil
}

// ReadLearner returns the Learner that MarshalBinary encoded.
func ReadLearner(data []byte) (*Learner, error) {
	var s stored
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&s); err != nil {
		return nil, fmt.Errorf("read learner: %w", err)
	}
	if !s.sound() {
		return nil, errStored
	}
	l := &Learner{words: s.Words, candidates: s.Candidates, stems: s.Stems, keys: s.Keys,
		posts: make(map[string]*post, len(s.Posts)), wordOf: make(map[string]uint32, len(s.Words)),
		candidateOf: make(map[string]uint32, len(s.Candidates)), stemOf: make(map[string]uint32, len(s.Stems)),
		keyOf: make(map[string]uint32, len(s.Keys))}
	for i := range s.Posts {
		l.posts[s.Posts[i].Path] = &s.Posts[i]
		l.postings += len(s.Posts[i].Words)
	}
	for n, w := range l.words {
		l.wordOf[w.Text] = uint32(n)
	}
	for n, c := range l.candidates {
		l.candidateOf[c.Hangul+"\x00"+c.Latin] = uint32(n)
	}
	for n, s := range l.stems {
		l.stemOf[s.Text] = uint32(n)
	}
	for n, key := range l.keys {
		l.keyOf[key] = uint32(n)
	}
	return l, nil
}

// pack returns what the posts need, with new numbers.
func (l *Learner) pack() stored {
	s := stored{Posts: make([]post, 0, len(l.posts)), Words: make([]word, 0, len(l.words)), Stems: make([]stem, 0, len(l.stems)),
		Candidates: make([]candidate, 0, len(l.candidates)), Keys: make([]string, 0, len(l.keys))}
	words, candidates := newNumbers(len(l.words)), newNumbers(len(l.candidates))
	for _, path := range slices.Sorted(maps.Keys(l.posts)) {
		p := post{Path: path, Words: words.all(l.posts[path].Words), Candidates: slices.Clone(l.posts[path].Candidates)}
		for i := range p.Candidates {
			p.Candidates[i].Number = candidates.of(p.Candidates[i].Number)
		}
		s.Posts = append(s.Posts, p)
	}
	stems, keys := newNumbers(len(l.stems)), newNumbers(len(l.keys))
	for _, old := range words.old {
		w := l.words[old]
		w.Stems, w.Keys = stems.all(w.Stems), keys.all(w.Keys)
		s.Words = append(s.Words, w)
	}
	for i := range s.Words {
		s.Words[i].Alike = stems.known(s.Words[i].Alike)
	}
	for _, old := range stems.old {
		kept := l.stems[old]
		kept.Key = keys.of(kept.Key)
		s.Stems = append(s.Stems, kept)
	}
	for _, old := range candidates.old {
		s.Candidates = append(s.Candidates, l.candidates[old])
	}
	for _, old := range keys.old {
		s.Keys = append(s.Keys, l.keys[old])
	}
	return s
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

func (n *numbers) all(old []uint32) []uint32 {
	if len(old) == 0 {
		return nil
	}
	next := make([]uint32, len(old))
	for i, o := range old {
		next[i] = n.of(o)
	}
	return next
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

// sound reports whether all numbers stand for something.
func (s *stored) sound() bool {
	below := func(numbers []uint32, n int) bool {
		return len(numbers) == 0 || int(slices.Max(numbers)) < n
	}
	for _, p := range s.Posts {
		if !below(p.Words, len(s.Words)) {
			return false
		}
		for _, c := range p.Candidates {
			if int(c.Number) >= len(s.Candidates) || len(c.First) > maxEvidence || slices.ContainsFunc(c.First, notRank) {
				return false
			}
		}
	}
	for _, w := range s.Words {
		isAlike := func(a alikeStem) bool { return int(a.Stem) < len(s.Stems) }
		if w.Text == "" || !below(w.Stems, len(s.Stems)) || !below(w.Keys, len(s.Keys)) || !all(w.Alike, isAlike) {
			return false
		}
	}
	return all(s.Stems, func(s0 stem) bool { return int(s0.Key) < len(s.Keys) && s0.Text != "" }) &&
		all(s.Candidates, func(c candidate) bool { return c.Latin != "" && 0 <= c.Cut && c.Cut < len(c.Hangul) })
}

func notRank(r uint8) bool { return int(r) >= len(forms) }

func all[T any](list []T, good func(T) bool) bool {
	return !slices.ContainsFunc(list, func(t T) bool { return !good(t) })
}
