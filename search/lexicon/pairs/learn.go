package pairs

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/chars"
)

// The greatest distance by sound of two words of a pair, in hundredths of a sound, see farness. The numbers were chosen on
// blogs, see docs/pairs.md.
const (
	maxFarStated   = 10 // in brackets, or tags of one post
	maxFarBeside   = 5  // side by side, which means less
	maxFarUnbound  = 1  // in whatever posts
	maxFarKorean   = 2  // in the same posts, when the word could be Korean
	maxFarDrifted  = 3  // in the same posts, or a spelling of a known pair
	maxFarShort    = 3  // words of at most shortSounds sounds, or two letters
	maxFarUneven   = 3  // names of unequal numbers of words: 스프링 부트, springboot
	maxFarWord     = 15 // each word of a name by itself
	shortSounds    = 3  // 고, 목, 캣
	minPlacesShort = 2  // places that must suggest such a short word
)

// maxPairs bounds the pairs of a site. A blog of ten thousand posts has about two thousand.
const maxPairs = 1 << 14

// learned is a pair that is not accepted yet.
type learned struct {
	Pair
	far    int             // the distance by sound, see farness
	places [len(forms)]int // by rank of their form
	bond   float64         // see bond
}

// stated reports whether a writer has put the two together on purpose: in brackets or as tags.
func (p *learned) stated() bool { return p.places[0]+p.places[1] > 0 }

// Learn judges what was added and returns the pairs, those with most places first. The same posts give the same pairs,
// whatever was added and removed before, unless the learner is Full: then they must also have been added in the order of
// their paths. More posts can be added afterwards.
func (l *Learner) Learn() []Pair {
	t := l.tally()
	found := t.fromPlaces()
	t.addTogether(found)
	keepBest(found)
	addRests(found)
	result := spellings(found)
	for _, p := range found {
		result = append(result, p.Pair)
	}
	slices.SortFunc(result, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.A, b.A), strings.Compare(a.B, b.B))
	})
	return result[:min(len(result), maxPairs)]
}

// pairKey is the keys of the words of a pair, see chars.Key.
type pairKey struct{ a, b string }

func (p *learned) key() pairKey { return pairKey{chars.Key(p.A), chars.Key(p.B)} }

// fromPlaces returns the pairs that places in the posts suggest and the sound confirms.
func (t *tally) fromPlaces() map[pairKey]*learned {
	found := map[pairKey]*learned{}
	for _, n := range t.heardAlike() {
		c, at := &t.candidates[n], &t.places[n]
		p := &learned{Pair: Pair{A: spaced(c.Hangul[:len(c.Hangul)-c.Cut]), B: spaced(strings.ToLower(c.Latin))}, far: c.Far}
		if known := found[p.key()]; known != nil {
			p = known
		}
		found[p.key()] = p
		p.far = min(p.far, c.Far)
		for i, n := range at.counts {
			p.places[i] += n
			p.Count += n
		}
		p.Evidence = append(p.Evidence, at.first...)
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

// spaced puts single blanks between the words of a name.
func spaced(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "-", " "), "_", " ")
}

// accepted reports whether the places and the sound of a pair are enough.
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

// soundsOf counts the sounds of a Hangul text without ㅡ, which Korean adds.
func soundsOf(text string) int {
	s := sound(text)
	return len(s) - strings.Count(s, "x")
}

// bestCut returns the stem of a Hangul text that sounds most like the Latin one, see cuts, and its distance.
func bestCut(text string, latin latin) (stem string, far int) {
	far = tooFar
	cuts(text, func(s string) {
		if f := latin.farness(sound(s), maxFarStated); f < far {
			stem, far = s, f
		}
	})
	return stem, far
}

// dropWider removes pairs of which one side has a word too many, such as 웹 프레임워크 with framework, or 바인딩 with data
// binding. A pair without that word must be found too, and be heard better.
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

// keepBest leaves to each Hangul word its best pair, the plural of that, and the pairs that are stated, so that 리스트 is list
// and not rest.
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
