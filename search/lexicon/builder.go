package lexicon

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
	"chaja/search/match"
)

// Builder collects what the posts of a site give to its Lexicon. It keeps the posts apart, so that one can be replaced. It is
// not safe for concurrent use, but that Add and Term touch nothing in common.
type Builder struct {
	analyzer *analysis.Analyzer
	posts    map[string]suggest.Post // by ID
	words    []wordCount             // in the order of their terms
	changes  map[match.Term]int      // what is to be added to the words
	pairs    *pairs.Learner          // nil where the pairs stand
	standing *standing
}

// standing are the pairs of a site beyond the bounds of package pairs. To learn them again takes most of the time of an update, and
// they are no others when few posts have changed: so they stand until many have.
type standing struct {
	Pairs   []pairs.Pair
	Changed int // posts, since they were learned
}

// wordCount is a term that is a word by itself, and how many posts have it.
type wordCount struct {
	Term match.Term
	Docs int
}

// NewBuilder returns a builder of a lexicon for documents that analyzer analyzes.
func NewBuilder(analyzer *analysis.Analyzer) *Builder {
	return &Builder{analyzer: analyzer, posts: map[string]suggest.Post{}, changes: map[match.Term]int{}, pairs: pairs.NewLearner()}
}

// Add adds the names and words of a post. It takes the place of a post with the same ID. The terms of its body are given to
// Term.
func (b *Builder) Add(doc *search.Document) {
	p := suggest.Post{Title: doc.Title, URL: doc.URL, Tags: doc.Tags}
	for i, s := range doc.Sections {
		if s.Heading != "" {
			p.Headings = append(p.Headings, suggest.Heading{Text: s.Heading, URL: doc.SectionURL(i)})
		}
	}
	b.posts[doc.ID] = p
	if b.pairs == nil {
		return
	}
	texts := append([]string{doc.Title}, doc.Texts(match.Heading)...)
	b.pairs.Add(doc.ID, doc.Tags, append(texts, doc.Texts(match.Body)...)...)
}

// Term adds a term of the bodies of the posts, and the number of posts that have it; a negative number takes it away. The
// lexicon knows the morphemes of scripts with a dictionary. Words of other scripts come from the bigram lane, where they are
// not stemmed. Of both only what people type as a word is kept.
func (b *Builder) Term(term match.Term, docs int) {
	inDictionary := strings.ContainsFunc(term.Text, b.analyzer.Reads)
	if inDictionary == (term.Space == match.Morphemes) && (b.isKnown(term) || b.isWord(term.Text, inDictionary)) {
		b.changes[term] += docs
	}
}

// Replace takes a post away and puts another one with the same ID in its place, with the terms of their bodies. Either may be
// nil.
func (b *Builder) Replace(before, after *search.Document) {
	if before != nil {
		delete(b.posts, before.ID)
		if b.pairs != nil {
			b.pairs.Remove(before.ID)
		}
		b.body(before, -1)
	}
	if after != nil {
		b.Add(after)
		b.body(after, 1)
	}
}

// body adds the terms of one body so many times.
func (b *Builder) body(doc *search.Document, docs int) {
	for lane, terms := range b.analyzer.Occurrences(doc.Texts(match.Body)).Positions {
		for term := range terms {
			b.Term(match.Term{Space: match.Space(lane), Text: term}, docs)
		}
	}
}

func (b *Builder) isKnown(term match.Term) bool {
	_, known := slices.BinarySearchFunc(b.words, term, func(w wordCount, t match.Term) int { return byTerm(w.Term, t) })
	return known
}

// isWord reports whether a term is a word by itself: a noun where a dictionary says so, else letters and not only digits.
func (b *Builder) isWord(term string, inDictionary bool) bool {
	if utf8.RuneCountInString(term) < 2 {
		return false
	}
	if all := b.analyzer.ReadsAll(term); !inDictionary || !all {
		return !inDictionary && !all // digits alone are no word, nor is a Latin word with a particle
	}
	tokens := b.analyzer.Analyze(term)[analysis.Morpheme]
	return len(tokens) > 0 && tokens[0].Term == term && tokens[0].End == len(term) && tokens[0].Class.IsNominal() && !b.analyzer.IsInflected(term)
}

// Build makes the lexicon of the posts in the order of their IDs, and of the terms. It depends on nothing else: how the builder
// came by them does not matter, but to the pairs of a large site, see standing. File is what the site says about its words; it may
// be nil. More can be added afterwards.
func (b *Builder) Build(file *pairs.File) *Lexicon {
	if b.isLarge() { // first, so that the words have the memory of the learner
		b.standing = &standing{Pairs: b.pairs.Learn()}
		b.pairs = nil
	}
	var words *suggest.Vocabulary
	var learned []pairs.Pair
	_ = together(
		func() error { words = b.vocabulary(); return nil },
		func() error { learned = b.learned(); return nil },
	)
	learned = slices.DeleteFunc(learned, func(p pairs.Pair) bool { return b.isConjunction(p.A) })
	return &Lexicon{Words: words, Pairs: pairs.NewSet(learned, file), Learned: file.Apply(learned)}
}

// isLarge reports whether the posts are more than a learner can replace one by one.
func (b *Builder) isLarge() bool { return b.pairs != nil && b.pairs.Full() }

func (b *Builder) learned() []pairs.Pair {
	if b.pairs == nil {
		return slices.Clone(b.standing.Pairs)
	}
	return b.pairs.Learn()
}

func (b *Builder) vocabulary() *suggest.Vocabulary {
	words := suggest.NewBuilder()
	for _, id := range slices.Sorted(maps.Keys(b.posts)) {
		words.Post(b.posts[id])
	}
	b.count()
	for _, w := range b.words {
		words.Term(w.Term.Text, w.Docs)
	}
	return words.Build()
}

// count brings the words up to date.
func (b *Builder) count() {
	var fresh []wordCount
	for term, docs := range b.changes {
		n, known := slices.BinarySearchFunc(b.words, term, func(w wordCount, t match.Term) int { return byTerm(w.Term, t) })
		if known {
			b.words[n].Docs += docs
		} else {
			fresh = append(fresh, wordCount{term, docs})
		}
	}
	b.changes = map[match.Term]int{} // to clear it would keep its memory
	if len(fresh) > 0 {
		b.words = append(b.words, fresh...)
		slices.SortFunc(b.words, func(a, b wordCount) int { return byTerm(a.Term, b.Term) })
	}
	b.words = slices.DeleteFunc(b.words, func(w wordCount) bool { return w.Docs <= 0 })
}

func byTerm(a, b match.Term) int {
	return cmp.Or(cmp.Compare(a.Space, b.Space), strings.Compare(a.Text, b.Text))
}

// isConjunction reports whether a word joins sentences. Such a word is no loanword, whatever it sounds like: 그리고 is not
// Gregor. Other classes say too little, as the dictionary may take a loanword for any of them.
func (b *Builder) isConjunction(word string) bool {
	tokens := b.analyzer.Analyze(word)[analysis.Morpheme]
	return len(tokens) == 1 && tokens[0].Class == analysis.Conjunction
}
