package pairs

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/chars"
)

// How far two words may be from sounding alike, in hundredths a sound; words of few sounds must be alike. Chosen on
// blogs, see docs/pairs.md.
const (
	maxFarStated   = 10 // in brackets, or tags of one post
	maxFarBeside   = 5  // words side by side mean less
	maxFarTogether = 3  // to stand in the same posts means little
	maxFarUnbound  = 1  // not even that
	maxFarKorean   = 2  // words that could be Korean
	maxFarDrifted  = 3  // a spelling beside a known one
	maxFarShort    = 3
	maxFarUneven   = 3  // names of unlike numbers of words: 스프링 부트, springboot
	maxFarWord     = 15 // each word of a name by itself
	shortSounds    = 3  // 고, 목, 캣
	minPlacesShort = 2
)

// maxPairs bounds what a site can learn; a blog of ten thousand posts knows about two thousand pairs.
const maxPairs = 1 << 14

// learned is a pair in the making.
type learned struct {
	Pair
	far    int
	places [3]int  // as in candidate
	bond   float64 // how much more often the two share a post than by chance
}

// stated reports whether a writer has put the two together on purpose.
func (p *learned) stated() bool { return p.places[0]+p.places[1] > 0 }

// Learn judges what was seen and returns the pairs, those with most places first. The Learner can go on afterwards.
func (l *Learner) Learn() []Pair {
	found := l.fromPlaces()
	l.addTogether(found)
	keepBest(found)
	result := spellings(found)
	for _, p := range found {
		result = append(result, p.Pair)
	}
	slices.SortFunc(result, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.A, b.A), strings.Compare(a.B, b.B))
	})
	return result[:min(len(result), maxPairs)]
}

// pairKey is equal for pairs that are one but for blanks, hyphens and case.
type pairKey struct{ a, b string }

func (p *learned) key() pairKey { return pairKey{chars.Key(p.A), chars.Key(p.B)} }

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
	dropWider(found)
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

func sortedPairs(found map[pairKey]*learned) []pairKey {
	keys := make([]pairKey, 0, len(found))
	for key := range found {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(x, y pairKey) int {
		return cmp.Or(strings.Compare(x.a, y.a), strings.Compare(x.b, y.b))
	})
	return keys
}

// spaced puts single blanks between the words of a name.
func spaced(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "-", " "), "_", " ")
}

func (p *learned) accepted() bool {
	if len(p.B) == 1 {
		return false
	}
	if len(sound(p.A)) <= shortSounds || len(p.B) == 2 {
		return p.far <= maxFarShort && p.stated() && p.Count >= minPlacesShort && !isDigit(p.B[0])
	}
	if !p.stated() && (p.far > maxFarBeside || !isForeign(p.A) || !soundsForeign(p.A)) {
		return false // words that could be Korean need more than to stand side by side
	}
	if len(sound(p.A)) == shortSounds+1 && p.far > maxFarBeside {
		return false
	}
	korean, latin := strings.Fields(p.A), strings.Fields(p.B)
	if len(korean) != len(latin) {
		return p.far <= maxFarUneven
	}
	if len(korean) == 1 {
		return true
	}
	for i, word := range korean {
		if last, _ := utf8.DecodeLastRuneInString(word); strings.ContainsRune(endings, last) {
			return false
		}
		if newLatin(latin[i]).farness(sound(word), maxFarWord) > maxFarWord {
			return false
		}
	}
	return true
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
		if f := latin.farness(sound(s), maxFarStated); f < far {
			stem, far = s, f
		}
	})
	return stem, far
}

// dropWider leaves out what has a word too many: 웹 프레임워크 as framework, and 바인딩 as data binding, where the part
// is heard better.
func dropWider(found map[pairKey]*learned) {
	byLatin, byHangul := map[string][]*learned{}, map[string][]*learned{}
	for key, p := range found {
		byLatin[key.b] = append(byLatin[key.b], p)
		byHangul[key.a] = append(byHangul[key.a], p)
	}
	for key, p := range found {
		for _, other := range byLatin[key.b] {
			if other.far < p.far && wider(key.a, chars.Key(other.A)) {
				delete(found, key)
			}
		}
		for _, other := range byHangul[key.a] {
			if other.far < p.far && strings.Contains(p.B, " ") && wider(key.b, chars.Key(other.B)) {
				delete(found, key)
			}
		}
	}
}

func wider(key, part string) bool {
	return len(part) < len(key) && (strings.HasPrefix(key, part) || strings.HasSuffix(key, part))
}

// keepBest leaves to a Hangul word that nobody has stated a Latin one for only the one it goes with best, and to
// others no more than is stated, so that 리스트 is list and not rest. Plurals may stay.
func keepBest(found map[pairKey]*learned) {
	best := map[string]*learned{}
	for key, p := range found {
		if old := best[key.a]; old == nil || p.better(old) {
			best[key.a] = p
		}
	}
	for key, p := range found {
		top := chars.Key(best[key.a].B)
		if !p.stated() && singular(key.b) != singular(top) {
			delete(found, key)
		}
	}
}

func singular(word string) string { return strings.TrimSuffix(word, "s") }

func (p *learned) better(other *learned) bool {
	if p.stated() != other.stated() {
		return p.stated()
	}
	return cmp.Or(cmp.Compare(p.bond, other.bond), cmp.Compare(other.far, p.far), cmp.Compare(p.Count, other.Count),
		strings.Compare(other.B, p.B)) > 0
}

// stem is a Hangul word of the site, without a particle that it may have had.
type stem struct {
	text, sounds string
	foreign      bool // see soundsForeign
	posts        []int32
}

// plural ends Korean words far more often than loanwords: 분들 is people, not a bundle.
const plural = "들"

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
				if len(sounds) < minTogetherSounds || !isForeign(s) {
					return
				}
				byText[s] = &stem{text: s, sounds: sounds, foreign: soundsForeign(s) && !strings.HasSuffix(s, plural)}
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
