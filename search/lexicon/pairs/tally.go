package pairs

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// tally is what the posts of a Learner say together, in the order of their paths. The numbers of posts begin with 0.
type tally struct {
	*Learner
	paths  []string
	posts  [][]int32  // by number of a word, those that have it, ascending
	places []placed   // by number of a candidate
	stems  [][]uint32 // by number of a key of consonants, the stems that the site has
}

// placed is where the posts have a candidate.
type placed struct {
	counts [len(forms)]int
	first  []Evidence
}

func (l *Learner) tally() *tally {
	t := &tally{Learner: l, paths: slices.Sorted(maps.Keys(l.posts)), places: make([]placed, len(l.candidates))}
	t.posts = l.wordPosts(t.paths)
	for _, path := range t.paths {
		for _, n := range l.posts[path].Candidates {
			t.places[n.Number].add(path, n)
		}
	}
	t.findStems()
	return t
}

// wordPosts returns the posts of each word. All lists lie in one array.
func (l *Learner) wordPosts(paths []string) [][]int32 {
	counts := make([]int, len(l.words))
	for _, p := range l.posts {
		for _, n := range p.Words {
			counts[n]++
		}
	}
	room := make([]int32, l.postings)
	lists := make([][]int32, len(l.words))
	for n, count := range counts {
		lists[n], room = room[:0:count], room[count:]
	}
	for i, path := range paths {
		for _, n := range l.posts[path].Words {
			lists[n] = append(lists[n], int32(i))
		}
	}
	return lists
}

func (p *placed) add(path string, n noted) {
	for rank, count := range n.Places {
		p.counts[rank] += int(count)
	}
	for _, rank := range n.First {
		if len(p.first) < maxEvidence {
			p.first = append(p.first, Evidence{path, forms[rank]})
		}
	}
}

// heardAlike returns the numbers of the candidates that the site has and that are heard alike, in the order of their texts.
func (t *tally) heardAlike() []uint32 {
	var found []uint32
	for n := range t.candidates {
		c := &t.candidates[n]
		if len(t.places[n].first) == 0 {
			continue
		}
		if !c.Judged {
			c.judge()
		}
		if c.Far <= maxFarStated {
			found = append(found, uint32(n))
		}
	}
	slices.SortFunc(found, func(a, b uint32) int {
		x, y := &t.candidates[a], &t.candidates[b]
		return cmp.Or(strings.Compare(x.Hangul, y.Hangul), strings.Compare(x.Latin, y.Latin))
	})
	return found
}

// judge compares the two texts.
func (c *candidate) judge() {
	stem, far := bestCut(c.Hangul, newLatin(c.Latin))
	c.Judged, c.Far = true, far
	if stem != "" {
		c.Cut = len(c.Hangul) - len(stem)
	}
}

// stem is a Hangul word of the site, without its particle.
type stem struct {
	Text  string
	Key   uint32 // number of its consonants in Learner.keys
	Known bool   // the site had it when Learn was called last

	words   []uint32 // those of the site that may be cut to it
	sounds  string   // see hear
	foreign bool     // see soundsForeign
}

// plural is the Korean ending of the plural. It ends Korean words far more often than loanwords: 분들 is people, no bundle.
const plural = "들"

// hear finds out how a stem sounds.
func (s *stem) hear() {
	if s.sounds == "" {
		s.sounds = sound(s.Text)
		s.foreign = soundsForeign(s.Text) && !strings.HasSuffix(s.Text, plural)
	}
}

// findStems finds the words of the site that may be loanwords, by their consonants, those of one key in no order.
func (t *tally) findStems() {
	for n := range t.Learner.stems {
		t.Learner.stems[n].words = nil
	}
	for n := range t.words {
		if len(t.posts[n]) == 0 || t.words[n].isLatin() {
			continue
		}
		for _, s := range t.stemsOf(&t.words[n]) {
			t.Learner.stems[s].words = append(t.Learner.stems[s].words, uint32(n))
		}
	}
	t.stems = make([][]uint32, len(t.keys))
	for n, s := range t.Learner.stems {
		if len(s.words) > 0 {
			t.stems[s.Key] = append(t.stems[s.Key], uint32(n))
		}
	}
}

// stemsOf returns the stems of a Hangul word.
func (l *Learner) stemsOf(w *word) []uint32 {
	if w.Looked {
		return w.Stems
	}
	w.Looked = true
	cuts(w.Text, func(text string) {
		n, known := l.stemOf[text]
		if !known {
			sounds := sound(text)
			if len(sounds) < minTogetherSounds || !isForeign(text) {
				return
			}
			n = uint32(len(l.stems))
			l.stems = append(l.stems, stem{Text: text, Key: l.keyNumber(consonants(sounds))})
			l.stemOf[text] = n
		}
		w.Stems = append(w.Stems, n)
	})
	return w.Stems
}

// keysOf returns the keys of a Latin name.
func (l *Learner) keysOf(w *word) []uint32 {
	if !w.Looked {
		w.Looked = true
		for _, key := range newLatin(w.Text).consonantKeys() {
			w.Keys = append(w.Keys, l.keyNumber(key))
		}
	}
	return w.Keys
}

func (l *Learner) keyNumber(key string) uint32 {
	n, known := l.keyOf[key]
	if !known {
		n = uint32(len(l.keys))
		l.keys = append(l.keys, key)
		l.keyOf[key] = n
	}
	return n
}

// postsOf returns the posts that have a stem, ascending.
func (t *tally) postsOf(s *stem) []int32 {
	var posts []int32
	for _, n := range s.words {
		posts = append(posts, t.posts[n]...)
	}
	slices.Sort(posts)
	return slices.Compact(posts)
}
