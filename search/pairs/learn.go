package pairs

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// How far two words may be from sounding alike, in hundredths a sound; words of few sounds must be alike. Chosen on
// blogs, see docs/pairs.md.
const (
	maxFarStated   = 10 // in brackets, or tags of one post
	maxFarBeside   = 6  // words side by side mean little by themselves
	maxFarTogether = 4
	maxFarShort    = 2
	shortSounds    = 3 // 고, 목, 캣
	minPlacesShort = 2
)

// maxPairs bounds what a site can learn; a blog of ten thousand posts knows about two thousand pairs.
const maxPairs = 1 << 14

// learned is a pair in the making.
type learned struct {
	Pair
	far    int
	places [3]int // as in candidate
}

// Learn judges what was seen and returns the pairs, those with most places first. The Learner can go on afterwards.
func (l *Learner) Learn() []Pair {
	found := l.fromPlaces()
	found = l.addTogether(found)
	result := make([]Pair, 0, len(found))
	for _, p := range found {
		result = append(result, p.Pair)
	}
	result = append(result, l.spellings(found)...)
	slices.SortFunc(result, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return result[:min(len(result), maxPairs)]
}

// pairKey is equal for pairs that are one but for blanks, hyphens and case.
type pairKey struct{ a, b string }

func (p *learned) key() pairKey { return pairKey{Key(p.A), Key(p.B)} }

// fromPlaces returns the pairs that places in the posts suggest and the sound confirms.
func (l *Learner) fromPlaces() map[pairKey]*learned {
	found := map[pairKey]*learned{}
	for _, name := range sortedKeys(l.candidates) {
		c := l.candidates[name]
		stem, far := bestCut(c.hangul, newLatin(c.latin))
		if far > maxFarStated {
			continue
		}
		p := &learned{Pair: Pair{A: spaced(stem), B: spaced(strings.ToLower(c.latin))}, far: far}
		if known := found[p.key()]; known != nil {
			p = known
		} else {
			found[p.key()] = p
		}
		p.far = min(p.far, far)
		for i, n := range c.places {
			p.places[i] += n
			p.Count += n
		}
		for _, place := range c.first {
			p.Evidence = append(p.Evidence, Evidence{l.paths[place.path], place.form})
		}
	}
	for key, p := range found {
		if !p.accepted() {
			delete(found, key)
			continue
		}
		slices.SortStableFunc(p.Evidence, func(a, b Evidence) int { return cmp.Compare(rank(a.Form), rank(b.Form)) })
		p.Evidence = slices.Clip(p.Evidence[:min(len(p.Evidence), maxEvidence)])
	}
	dropNested(found)
	return found
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// spaced puts single blanks between the words of a name.
func spaced(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "-", " "), "_", " ")
}

func (p *learned) accepted() bool {
	stated := p.places[0] + p.places[1]
	if soundsOf(p.A) <= shortSounds || len(p.B) <= 2 {
		return p.far <= maxFarShort && stated > 0 && p.Count >= minPlacesShort && !isDigit(p.B[0])
	}
	return p.far <= maxFarBeside || stated > 0
}

// soundsOf counts the sounds of a Hangul text; ㅡ, which Korean adds, is none.
func soundsOf(text string) int {
	s := sound(text)
	return len(s) - strings.Count(s, "x")
}

// bestCut returns the part of a Hangul text, without or with its last particle, that sounds most like the Latin.
func bestCut(text string, latin latin) (stem string, far int) {
	far = tooFar
	cuts(text, func(s string) {
		if f := latin.farness(sound(s)); f < far {
			stem, far = s, f
		}
	})
	return stem, far
}

// dropNested leaves out 웹 프레임워크 as framework where 프레임워크 is heard better.
func dropNested(found map[pairKey]*learned) {
	byLatin := map[string][]*learned{}
	for key, p := range found {
		byLatin[key.b] = append(byLatin[key.b], p)
	}
	for key, p := range found {
		for _, other := range byLatin[key.b] {
			if p != other && other.far < p.far && (strings.HasSuffix(key.a, Key(other.A)) || strings.HasPrefix(key.a, Key(other.A))) {
				delete(found, key)
				break
			}
		}
	}
}

// stem is a Hangul word of the site, without a particle that it may have had.
type stem struct {
	text, sounds string
	posts        []int32
}

// minTogetherSounds is the shortest Hangul word that may pair without a place.
const minTogetherSounds = 5

// stems returns the words of the site that may be loanwords, by their consonants.
func (l *Learner) stems() map[string][]*stem {
	byText := map[string]*stem{}
	for text, w := range l.words {
		if text[0] < utf8.RuneSelf {
			continue
		}
		cuts(text, func(s string) {
			if byText[s] == nil {
				sounds := sound(s)
				if len(sounds)-strings.Count(sounds, "x") < minTogetherSounds {
					return
				}
				byText[s] = &stem{text: s, sounds: sounds}
			}
			byText[s].posts = append(byText[s].posts, w.posts...)
		})
	}
	index := map[string][]*stem{}
	for _, s := range byText {
		slices.Sort(s.posts)
		s.posts = slices.Compact(s.posts)
		key := consonants(s.sounds)
		index[key] = append(index[key], s)
	}
	return index
}
