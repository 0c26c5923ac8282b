package pairs

import (
	"fmt"
	"unicode/utf8"

	"chaja/search/lexicon/column"
)

// ReadLearner returns the Learner that MarshalBinary encoded.
func ReadLearner(data []byte) (*Learner, error) {
	file, err := column.Read(learnerMagic, data, columns)
	if err != nil {
		return nil, err
	}
	r := learnerReader{Learner: NewLearner()}
	for i := range r.in {
		if r.in[i], err = file.Column(i); err != nil {
			return nil, err
		}
	}
	r.read()
	for i := range r.in {
		if r.in[i].Bad || r.in[i].Len() > 0 {
			return nil, fmt.Errorf("read learner: column %d: %w", i, column.ErrDamaged)
		}
	}
	return r.Learner, nil
}

// learnerReader makes a Learner of columns. What is wrong with one is said by its input.
type learnerReader struct {
	*Learner
	in    [columns]column.Input
	paths []string
}

func (r *learnerReader) read() {
	r.paths = r.in[pathColumn].Strings()
	for _, path := range r.paths {
		r.posts[path] = &post{Path: path}
	}
	if len(r.posts) < len(r.paths) {
		r.in[pathColumn].Bad = true // one is there twice
		return
	}
	r.keys = r.in[keyColumn].Strings()
	for n, key := range r.keys {
		r.keyOf[key] = uint32(n)
	}
	if !r.readWords() {
		return
	}
	r.readAlike()
	r.readPostings()
	r.readCandidates()
}

// readWords reports whether each word is one.
func (r *learnerReader) readWords() bool {
	texts := r.in[wordColumn].Strings()
	flags, cuts := r.in[flagColumn].Bytes(len(texts)), r.in[cutColumn].Bytes(len(texts))
	if len(flags) < len(texts) || len(cuts) < len(texts) {
		return false
	}
	names := len(r.keys)
	r.words = make([]word, len(texts))
	r.wordOf = make(map[string]uint32, len(texts))
	r.stemOf = make(map[string]uint32, len(texts))
	for n, text := range texts {
		if text == "" {
			r.in[wordColumn].Bad = true
			return false
		}
		w := &r.words[n]
		w.Text, w.Looked, w.Compared = text, flags[n]&looked != 0, flags[n]&compared != 0
		r.wordOf[text] = uint32(n)
		switch {
		case !w.isLatin():
			r.readStems(w, cuts[n])
		case w.Looked:
			w.Keys = make([]uint32, r.in[nameColumn].Count())
			for i := range w.Keys {
				w.Keys[i] = uint32(r.in[nameColumn].Below(names))
			}
		}
	}
	return true
}

// readStems gives a word its stems, by how many syllables are cut off.
func (r *learnerReader) readStems(w *word, cuts byte) {
	for n := range maxCut + 1 {
		if cuts&(1<<n) == 0 {
			continue
		}
		end := len(w.Text) - n*syllable
		if end <= 0 || n > 0 && !utf8.RuneStart(w.Text[end]) {
			r.in[cutColumn].Bad = true
			return
		}
		text := w.Text[:end]
		number, known := r.stemOf[text]
		if !known {
			number = uint32(len(r.stems))
			r.stems = append(r.stems, stem{Text: text, Key: r.keyNumber(consonants(sound(text)))})
			r.stemOf[text] = number
		}
		w.Stems = append(w.Stems, number)
	}
}

// readAlike reads what is known of stems.
func (r *learnerReader) readAlike() {
	known := r.in[knownColumn].Bytes(len(r.stems))
	for n := range known {
		r.stems[n].Known = known[n] != 0
	}
	in := &r.in[alikeColumn]
	for n := range r.words {
		w := &r.words[n]
		if !w.isLatin() {
			continue
		}
		if count := in.Count(); count > 0 {
			w.Alike = make([]alikeStem, count)
		}
		for i := range w.Alike {
			w.Alike[i] = alikeStem{uint32(in.Below(len(r.stems))), in.Uint()}
		}
	}
}

// eachPost calls f with each post of a word or candidate, ascending.
func (r *learnerReader) eachPost(c int, f func(post int)) {
	next := 0
	for range r.in[c].Count() {
		n := next + r.in[c].Uint()
		if r.in[c].Bad || n >= len(r.paths) {
			r.in[c].Bad = true
			return
		}
		f(n)
		next = n + 1
	}
}

// readPostings gives the posts their words.
func (r *learnerReader) readPostings() {
	counts := make([]int, len(r.paths))
	begin := r.in[wordPosts]
	for range r.words {
		r.eachPost(wordPosts, func(post int) {
			counts[post]++
			r.postings++
		})
	}
	if r.in[wordPosts].Bad {
		return
	}
	room := make([]uint32, r.postings)
	posts := make([]*post, len(r.paths))
	for i, path := range r.paths {
		posts[i] = r.posts[path]
		posts[i].Words, room = room[:0:counts[i]], room[counts[i]:]
	}
	r.in[wordPosts] = begin
	for n := range r.words {
		r.eachPost(wordPosts, func(post int) { posts[post].Words = append(posts[post].Words, uint32(n)) })
	}
}

func (r *learnerReader) readCandidates() {
	hangul, latin := r.in[hangulColumn].Strings(), r.in[latinColumn].Strings()
	if len(hangul) != len(latin) {
		r.in[latinColumn].Bad = true
		return
	}
	judge, place := &r.in[judgeColumn], &r.in[placeColumn]
	r.candidates = make([]candidate, len(hangul))
	r.candidateOf = make(map[string]uint32, len(hangul))
	for n := range r.candidates {
		c := &r.candidates[n]
		c.Hangul, c.Latin, c.Judged, c.Cut, c.Far = hangul[n], latin[n], judge.Uint() > 0, judge.Uint(), judge.Uint()
		if c.Latin == "" || c.Cut >= len(c.Hangul) {
			judge.Bad = true
			return
		}
		r.candidateOf[c.Hangul+"\x00"+c.Latin] = uint32(n)
		r.eachPost(candidatePosts, func(post int) {
			at := noted{Number: uint32(n)}
			for form := range at.Places {
				at.Places[form] = uint32(place.Uint())
			}
			at.First = place.Bytes(place.Below(maxEvidence + 1))
			for _, rank := range at.First {
				if int(rank) >= len(forms) {
					place.Bad = true
					at.First = nil
					break
				}
			}
			p := r.posts[r.paths[post]]
			p.Candidates = append(p.Candidates, at)
		})
	}
}
