package pairs

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"chaja/search/chars"
)

// A pair without a place needs more than its sound. The words must be long enough, and they must stand in the same posts more
// often than by chance: by the log-likelihood ratio (Dunning 1993), see bond, and by the odds ratio, see odds.
const (
	minTogetherLetters = 4
	minTogetherSounds  = 4
	minTogetherPosts   = 2       // that have both words
	minSoundPosts      = 4       // that have either word, where none has both
	minBond            = 10.83   // once in a thousand by chance
	minOdds            = 10      // common words share long posts, so that their odds are small
	minOddsForeign     = 2.5     // of a word that is hardly Korean by its sounds, or with a strongBond
	strongBond         = 30      // two words that merely stand in long posts have far less
	maxConsonantKeys   = 64      // ways to hear the consonants of a Latin word that are looked up
	maxComparisons     = 1 << 24 // of words by sound: some seconds; the largest blog at hand needs a fourth of it
)

// consonantKeys returns the consonants by which Latin letters may be heard, at most maxConsonantKeys.
func (l latin) consonantKeys() []string {
	keys := make([][]string, len(l.letters)+1)
	keys[0] = []string{""}
	extend := func(i, n int, more string) {
		for _, key := range keys[i] {
			if key = joinKeys(key, more); len(keys[i+n]) < maxConsonantKeys && !slices.Contains(keys[i+n], key) {
				keys[i+n] = append(keys[i+n], key)
			}
		}
	}
	for i := range len(l.letters) {
		for _, r := range l.rules[i] {
			extend(i, len(r.letters), r.consonants)
		}
		if l.skipped(i) < consonant {
			extend(i, 1, "")
		}
	}
	return keys[len(l.letters)]
}

// joinKeys returns the consonants of sounds that follow each other, of which those of each part are given.
func joinKeys(key, more string) string {
	if key != "" && more != "" && key[len(key)-1] == more[0] {
		more = more[1:]
	}
	return key + more
}

// addTogether adds the pairs without a place: words that are heard alike and stand in the same posts.
func (t *tally) addTogether(found map[pairKey]*learned) {
	var drifts []*learned
	budget := maxComparisons
	for _, n := range t.latinNames() {
		name := &t.words[n]
		if budget <= 0 {
			name.Compared, name.Alike = false, nil
			continue
		}
		budget -= t.compareName(name)
		together, near := t.togetherWith(name, t.posts[n])
		for _, p := range together {
			if known := found[p.key()]; known != nil {
				known.bond = p.bond
			} else {
				found[p.key()] = p
			}
		}
		drifts = append(drifts, near...)
	}
	t.remember()
	addDrifted(found, drifts)
}

// addDrifted adds those of the near pairs whose Hangul word is a drifted spelling of the one in a known pair with the same
// Latin word.
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

// latinNames returns the numbers of the Latin names of the site, those in most posts first.
func (t *tally) latinNames() []uint32 {
	var names []uint32
	for n := range t.words {
		if len(t.posts[n]) > 0 && isName(t.words[n].Text) {
			names = append(names, uint32(n))
		}
	}
	slices.SortFunc(names, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(len(t.posts[b]), len(t.posts[a])), strings.Compare(t.words[a].Text, t.words[b].Text))
	})
	return names
}

// isName reports whether text is nothing but letters, unlike file names, versions and the like.
func isName(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < 'a' || r > 'z' })
}

// compareName compares a Latin name by sound with the stems of the site, but for those that it has been compared with. It
// returns the number of stems.
func (t *tally) compareName(name *word) (stems int) {
	var heardAs latin
	for _, key := range t.keysOf(name) {
		if int(key) >= len(t.stems) {
			continue // the key is new, and no stem has it
		}
		stems += len(t.stems[key])
		for _, n := range t.stems[key] {
			s := &t.Learner.stems[n]
			if name.Compared && s.Known {
				continue
			}
			if heardAs.letters == "" {
				heardAs = newLatin(name.Text)
			}
			s.hear()
			if far := heardAs.farness(s.sounds, maxFarDrifted); far <= maxFarDrifted {
				name.Alike = append(name.Alike, alikeStem{n, far})
			}
		}
	}
	name.Compared = true
	return stems
}

// remember marks the stems that all names have been compared with, and forgets what was found about those that are gone.
func (t *tally) remember() {
	for n := range t.Learner.stems {
		s := &t.Learner.stems[n]
		s.Known = len(s.words) > 0
	}
	for n := range t.words {
		name := &t.words[n]
		if len(t.posts[n]) == 0 {
			name.Compared = false
			name.Alike = nil
		}
		name.Alike = slices.DeleteFunc(name.Alike, func(a alikeStem) bool { return !t.Learner.stems[a.Stem].Known })
	}
}

// togetherWith returns the pairs of a Latin name with Hangul words in the same posts, and the near ones: Hangul words that
// are heard much like it and share too few posts.
func (t *tally) togetherWith(name *word, inPosts []int32) (together, near []*learned) {
	for _, alike := range name.Alike {
		s, far := &t.Learner.stems[alike.Stem], alike.Far
		if len(s.words) == 0 {
			continue
		}
		s.hear()
		stemPosts := t.postsOf(s)
		p := &learned{Pair: Pair{A: s.Text, B: name.Text}, far: far}
		posts := common(stemPosts, inPosts)
		p.Count, p.bond = len(posts), bond(len(posts), len(stemPosts), len(inPosts), len(t.paths))
		odds := odds(len(posts), len(stemPosts), len(inPosts), len(t.paths))
		switch {
		case len(posts) >= minTogetherPosts && s.goesWith(far, p.bond, odds):
			p.Evidence = t.evidence(posts, Together)
			together = append(together, p)
		case s.unmistakable(far) && (len(posts) > 0 || len(stemPosts)+len(inPosts) >= minSoundPosts):
			p.Count = min(len(stemPosts), len(inPosts))
			p.Evidence = append(t.evidence(stemPosts[:1], Sound), t.evidence(inPosts[:1], Sound)...)
			together = append(together, p)
		case s.foreign && len(s.sounds) >= minDriftSounds:
			p.Count, p.Evidence = len(stemPosts), t.evidence(stemPosts, Spelling)
			near = append(near, p)
		}
	}
	all := slices.Clone(together)
	return slices.DeleteFunc(together, func(p *learned) bool { return slices.ContainsFunc(all, p.yields) }), near
}

// yields reports whether another word is heard better as the same Latin one: a shorter one that sounds as close, or a longer
// one that sounds closer.
func (p *learned) yields(other *learned) bool {
	return p != other && strings.HasPrefix(p.A, other.A) && other.far <= p.far ||
		strings.HasPrefix(other.A, p.A) && other.far < p.far
}

func (t *tally) evidence(posts []int32, form Form) []Evidence {
	var evidence []Evidence
	for _, post := range posts[:min(len(posts), maxEvidence)] {
		evidence = append(evidence, Evidence{t.paths[post], form})
	}
	return evidence
}

// goesWith reports whether a stem and a Latin word sound so much alike and share posts so often that it is hardly chance.
func (s *stem) goesWith(far int, bond, odds float64) bool {
	switch {
	case s.foreign || strings.ContainsAny(s.sounds, "ktp"):
	case soundsOf(s.Text) > minTogetherSounds && far <= maxFarKorean:
	case far > 0:
		return false
	}
	return s.bound(bond, odds) || far <= maxFarUnbound && s.foreign
}

// unmistakable reports whether a stem must be the Latin word, whatever posts they stand in: it is foreign, and heard alike, or
// nearly so if it is long.
func (s *stem) unmistakable(far int) bool {
	if far > 0 && (far > maxFarUnbound || soundsOf(s.Text) <= foreignSounds) {
		return false
	}
	return s.foreign && len(s.sounds) >= minDriftSounds
}

// bound reports whether a stem shares posts with a Latin word so often that it is hardly chance.
func (s *stem) bound(bond, odds float64) bool {
	if bond < minBond || odds < minOddsForeign {
		return false
	}
	return odds >= minOdds || bond >= strongBond || s.foreign || foreignSigns(s.sounds) > 1
}

// odds is the odds ratio of two words that stand in a and b of all posts, and together in both of them.
func odds(both, a, b, all int) float64 {
	const half = 0.5 // keeps the ratio of words that are never apart finite
	return (float64(both) + half) * (float64(all-a-b+both) + half) / ((float64(a-both) + half) * (float64(b-both) + half))
}

// bond is the log-likelihood ratio of two words that stand in a and b of all posts, and together in both of them. It is 0
// when they share no more posts than by chance.
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

// common returns the numbers that are in both of two ascending lists.
func common(a, b []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(a), func(n int32) bool {
		_, ok := slices.BinarySearch(b, n)
		return !ok
	})
}
