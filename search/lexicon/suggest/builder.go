package suggest

import (
	"strings"

	"chaja/search/chars"
)

// Post is what a post gives to the vocabulary. All text is in NFC.
type Post struct {
	Title, URL string
	Headings   []Heading
	Tags       []string
}

// Heading is a heading of a post and the address of its section.
type Heading struct{ Text, URL string }

// minPairDocs is the fewest posts that must have two successive words in titles, headings and tags, for the two to be known
// as one, so that 스프링부 leads to 스프링 부트. Pairs in one post alone are as many as all words, and lead nowhere.
const minPairDocs = 2

// Builder collects the posts and words of a site. It is not safe for concurrent use.
type Builder struct {
	posts int
	texts map[textKey]*textEntry
	words map[string]*wordEntry // by their keys
}

// textKey tells texts apart. Texts of one kind with the same chars.TagKey are one.
type textKey struct {
	kind int // index of textKinds
	key  string
}

type textEntry struct {
	spellings
	url    string
	places int // addresses it leads to, 2 for more than one
	docs   int // posts that have it
	post   int // the last of them
}

type wordEntry struct {
	spellings
	docs int  // posts that have it
	post int  // the last of them
	term bool // given by Builder.Term
	pair bool // it is two words
}

// spellings counts the ways in which a text is written. Mostly there is one.
type spellings struct {
	first string
	n     int
	more  map[string]int
}

func (s *spellings) add(text string) {
	switch {
	case s.n == 0 || s.first == text:
		s.first = text
		s.n++
	case s.more == nil:
		s.more = map[string]int{text: 1}
	default:
		s.more[text]++
	}
}

// best returns the commonest spelling. Of equally common ones it is the first in the order of bytes.
func (s *spellings) best() string {
	best, n := s.first, s.n
	for text, m := range s.more {
		if m > n || m == n && text < best {
			best, n = text, m
		}
	}
	return best
}

// NewBuilder returns a builder that knows nothing yet.
func NewBuilder() *Builder {
	return &Builder{texts: make(map[textKey]*textEntry), words: make(map[string]*wordEntry)}
}

// Post adds a post: its title, headings and tags, and their words. What has no letter or digit is left out.
func (b *Builder) Post(p Post) {
	b.posts++
	b.text(0, p.Title, p.URL)
	for _, h := range p.Headings {
		b.text(1, h.Text, h.URL)
	}
	for _, tag := range p.Tags {
		b.text(2, tag, "")
		if strings.Contains(tag, " ") {
			b.seen(tag, false)
		}
	}
}

// Term adds a word of the site and the number of posts that have it. Nouns of a dictionary are given as they are, words of
// other scripts in lower case. Words of bodies are known by Term only. Of a word given twice the greater number counts.
func (b *Builder) Term(text string, docs int) {
	text = strings.Join(strings.Fields(text), " ")
	key := appendKey(nil, []byte(text))
	if len(key) == 0 || len(key) > maxMatched || docs <= 0 {
		return
	}
	w := b.word(key)
	if !w.term || docs > w.docs {
		w.spellings = spellings{first: text, n: 1}
	}
	w.term, w.pair = true, false
	w.docs = max(w.docs, docs)
}

func (b *Builder) word(key []byte) *wordEntry {
	w := b.words[string(key)]
	if w == nil {
		w = &wordEntry{pair: true}
		b.words[string(key)] = w
	}
	return w
}

// text adds a title, heading or tag of the present post.
func (b *Builder) text(kind int, text, url string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return
	}
	key := textKey{kind, chars.TagKey(text)}
	t := b.texts[key]
	if t == nil {
		t = new(textEntry)
		b.texts[key] = t
	}
	t.add(text)
	if t.places == 0 {
		t.url, t.places = url, 1
	} else if t.url != url {
		t.places = 2
	}
	if t.post != b.posts {
		t.post = b.posts
		t.docs++
	}
	words := chars.Names(text)
	for i, word := range words {
		b.seen(word, false)
		if i > 0 {
			b.seen(words[i-1]+" "+word, true)
		}
	}
}

// seen counts a word, or a pair of words, of the present post.
func (b *Builder) seen(text string, pair bool) {
	key := appendKey(nil, []byte(text))
	if len(key) == 0 || len(key) > maxMatched {
		return
	}
	w := b.word(key)
	if w.term {
		return // its posts are known, with those that have it in the body
	}
	if w.pair && !pair {
		w.pair, w.spellings = false, spellings{} // elsewhere it is written as one word
	}
	if w.pair == pair {
		w.add(text)
	}
	if w.post != b.posts {
		w.post = b.posts
		w.docs++
	}
}
