// Package lexicon is what is known of the words of one site: how often they occur, which are one in two spellings.
package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
	"chaja/search/match"
)

// Lexicon is what an index knows of the words of its site. It is made once for each state of the index, and safe for
// concurrent use.
type Lexicon struct {
	Words   *suggest.Vocabulary // to complete and mend what is typed
	Pairs   *pairs.Set          // other spellings of a word
	Learned []pairs.Pair        // what Pairs was made from, for people to see
}

// Builder collects a Lexicon. It is not safe for concurrent use.
type Builder struct {
	analyzer *analysis.Analyzer
	words    *suggest.Builder
	pairs    *pairs.Learner
}

// NewBuilder returns a builder that knows nothing yet.
func NewBuilder(analyzer *analysis.Analyzer) *Builder {
	return &Builder{analyzer, suggest.NewBuilder(), pairs.NewLearner()}
}

// Add adds what a post says.
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

// Term adds a term of the bodies of the posts, and in how many it is. Of the morphemes those in Hangul are known, of the
// bigram lane the words in other scripts, which are not stemmed there; of all of these, what people type as a word.
func (b *Builder) Term(term match.Term, docs int) {
	korean := strings.ContainsFunc(term.Text, isHangul)
	if korean == (term.Space == match.Morphemes) && b.isWord(term.Text, korean) {
		b.words.Term(term.Text, docs)
	}
}

// isWord reports whether a term is a word by itself: a noun in Korean, letters and not only digits in other scripts.
func (b *Builder) isWord(term string, korean bool) bool {
	if utf8.RuneCountInString(term) < 2 {
		return false
	}
	letter := strings.ContainsFunc(term, func(r rune) bool { return unicode.IsLetter(r) && !isHangul(r) })
	if !korean || letter {
		return letter && !korean // a Latin word with a particle is no word
	}
	tokens := b.analyzer.Analyze(term)[analysis.Morpheme]
	return len(tokens) > 0 && tokens[0].Term == term && tokens[0].End == len(term) && isNoun(tokens[0]) && !b.isInflected(term)
}

// minPredicate is the fewest syllables of a noun that an ending is taken off: 클래스다 is a class, 바다 is the sea.
const minPredicate = 3

// isInflected reports whether a term is the form of a verb (닫힙니다) or a noun with the ending of a sentence, read as a
// loanword.
func (b *Builder) isInflected(term string) bool {
	stem := strings.TrimSuffix(term, "다")
	if syllables := []rune(stem); len(syllables) > 1 && syllables[len(syllables)-1] == '니' {
		if _, _, final := hangul.Split(syllables[len(syllables)-2]); final == 'ㅂ' {
			return true
		}
	}
	if stem == term || utf8.RuneCountInString(stem) < minPredicate {
		return false
	}
	tokens := b.analyzer.Analyze(stem)[analysis.Morpheme]
	return len(tokens) == 1 && tokens[0].Term == stem && isNoun(tokens[0])
}

func isHangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

// isNoun reports whether a token may be a noun, as far as its part of speech is known.
func isNoun(t analysis.Token) bool {
	return t.POS == "" || t.POS[0] == 'N' || t.POS == "SL" || t.POS == "XR" || t.POS == "XSN" && t.Whole
}

// Build makes the lexicon. File is what the site says about its words itself; nil when it says nothing.
func (b *Builder) Build(file *pairs.File) *Lexicon {
	learned := slices.DeleteFunc(b.pairs.Learn(), func(p pairs.Pair) bool { return b.isConjunction(p.A) })
	return &Lexicon{b.words.Build(), pairs.NewSet(learned, file), file.Apply(learned)}
}

// isConjunction reports whether a word is a conjunctive adverb, which is no loanword, whatever it sounds like: 그리고 is not
// Gregor. Other parts of speech say too little of a loanword, which the dictionary may take for any.
func (b *Builder) isConjunction(word string) bool {
	tokens := b.analyzer.Analyze(word)[analysis.Morpheme]
	return len(tokens) == 1 && tokens[0].POS == "MAJ"
}
