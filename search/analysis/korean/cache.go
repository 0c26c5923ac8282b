package korean

import (
	"hash/maphash"
	"strings"
	"sync"

	"chaja/search/analysis"
)

// A text repeats its words: of a megabyte of Korean nine eojeols in ten have been met before. The cache keeps the
// terms of each within a bound in bytes, in shards so that goroutines do not wait for each other. A shard has two
// generations: what is met goes to the young one, and when that is full it becomes the old one, whose words are
// forgotten unless they are met again meanwhile. That keeps what is frequent at the price of two maps and no list.
const (
	cacheShards    = 16
	generationSize = 512 << 10 // bytes of one generation of one shard: 16 MB in all
	wordOverhead   = 96        // what a word takes in a map besides its bytes, roughly
	termSize       = 64
	longestCached  = 96 // bytes of an eojeol; longer ones hardly repeat
)

type cache struct {
	seed   maphash.Seed
	shards [cacheShards]shard
}

type shard struct {
	sync.Mutex
	young, old   map[string]kept
	size         int // of the young generation
	hits, misses uint64
}

// kept is an eojeol and its terms in memory of their own, so that the text they were met in can be forgotten.
type kept struct {
	word  string
	terms []analysis.Morph
}

func newCache() *cache { return &cache{seed: maphash.MakeSeed()} }

// get returns the terms of an eojeol, which must not be written to.
func (c *cache) get(word string) ([]analysis.Morph, bool) {
	if len(word) > longestCached {
		return nil, false
	}
	s := c.shard(word)
	s.Lock()
	defer s.Unlock()
	if k, ok := s.young[word]; ok {
		s.hits++
		return k.terms, true
	}
	k, ok := s.old[word]
	if ok {
		s.hits++
		s.add(k)
	} else {
		s.misses++
	}
	return k.terms, ok
}

// put keeps a copy of the terms of an eojeol.
func (c *cache) put(word string, terms []analysis.Morph) {
	if len(word) > longestCached {
		return
	}
	own := kept{strings.Clone(word), make([]analysis.Morph, len(terms))}
	for i, t := range terms {
		if t.Term == word[t.Start:t.End] {
			t.Term = own.word[t.Start:t.End]
		} else {
			t.Term = strings.Clone(t.Term)
		}
		own.terms[i] = t
	}
	s := c.shard(word)
	s.Lock()
	defer s.Unlock()
	s.add(own)
}

// CacheStats tells how many eojeols needed no analysis, as they had been met before, and how many were analyzed.
func (a *Analyzer) CacheStats() (hits, misses uint64) {
	for i := range a.cache.shards {
		s := &a.cache.shards[i]
		s.Lock()
		hits, misses = hits+s.hits, misses+s.misses
		s.Unlock()
	}
	return hits, misses
}

func (c *cache) shard(word string) *shard {
	return &c.shards[maphash.String(c.seed, word)%cacheShards]
}

func (s *shard) add(k kept) {
	if s.young == nil || s.size > generationSize {
		s.old, s.young, s.size = s.young, map[string]kept{}, 0
	}
	s.young[k.word] = k
	s.size += wordOverhead + len(k.word) + len(k.terms)*termSize
}
