package pairs

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/ranking"
)

// Bounds on what a Learner holds, so that a large site needs tens of megabytes and not gigabytes. When a bound is reached,
// nothing new is taken in, and what is known goes on counting.
const (
	maxCandidates = 1 << 17 // texts that may be pairs; all the blogs at hand together have a tenth of it
	maxWords      = 1 << 19 // distinct words of the site, about 100 bytes each
	maxPostings   = 1 << 23 // words of posts, 4 bytes each; twenty thousand posts have about as many
	maxTags       = 64      // tags of a post that are compared, each with each
	maxBracket    = 120     // bytes behind an opening bracket that belong to it
	maxLatin      = 48      // bytes of a Latin name; longer ones are paths, keys and codes
	maxSyllables  = 16      // of a Hangul name
)

// Learner collects what the posts of a site say about pairs. The zero value is not ready; use NewLearner.
// Not safe for concurrent use.
type Learner struct {
	paths      []string
	candidates map[string]*candidate // by Hangul, NUL, Latin as they stand
	words      map[string]*word      // Hangul with its particles, Latin in lower case
	postings   int                   // of all words
	tokens     []token               // scratch
	key        []byte                // scratch
}

// candidate is two texts that stand together as a pair would. They are compared by Learn.
type candidate struct {
	hangul, latin string
	places        [3]int // by order of brackets, tags, beside
	first         []place
}

type place struct {
	path int // index in Learner.paths
	form Form
}

type word struct {
	posts []int32 // ascending, until maxPostings is reached
}

// NewLearner returns a Learner without posts.
func NewLearner() *Learner {
	return &Learner{candidates: map[string]*candidate{}, words: map[string]*word{}}
}

// Add adds a post: its path, its tags, and its plain texts (title, headings, body), all in NFC. Of the texts it keeps only
// words.
func (l *Learner) Add(path string, tags []string, texts ...string) {
	l.paths = append(l.paths, strings.Clone(path))
	l.addTags(tags)
	for _, text := range texts {
		l.tokens = scan(l.tokens[:0], text)
		l.addWords(text)
		l.addPlaces(text)
	}
}

// addTags suggests each pair of tags in two scripts. A tag is one name, however many words it has.
func (l *Learner) addTags(tags []string) {
	var korean, latin []string
	for _, tag := range tags[:min(len(tags), maxTags)] {
		l.tokens = scan(l.tokens[:0], tag)
		l.addWords(tag)
		switch name, script := l.wholeName(tag); script {
		case hangulScript:
			korean = append(korean, name)
		case latinScript:
			latin = append(latin, name)
		}
	}
	for _, a := range korean {
		for _, b := range latin {
			l.suggest(a, b, Tags)
		}
	}
}

// wholeName returns a text without the blanks around it. Script is 0 when it is not one name in one script.
func (l *Learner) wholeName(text string) (name string, script script) {
	if len(l.tokens) == 0 {
		return "", 0
	}
	for i := range len(l.tokens) - 1 {
		if !l.joined(text, i) {
			return "", 0
		}
	}
	first, last := l.tokens[0], l.tokens[len(l.tokens)-1]
	return text[first.start:last.end], first.script
}

func (l *Learner) addWords(text string) {
	for _, t := range l.tokens {
		surface := text[t.start:t.end]
		if t.script == hangulScript {
			if n := len(surface) / utf8.RuneLen('가'); n >= 2 && n <= maxSyllables {
				l.addWord(append(l.key[:0], surface...))
			}
			continue
		}
		if len(surface) < minTogetherLetters || len(surface) > maxLatin {
			continue
		}
		l.key = l.key[:0]
		for i := range len(surface) {
			l.key = append(l.key, lower(surface[i]))
		}
		l.addWord(l.key)
	}
}

func (l *Learner) addWord(key []byte) {
	l.key = key
	post := int32(len(l.paths))
	w := l.words[string(key)]
	if w == nil {
		if len(l.words) == maxWords {
			return
		}
		w = &word{}
		l.words[string(key)] = w
	}
	if n := len(w.posts); (n > 0 && w.posts[n-1] == post) || l.postings == maxPostings {
		return
	}
	w.posts = append(w.posts, post)
	l.postings++
}

// addPlaces suggests what stands close together in a text.
func (l *Learner) addPlaces(text string) {
	for i := 0; i+1 < len(l.tokens); i++ {
		switch linkOf(text[l.tokens[i].end:l.tokens[i+1].start]) {
		case opening:
			l.addBracket(text, i)
		case blank, listed:
			l.compare(text, l.beforeParticle(text, i, l.tokens[i+1].script), i+1, len(text), Beside)
		}
	}
}

// addBracket suggests the words before a bracket, of which token i is the last, with every name of the other script inside
// it: 쿠버네티스(이하 Kubernetes, K8s).
func (l *Learner) addBracket(text string, i int) {
	open := l.tokens[i].end
	limit := min(len(text), open+maxBracket)
	if end := strings.IndexAny(text[open:limit], closing); end >= 0 {
		limit = open + end
	} else if i+1 < len(l.tokens) {
		limit = min(limit, l.tokens[i+1].end)
	}
	for j := i + 1; j < len(l.tokens) && l.tokens[j].end <= limit; j++ {
		l.compare(text, l.beforeParticle(text, i, l.tokens[j].script), j, limit, Brackets)
	}
}

// closing are the signs that end a bracket.
const closing = ")）]］>〉」』》】}\n"

// beforeParticle returns the token of the Latin word that the particle i is attached to (Kubernetes는 쿠버네티스), if the other
// side is Hangul. Else it returns i.
func (l *Learner) beforeParticle(text string, i int, other script) int {
	if other != hangulScript || l.tokens[i].script != hangulScript || i == 0 {
		return i
	}
	before := l.tokens[i-1]
	if before.script == latinScript && before.end == l.tokens[i].start && isParticle(text[l.tokens[i].start:l.tokens[i].end]) {
		return i - 1
	}
	return i
}

// compare suggests each name that ends with token i with each name that begins with token j, if they are of two scripts.
func (l *Learner) compare(text string, i, j, limit int, form Form) {
	if l.tokens[i].script == l.tokens[j].script {
		return
	}
	for a := i; a >= 0 && i-a < ranking.MaxNameWords; a-- {
		if a < i && !l.joined(text, a) {
			break
		}
		if !l.canEnd(a) {
			continue
		}
		left := text[l.tokens[a].start:l.tokens[i].end]
		for b := j; b < len(l.tokens) && b-j < ranking.MaxNameWords && l.tokens[b].end <= limit; b++ {
			if b > j && !l.joined(text, b-1) {
				break
			}
			if !l.canEnd(b) {
				continue
			}
			right := text[l.tokens[j].start:l.tokens[b].end]
			if l.tokens[i].script == hangulScript {
				l.suggest(left, right, form)
			} else {
				l.suggest(right, left, form)
			}
		}
	}
}

// canEnd reports whether a name can begin or end with token i. Single letters are initials or variables.
func (l *Learner) canEnd(i int) bool {
	t := l.tokens[i]
	return t.script == hangulScript || t.end-t.start > 1
}

// joined reports whether token i and the next can be words of one name.
func (l *Learner) joined(text string, i int) bool {
	a, b := l.tokens[i], l.tokens[i+1]
	return a.script == b.script && linkOf(text[a.end:b.start]) == blank
}

// suggest keeps a candidate for Learn, unless the two plainly do not sound alike.
func (l *Learner) suggest(hangul, latin string, form Form) {
	if !plausible(hangul, latin) {
		return
	}
	l.key = append(append(append(l.key[:0], hangul...), 0), latin...)
	c := l.candidates[string(l.key)]
	if c == nil {
		if len(l.candidates) == maxCandidates {
			return
		}
		both := string(l.key)
		c = &candidate{hangul: both[:len(hangul)], latin: both[len(hangul)+1:]}
		l.candidates[both] = c
	}
	c.places[rank(form)]++
	path := len(l.paths) - 1
	if n := len(c.first); n < maxEvidence && (n == 0 || c.first[n-1] != place{path, form}) {
		c.first = append(c.first, place{path, form})
	}
}

// rank is the index of a form in candidate.places.
func rank(form Form) int { return slices.Index([]Form{Brackets, Tags, Beside}, form) }
