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

// Learner collects what the posts of a site say about pairs. It keeps the words and candidates of each post apart, so that
// a post can be replaced, and what it has found out about words, so that only new ones are compared. NewLearner and
// ReadLearner return one. Not safe for concurrent use.
type Learner struct {
	posts      map[string]*post // by path
	words      []word
	candidates []candidate
	stems      []stem
	keys       []string // of consonants, see latin.consonantKeys

	wordOf      map[string]uint32 // Hangul with its particles, Latin in lower case
	candidateOf map[string]uint32 // Hangul, NUL, Latin as they stand
	stemOf      map[string]uint32
	keyOf       map[string]uint32

	postings int  // of all words
	full     bool // see Full
	adding   *post
	serial   int     // of the post that is being added
	tokens   []token // scratch
	key      []byte  // scratch
}

// post is what a post says: its words, and the texts in it that may be pairs, each once.
type post struct {
	Path       string
	Words      []uint32 // numbers of Learner.words
	Candidates []noted
}

// noted is where a post has a candidate.
type noted struct {
	Number uint32             // of Learner.candidates
	Places [len(forms)]uint32 // by rank of their form
	First  []uint8            // the ranks of the first places, equal ones in a row once, at most maxEvidence
}

// candidate is two texts that stand together as a pair would. They are compared by Learn, once.
type candidate struct {
	Hangul, Latin string
	Judged        bool
	Cut           int // bytes that are cut off the Hangul text, so that it sounds most like the Latin one
	Far           int // their distance by sound, see bestCut

	added, at int // the last post that was added with it, and where in noted
}

// word is a word of the site. What is known of it does not depend on posts.
type word struct {
	Text     string
	Looked   bool     // its stems or keys are known
	Stems    []uint32 // of a Hangul word, numbers of Learner.stems
	Keys     []uint32 // of a Latin name, numbers of Learner.keys
	Compared bool     // the Latin name has been compared with all stems that are Known
	Alike    []alikeStem

	added int // the last post that was added with it
}

// isLatin reports whether the word is a Latin name, which has keys, and not one of Hangul, which has stems.
func (w *word) isLatin() bool { return w.Text[0] < utf8.RuneSelf }

// alikeStem is a stem that is heard much like a Latin name.
type alikeStem struct {
	Stem uint32
	Far  int // at most maxFarDrifted
}

// NewLearner returns a Learner without posts.
func NewLearner() *Learner {
	return &Learner{posts: map[string]*post{}, wordOf: map[string]uint32{}, candidateOf: map[string]uint32{},
		stemOf: map[string]uint32{}, keyOf: map[string]uint32{}}
}

// Full reports whether a bound was reached. Then what is left out depends on the order in which posts were added, and to
// replace one gives other pairs than to begin anew.
func (l *Learner) Full() bool { return l.full }

// Add adds a post: its path, its tags, and its plain texts (title, headings, body), all in NFC. Of the texts it keeps only
// words. It takes the place of a post with the same path.
func (l *Learner) Add(path string, tags []string, texts ...string) {
	l.Remove(path)
	l.adding = &post{Path: strings.Clone(path)}
	l.posts[l.adding.Path] = l.adding
	l.serial++
	l.addTags(tags)
	for _, text := range texts {
		l.tokens = scan(l.tokens[:0], text)
		l.addWords(text)
		l.addPlaces(text)
	}
}

// Remove removes a post, if it is there.
func (l *Learner) Remove(path string) {
	if p := l.posts[path]; p != nil {
		l.postings -= len(p.Words)
		delete(l.posts, path)
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
	n, known := l.wordOf[string(key)]
	if !known {
		if len(l.words) == maxWords {
			l.full = true
			return
		}
		n = uint32(len(l.words))
		l.words = append(l.words, word{Text: string(key)})
		l.wordOf[l.words[n].Text] = n
	}
	w := &l.words[n]
	if w.added == l.serial {
		return
	}
	if l.postings == maxPostings {
		l.full = true
		return
	}
	w.added = l.serial
	l.adding.Words = append(l.adding.Words, n)
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
	if before.script == latinScript && before.end == l.tokens[i].start && IsParticle(text[l.tokens[i].start:l.tokens[i].end]) {
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
	n, known := l.candidateOf[string(l.key)]
	if !known {
		if len(l.candidates) == maxCandidates {
			l.full = true
			return
		}
		both := string(l.key)
		n = uint32(len(l.candidates))
		l.candidates = append(l.candidates, candidate{Hangul: both[:len(hangul)], Latin: both[len(hangul)+1:]})
		l.candidateOf[both] = n
	}
	c := &l.candidates[n]
	if c.added != l.serial {
		c.added, c.at = l.serial, len(l.adding.Candidates)
		l.adding.Candidates = append(l.adding.Candidates, noted{Number: n})
	}
	l.adding.Candidates[c.at].add(rank(form))
}

func (n *noted) add(rank int) {
	n.Places[rank]++
	if k := len(n.First); k < maxEvidence && (k == 0 || n.First[k-1] != uint8(rank)) {
		n.First = append(n.First, uint8(rank))
	}
}

// forms are those that places in posts have, by their rank.
var forms = [...]Form{Brackets, Tags, Beside}

func rank(form Form) int { return slices.Index(forms[:], form) }
