package rewrite

import (
	"math"
	"strings"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
)

// minBeforePlural is the fewest syllables of a name that is looked for without its plural: 그레들 is no plural of 그레.
const minBeforePlural = 3

// maxRespelled is the number of words of a query that are compared with those of the site: people mistype one or two, and
// each costs some passes over all these words, of a millisecond each on 10,000 posts.
const maxRespelled = 4

// speller looks for what mistyped words were meant to be: another word, or two.
type speller struct {
	site
	done     map[string]repair // words compared with those of the site so far
	compared map[comparison]corrected

	listening bool // for what is to be counted: nothing is compared
}

// comparison is what Correct is asked; its answer is kept.
type comparison struct {
	word string
	has  int
}

type corrected struct {
	suggest.Correction
	ok bool
}

func newSpeller(s site) *speller {
	return &speller{site: s, done: map[string]repair{}, compared: map[comparison]corrected{}}
}

// mayCompare reports whether one more word may be compared with those of the site.
func (s *speller) mayCompare() bool { return len(s.done) < maxRespelled }

// compare returns the word of the site that is nearest to one which has so many posts.
func (s *speller) compare(word string, has int) (suggest.Correction, bool) {
	if _, ok := s.done[word]; !ok {
		s.done[word] = repair{}
	}
	return s.correct(word, has)
}

func (s *speller) correct(word string, has int) (suggest.Correction, bool) {
	if s.listening {
		return suggest.Correction{}, false
	}
	asked := comparison{word, has}
	c, known := s.compared[asked]
	if !known {
		c.Correction, c.ok = s.Words.Correct(word, s.moreThan(word, has))
		s.compared[asked] = c
	}
	return c.Correction, c.ok
}

// lacking adds to a draft what the words that the site lacks were meant to be.
func (s *speller) lacking(t typed, d repairs) repairs {
	for _, word := range t.words {
		meant := d.meant(word)
		if !s.isLacking(meant) || word == t.unfinished && len(s.Words.Prefix(meant, 1)) > 0 {
			continue
		}
		better := s.rewritten(meant, 0)
		if r, ok := d[word]; ok {
			better.reason, better.sure = r.reason, r.sure
		}
		if better.text != "" {
			d[word] = better
		}
	}
	return d
}

// rare adds to a draft what the words that few posts have were meant to be. The site has them: they are only touched when
// nothing else helps.
func (s *speller) rare(t typed, d repairs) repairs {
	for _, word := range t.words {
		if _, ok := d[word]; ok || !s.counts.mayAsk() || s.isLacking(word) || isPattern(word) {
			continue
		}
		has := s.has(word)
		if has >= Enough {
			continue // no mistake, if so many posts make it
		}
		if better := s.rewritten(word, has); better.text != "" {
			d[word] = better
		}
	}
	return d
}

// rewritten returns the words or word that many more posts have; no text if there is none. Words that stand side by side in
// a post come first, then another word, then two words of the site; but these before a word that takes two edits.
func (s *speller) rewritten(word string, has int) (better repair) {
	if r, ok := s.done[word]; ok || !s.mayCompare() {
		return r
	}
	defer func() { s.done[word] = better }()
	isEnglish := !hangul.IsComposed(word) && s.isRight(word) // housekeeping is no mistake for house keeping
	if apart := s.apart(word, has, s.posts); apart != "" && !isEnglish {
		return repair{text: apart, reason: search.Spacing, sure: true, doubtful: has > 0}
	}
	respelled, edits := s.respell(word, has)
	if has == 0 && edits != 1 && !isEnglish {
		if apart := s.apart(word, 0, s.rarest); apart != "" {
			return repair{text: apart, reason: search.Spacing}
		}
	}
	return respelled
}

// apart returns the two words of the site that make up a word, those that most posts have; "" if not more than has do.
func (s *speller) apart(word string, has int, posts func(words string) int) (best string) {
	most := more * has
	stem := s.stem(word)
	for _, both := range cuts(stem) {
		if s.docs(both[0]) <= most || !s.isSecond(both[1]) {
			continue
		}
		text := both[0] + " " + both[1]
		if n := posts(text); n > most {
			most, best = n, text
		}
	}
	if best == "" {
		return ""
	}
	return best + word[len(stem):]
}

// rarest counts the posts that have the rarest of some words.
func (s *speller) rarest(words string) int {
	n := math.MaxInt
	for word := range strings.FieldsSeq(words) {
		n = min(n, s.docs(word))
	}
	return n
}

// respell returns the word of the site that is nearest to a word, the whole or without its particle, and much more
// frequent, with that particle behind it; no text when there is none. What some posts have must be a noun: the forms of verbs
// are near to each other. It stays in doubt, unless the mistake was in what passes for its particle (카프가).
func (s *speller) respell(word string, has int) (best repair, edits int) {
	stem := s.stem(word)
	if has > 0 && !s.isNoun(stem) {
		return repair{}, 0
	}
	for _, form := range s.spelledForms(word) {
		c, ok := s.correct(form, has)
		text := s.withEnd(c.Text, word[len(form):])
		if ok && text != "" && (best.text == "" || c.Edits < edits) {
			edits = c.Edits
			best = repair{
				text: text, reason: search.Spelling,
				doubtful: s.isDoubtful(form, c) || s.isPrefixed(word, text) || has > 0 && (form == stem || form != word || s.docs(word) > 0),
			}
		}
	}
	return best, edits
}

// isDoubtful reports whether a correction should only be offered: it takes two edits, or a dictionary has
// the word.
func (s *speller) isDoubtful(word string, c suggest.Correction) bool {
	doubt := c.Edits > 1 || s.isRight(word) || s.analyzer.IsName(word)
	return doubt && !isSameWord(word, c.Text) && !isJoining(word, c.Text)
}

// isPrefixed reports whether two words are a noun of a dictionary with different syllables in front, none of which is known with
// it: nothing tells that 강결합 is not what was meant.
func (s *speller) isPrefixed(word, other string) bool {
	_, first := utf8.DecodeRuneInString(word)
	noun := word[first:]
	return utf8.RuneCountInString(noun) > 1 && hangul.IsComposed(word) && strings.HasSuffix(other, noun) &&
		s.analyzer.IsWord(noun) && !s.analyzer.IsWord(other)
}

// isLong reports whether a word is long enough for one edit to leave no doubt of it.
func isLong(word string) bool {
	if strings.ContainsFunc(word, analysis.IsSyllabic) {
		return utf8.RuneCountInString(word) >= minSlipped
	}
	return utf8.RuneCountInString(word) >= 2*minSlipped
}

// spelledForms returns what may be misspelled, each once: all of the word, as the longer says more, then the word without its
// particle.
func (s *speller) spelledForms(word string) []string {
	forms := []string{word}
	if form := pairs.WithoutParticle(word); form != word && !s.isPlural(word, form) {
		forms = append(forms, form)
	}
	if stem := s.stem(word); stem != word && stem != forms[len(forms)-1] && !s.inPieces(word) && !s.isPlural(word, stem) {
		forms = append(forms, stem)
	}
	return forms
}

// isPlural reports whether form is word without its plural, and too short to be sure of it.
func (s *speller) isPlural(word, form string) bool {
	return utf8.RuneCountInString(form) < minBeforePlural && s.analyzer.IsPlural(word[len(form):])
}

// withEnd returns a word with the particle or ending behind it, "" if that is not read as such there.
func (s *speller) withEnd(word, end string) string {
	if s.stem(word+end) == word || pairs.WithoutParticle(word+end) == word {
		return word + end
	}
	return ""
}

// moreThan returns what counts the posts that have a word which may be meant by the one typed, also in another script or
// spelling. It gives 0 where these are not many more than has, and for words that nobody looks up in that form: inflected ones,
// pronouns, stems of verbs.
func (s *speller) moreThan(typed string, has int) func(word string) int {
	return func(word string) int {
		n := s.docs(word) + s.otherwise(word)
		if n <= muchMore*has || !s.mayMean(typed, word) || !s.isNoun(word) || s.isPronoun(word) || s.analyzer.IsPredicate(word) {
			return 0
		}
		return n
	}
}
