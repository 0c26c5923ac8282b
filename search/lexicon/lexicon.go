// Package lexicon holds what an index knows of the words of its site: how many posts have each, and which are spellings of
// one word.
package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search"

	"chaja/search/analysis"
	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
	"chaja/search/match"
)

// Lexicon is made once for each state of an index. It is immutable and safe for concurrent use.
type Lexicon struct {
	Words   *suggest.Vocabulary // to complete and correct what is typed
	Pairs   *pairs.Set          // other spellings of a word
	Learned []pairs.Pair        // what Pairs was made from, for people to see
}

// Builder collects a Lexicon. It is not safe for concurrent use.
type Builder struct {
	analyzer *analysis.Analyzer
	words    *suggest.Builder
	pairs    *pairs.Learner
}

// NewBuilder returns a builder of a lexicon for documents that analyzer analyzes.
func NewBuilder(analyzer *analysis.Analyzer) *Builder {
	return &Builder{analyzer, suggest.NewBuilder(), pairs.NewLearner()}
}

// Add adds the names and words of a post.
func (b *Builder) Add(doc *search.Document) {
	p := suggest.Post{Title: doc.Title, URL: doc.URL, Tags: doc.Tags}
	for i, s := range doc.Sections {
		if s.Heading != "" {
			p.Headings = append(p.Headings, suggest.Heading{Text: s.Heading, URL: doc.SectionURL(i)})
		}
	}
	b.words.Post(p)
	texts := append([]string{doc.Title}, doc.Texts(match.Heading)...)
	b.pairs.Add(doc.ID, doc.Tags, append(texts, doc.Texts(match.Body)...)...)
}

// Term adds a term of the bodies of the posts, and the number of posts that have it. The lexicon knows the morphemes of
// scripts with a dictionary. Words of other scripts come from the bigram lane, where they are not stemmed. Of both only what
// people type as a word is kept.
func (b *Builder) Term(term match.Term, docs int) {
	inDictionary := strings.ContainsFunc(term.Text, b.analyzer.Reads)
	if inDictionary == (term.Space == match.Morphemes) && b.isWord(term.Text, inDictionary) {
		b.words.Term(term.Text, docs)
	}
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

// Build makes the lexicon. File is what the site says about its words; it may be nil.
func (b *Builder) Build(file *pairs.File) *Lexicon {
	learned := slices.DeleteFunc(b.pairs.Learn(), func(p pairs.Pair) bool { return b.isConjunction(p.A) })
	return &Lexicon{b.words.Build(), pairs.NewSet(learned, file), file.Apply(learned)}
}

// isConjunction reports whether a word joins sentences. Such a word is no loanword, whatever it sounds like: 그리고 is not
// Gregor. Other classes say too little, as the dictionary may take a loanword for any of them.
func (b *Builder) isConjunction(word string) bool {
	tokens := b.analyzer.Analyze(word)[analysis.Morpheme]
	return len(tokens) == 1 && tokens[0].Class == analysis.Conjunction
}
