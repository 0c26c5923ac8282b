package suggest

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/hangul"
	"chaja/search/lexicon/column"
)

// Build returns the vocabulary of what was added. The builder must not be used afterwards. The same posts and terms in the
// same order give the same bytes.
func (b *Builder) Build() *Vocabulary {
	v := new(Vocabulary)
	v.addTexts(b.ranked())
	v.addStarts()
	v.addWords(b.words)
	return v
}

// rankedText is a text as it enters the vocabulary.
type rankedText struct {
	kind      int
	docs      int
	runes     int
	text, url string
}

// ranked returns the texts in the order in which they are shown, at most maxTexts. A text of several kinds counts as the first
// of them.
func (b *Builder) ranked() []rankedText {
	texts := make([]rankedText, 0, len(b.texts))
	for key, t := range b.texts {
		docs, first := t.docs, true
		for kind := range textKinds {
			if same := b.texts[textKey{kind, key.key}]; same != nil {
				first = first && kind >= key.kind
				docs = max(docs, same.docs)
			}
		}
		if !first {
			continue
		}
		r := rankedText{kind: key.kind, docs: docs, text: t.best()}
		r.runes = utf8.RuneCountInString(r.text)
		if t.places == 1 {
			r.url = t.url
		}
		texts = append(texts, r)
	}
	slices.SortFunc(texts, func(a, b rankedText) int {
		return cmp.Or(a.kind-b.kind, b.docs-a.docs, a.runes-b.runes, strings.Compare(a.text, b.text))
	})
	room := column.Max / 2 // for lengths
	for i, t := range texts[:min(len(texts), maxTexts)] {
		if room -= len(t.text) + len(t.url) + 1; room < 0 {
			return texts[:i]
		}
	}
	return texts[:min(len(texts), maxTexts)]
}

func (v *Vocabulary) addTexts(texts []rankedText) {
	ends := make([]int, len(textKinds))
	for i, t := range texts {
		v.texts.add(t.text)
		v.urls.add(t.url)
		v.textDocs.add(t.docs)
		var key, initials []byte
		w := walker{text: v.text(i)}
		for u, ok := w.next(); ok; u, ok = w.next() {
			at := len(key)
			key = u.appendKey(key)
			initials = append(initials, key[at:at+u.initial()]...)
		}
		v.keys.add(string(append(key, 0)))
		v.initials.add(string(append(initials, 0)))
		for k := t.kind; k < len(ends); k++ {
			ends[k] = i + 1
		}
	}
	for _, end := range ends {
		v.kindEnds.add(end)
	}
}

// addStarts sorts the places where words begin by the key of what follows.
func (v *Vocabulary) addStarts() {
	type start struct {
		key    []byte // to the end of the text
		number int
	}
	var starts []start
	var room [hangul.MaxLetters]byte
	for i := range v.texts.len() {
		text := v.text(i)
		key := v.keys.at(i)
		key = key[:len(key)-1]
		w, at, ordinal := walker{text: text}, 0, 0
		for u, ok := w.next(); ok && ordinal < 1<<ordinalBits; u, ok = w.next() {
			if u.word {
				starts = append(starts, start{key[at:], i<<ordinalBits | ordinal})
				ordinal++
			}
			at += len(u.appendKey(room[:0]))
		}
	}
	slices.SortFunc(starts, func(a, b start) int {
		return cmp.Or(bytes.Compare(a.key, b.key), a.number-b.number)
	})
	for _, s := range starts {
		v.starts.add(s.number)
	}
}

// addWords adds the words and the frequent pairs of words, at most maxTerms.
func (v *Vocabulary) addWords(words map[string]*wordEntry) {
	keys := make([]string, 0, len(words))
	for key, w := range words {
		if !w.pair || w.docs >= minPairDocs {
			keys = append(keys, key)
		}
	}
	if len(keys) > maxTerms {
		slices.SortFunc(keys, func(a, b string) int {
			return cmp.Or(words[b].docs-words[a].docs, strings.Compare(a, b))
		})
		keys = keys[:maxTerms]
	}
	slices.Sort(keys)
	for _, key := range keys {
		w := words[key]
		if len(v.words.blob) > column.Max/2 {
			break
		}
		docs := w.docs << 1
		if w.term {
			docs |= 1
		}
		v.words.add(w.best())
		v.wordDocs.add(docs)
	}
}
