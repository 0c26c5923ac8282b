package pairs

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	minTogetherLetters = 4  // shorter Latin words sound like too much
	minTogetherPosts   = 2  // posts that have both words
	maxConsonantKeys   = 64 // ways to hear the consonants of a Latin word that are looked up
)

// consonants folds sounds to their consonants, those of one place of the mouth alike, to look words up by.
func consonants(sounds string) string {
	var key []byte
	for i := range len(sounds) {
		c := consonantClass(sounds[i])
		if c != 0 && (len(key) == 0 || key[len(key)-1] != c) {
			key = append(key, c)
		}
	}
	return string(key)
}

func consonantClass(sign byte) byte {
	switch sign {
	case 'g', 'k', 'K':
		return 'k'
	case 'd', 't', 'T':
		return 't'
	case 'b', 'p', 'P':
		return 'p'
	case 's', 'j', 'c':
		return 's'
	case 'n', 'N':
		return 'n'
	case 'm', 'l':
		return sign
	}
	return 0
}

// consonantKeys returns the consonants by which Latin letters may be heard, at most maxConsonantKeys.
func (l latin) consonantKeys() []string {
	keys := make([][]string, len(l.letters)+1)
	keys[0] = []string{""}
	extend := func(i, n int, sounds string) {
		for _, key := range keys[i] {
			if key = consonants(key + sounds); len(keys[i+n]) < maxConsonantKeys && !slices.Contains(keys[i+n], key) {
				keys[i+n] = append(keys[i+n], key)
			}
		}
	}
	for i := range len(l.letters) {
		for _, r := range heard[l.letters[i]] {
			if strings.HasPrefix(l.letters[i:], r.letters) {
				extend(i, len(r.letters), r.sounds)
			}
		}
		if l.skipped(i) < consonant {
			extend(i, 1, "")
		}
	}
	return keys[len(l.letters)]
}

// addTogether adds pairs that no place states: words heard alike that stand in the same posts, each Hangul word with
// the one Latin word that is nearest.
func (l *Learner) addTogether(found map[pairKey]*learned) map[pairKey]*learned {
	index := l.stems()
	best := map[string]*learned{} // by Hangul
	for _, text := range sortedKeys(l.words) {
		w := l.words[text]
		if text[0] >= utf8.RuneSelf || w.count < minTogetherPosts {
			continue
		}
		for _, p := range l.togetherWith(text, w, index) {
			old := best[p.A]
			if old == nil || cmp.Or(cmp.Compare(p.far, old.far), cmp.Compare(old.Count, p.Count)) < 0 {
				best[p.A] = p
			}
		}
	}
	for _, p := range best {
		if found[p.key()] == nil {
			found[p.key()] = p
		}
	}
	return found
}

func (l *Learner) togetherWith(text string, w *word, index map[string][]*stem) []*learned {
	heardAs := newLatin(text)
	var result []*learned
	for _, key := range heardAs.consonantKeys() {
		for _, s := range index[key] {
			posts := common(s.posts, w.posts)
			if len(posts) < minTogetherPosts {
				continue
			}
			if far := heardAs.farness(s.sounds); far <= maxFarTogether {
				p := &learned{Pair: Pair{A: s.text, B: text, Count: len(posts)}, far: far}
				for _, post := range posts[:min(len(posts), maxEvidence)] {
					p.Evidence = append(p.Evidence, Evidence{l.paths[post-1], Together})
				}
				result = append(result, p)
			}
		}
	}
	return slices.DeleteFunc(result, func(p *learned) bool {
		return slices.ContainsFunc(result, func(other *learned) bool {
			return p != other && strings.HasPrefix(p.A, other.A) && other.far <= p.far ||
				strings.HasPrefix(other.A, p.A) && other.far < p.far
		})
	})
}

// common returns what two ascending lists share.
func common(a, b []int32) []int32 {
	var both []int32
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			both = append(both, a[i])
			i, j = i+1, j+1
		}
	}
	return both
}

// spellings pairs the Korean spellings of one Latin word that the site uses.
func (l *Learner) spellings(found map[pairKey]*learned) []Pair {
	byLatin := map[string][]*learned{}
	for key, p := range found {
		byLatin[key.b] = append(byLatin[key.b], p)
	}
	seen := map[pairKey]bool{}
	var result []Pair
	for _, group := range byLatin {
		slices.SortFunc(group, func(a, b *learned) int { return strings.Compare(a.A, b.A) })
		for i, a := range group {
			for _, b := range group[i+1:] {
				key := pairKey{Key(a.A), Key(b.A)}
				if key.a == key.b || seen[key] || consonants(sound(a.A)) != consonants(sound(b.A)) {
					continue
				}
				seen[key] = true
				p := Pair{A: a.A, B: b.A, Count: min(a.Count, b.Count)}
				for _, e := range slices.Concat(a.Evidence[:1], b.Evidence[:1]) {
					p.Evidence = append(p.Evidence, Evidence{e.Path, Spelling})
				}
				result = append(result, p)
			}
		}
	}
	return result
}
