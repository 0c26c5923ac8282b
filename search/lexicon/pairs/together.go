package pairs

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"chaja/search/chars"
)

// A pair that no place states needs more than its sound: words long enough, and a bond, the log-likelihood ratio of
// sharing posts (Dunning 1993), that chance gives once in a thousand.
const (
	minTogetherLetters = 4
	minTogetherSounds  = 4
	minTogetherPosts   = 2 // that have both words
	minSoundPosts      = 4 // that have either word, where none has both
	minBond            = 10.83
	minOdds            = 10      // of sharing posts against the odds of not; long posts hold every common word
	minOddsForeign     = 2.5     // for what is hardly Korean by its sounds, or bound by strongBond
	strongBond         = 30      // no two words that merely stand in long posts come near
	maxConsonantKeys   = 64      // ways to hear the consonants of a Latin word that are looked up
	maxComparisons     = 1 << 24 // of words by sound, some seconds; the largest blog at hand takes a fourth of it
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
	case 'l', 'r':
		return 'l'
	case 'm':
		return 'm'
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
		for _, r := range l.rules[i] {
			extend(i, len(r.letters), r.sounds)
		}
		if l.skipped(i) < consonant {
			extend(i, 1, "")
		}
	}
	return keys[len(l.letters)]
}

// addTogether adds pairs that no place states: words heard alike that stand in the same posts.
func (l *Learner) addTogether(found map[pairKey]*learned) {
	index := l.stems()
	var drifts []*learned
	budget := maxComparisons
	for _, text := range l.latinWords() {
		if budget <= 0 {
			break
		}
		together, near := l.togetherWith(text, l.words[text], index, &budget)
		for _, p := range together {
			if known := found[p.key()]; known != nil {
				known.bond = p.bond
			} else {
				found[p.key()] = p
			}
		}
		drifts = append(drifts, near...)
	}
	addDrifted(found, drifts)
}

// addDrifted adds spellings that drifted from one that is known for the same Latin word.
func addDrifted(found map[pairKey]*learned, near []*learned) {
	byLatin := map[string][]string{}
	for key, p := range found {
		byLatin[key.b] = append(byLatin[key.b], p.A)
	}
	for _, p := range near {
		isDrift := func(known string) bool { return drifted(known, p.A) }
		if slices.ContainsFunc(byLatin[chars.Key(p.B)], isDrift) && found[p.key()] == nil {
			found[p.key()] = p
		}
	}
}

// latinWords returns the Latin words of the site, those in most posts first.
func (l *Learner) latinWords() []string {
	var words []string
	for text := range l.words {
		if isName(text) {
			words = append(words, text)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(l.words[b].posts), len(l.words[a].posts)), strings.Compare(a, b))
	})
	return words
}

// isName tells words from file names, versions and the like.
func isName(text string) bool {
	for i := range len(text) {
		if !isLower(text[i]) {
			return false
		}
	}
	return true
}

// togetherWith returns the Hangul words that a Latin one goes together with, and those that are heard much like it and
// no more.
func (l *Learner) togetherWith(text string, w *word, index map[string][]*stem, budget *int) (together, near []*learned) {
	heardAs := newLatin(text)
	for _, key := range heardAs.consonantKeys() {
		*budget -= len(index[key])
		for _, s := range index[key] {
			far := heardAs.farness(s.sounds, maxFarDrifted)
			if far > maxFarDrifted {
				continue
			}
			p := &learned{Pair: Pair{A: s.text, B: text}, far: far}
			posts := common(s.posts, w.posts)
			p.Count, p.bond = len(posts), bond(len(posts), len(s.posts), len(w.posts), len(l.paths))
			odds := odds(len(posts), len(s.posts), len(w.posts), len(l.paths))
			switch {
			case len(posts) >= minTogetherPosts && s.goesWith(far, p.bond, odds):
				p.Evidence = l.evidence(posts, Together)
				together = append(together, p)
			case s.unmistakable(far) && (len(posts) > 0 || len(s.posts)+len(w.posts) >= minSoundPosts):
				p.Count, p.Evidence = min(len(s.posts), len(w.posts)), append(l.evidence(s.posts[:1], Sound), l.evidence(w.posts[:1], Sound)...)
				together = append(together, p)
			case s.foreign && len(s.sounds) >= minDriftSounds:
				p.Count, p.Evidence = len(s.posts), l.evidence(s.posts, Spelling)
				near = append(near, p)
			}
		}
	}
	var best []*learned
	for _, p := range together {
		if !slices.ContainsFunc(together, p.yields) {
			best = append(best, p)
		}
	}
	return best, near
}

// yields reports whether another word is heard better as the same Latin one: a shorter one that sounds as close, or a longer
// one that sounds closer.
func (p *learned) yields(other *learned) bool {
	return p != other && strings.HasPrefix(p.A, other.A) && other.far <= p.far ||
		strings.HasPrefix(other.A, p.A) && other.far < p.far
}

func (l *Learner) evidence(posts []int32, form Form) []Evidence {
	var evidence []Evidence
	for _, post := range posts[:min(len(posts), maxEvidence)] {
		evidence = append(evidence, Evidence{l.paths[post-1], form})
	}
	return evidence
}

// goesWith reports whether a word sounds so much like another, and shares posts with it so often, that it is hardly
// chance.
func (s *stem) goesWith(far int, bond, odds float64) bool {
	switch {
	case s.foreign || strings.ContainsAny(s.sounds, "ktp"):
	case soundsOf(s.text) > minTogetherSounds && far <= maxFarKorean:
	case far > 0:
		return false
	}
	return s.bound(bond, odds) || far <= maxFarUnbound && s.foreign
}

// unmistakable reports whether a word can be nothing but the other: heard alike, and foreign; a long one may be a
// little off.
func (s *stem) unmistakable(far int) bool {
	if far > 0 && (far > maxFarUnbound || soundsOf(s.text) <= foreignSounds) {
		return false
	}
	return s.foreign && len(s.sounds) >= minDriftSounds
}

// bound reports whether a word shares posts with another so often that it is hardly chance.
func (s *stem) bound(bond, odds float64) bool {
	if bond < minBond || odds < minOddsForeign {
		return false
	}
	return odds >= minOdds || bond >= strongBond || s.foreign || foreignSigns(s.sounds) > 1
}

// odds is the odds ratio of two words, in a and b of all posts, sharing both.
func odds(both, a, b, all int) float64 {
	const half = 0.5 // keeps what is never apart finite
	return (float64(both) + half) * (float64(all-a-b+both) + half) / ((float64(a-both) + half) * (float64(b-both) + half))
}

// bond is the log-likelihood ratio of two words, in a and b of all posts, sharing both; 0 when they share less than
// by chance.
func bond(both, a, b, all int) float64 {
	if both*all <= a*b {
		return 0
	}
	term := func(seen, row, column int) float64 {
		if seen <= 0 {
			return 0
		}
		return float64(seen) * math.Log(float64(seen)*float64(all)/(float64(row)*float64(column)))
	}
	return 2 * (term(both, a, b) + term(a-both, a, all-b) + term(b-both, all-a, b) + term(all-a-b+both, all-a, all-b))
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
