package suggest

// The file of a vocabulary has a column for each list, see package column, in the order of Vocabulary.lists.
//
// In memory every list is one run of bytes that is read in place, see numbers and table. That is five times as long, so it is
// made of the file when it is first asked for: most searches never ask. What can be told from the words, see maskOf, is not
// in the file.
//
// Texts (titles, headings, tags) are numbered in the order in which they are shown: by kind, by the number of posts, by
// length. So the least numbers of a set of texts are its best ones. A start is a place where a word begins: the number of the
// text shifted left by ordinalBits, and the ordinal of the word in the text. Starts are sorted by the key of the text from
// there to its end, so that all places that begin with what was typed are one range. The key and the initials of a text end
// with a zero byte. Words are sorted by key, and no two words have the same key.

import (
	"errors"
	"fmt"

	"chaja/search/lexicon/column"
)

const magic = "vocabulary\x02"

// lists are the parts of the file in their order.
func (v *Vocabulary) lists() [9]list {
	return [...]list{
		(*counts)(&v.kindEnds), (*names)(&v.texts), (*names)(&v.urls), (*names)(&v.keys), (*names)(&v.initials),
		(*counts)(&v.textDocs), (*places)(&v.starts), (*names)(&v.words), (*counts)(&v.wordDocs),
	}
}

// MarshalBinary returns the file of the vocabulary.
func (v *Vocabulary) MarshalBinary() ([]byte, error) {
	v.open()
	var columns [][]byte
	for _, l := range v.lists() {
		columns = append(columns, l.appendTo(nil))
	}
	return column.Write(magic, columns...)
}

// ErrDamaged is wrapped by every error of Read.
var ErrDamaged = errors.New("the vocabulary is damaged or of another version: index the site again")

// Read reads a vocabulary written by MarshalBinary. It keeps data, which must not change afterwards. Data that was cut or
// altered, or is of another version, is an error.
func Read(data []byte) (*Vocabulary, error) {
	v := new(Vocabulary)
	file, err := column.Read(magic, data, len(v.lists()))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	v.file = &file
	return v, nil
}

// open makes the lists of what Read has read, once. The checksum says that the columns are as they were written; a file that
// was written otherwise gives no words.
func (v *Vocabulary) open() {
	v.once.Do(func() {
		if v.file != nil && !(v.decode() && v.sound()) {
			for _, l := range v.lists() {
				l.read(column.Input{})
			}
		}
		v.file = nil
	})
}

// decode sets the lists, and reports whether that went well.
func (v *Vocabulary) decode() bool {
	for i, l := range v.lists() {
		in, err := v.file.Column(i)
		if err != nil || !l.read(in) {
			return false
		}
	}
	return true
}

// sound reports whether all that a lookup reads lies in the vocabulary.
func (v *Vocabulary) sound() bool {
	texts, words := v.texts.len(), v.words.len()
	if v.kindEnds.len() != len(textKinds) || v.urls.len() != texts || v.keys.len() != texts || v.initials.len() != texts ||
		v.textDocs.len() != texts || v.wordDocs.len() != words {
		return false
	}
	for i := range v.starts.len() {
		if v.starts.at(i)>>ordinalBits >= texts {
			return false
		}
	}
	last, ok := v.kindEnds.ascend()
	return ok && last == texts
}
