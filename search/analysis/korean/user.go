package korean

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chaja/search/analysis/korean/internal/dict"
	"chaja/search/hangul"
)

// UserWords are nouns that the user adds to the dictionary.
type UserWords struct {
	words []userWord
	hash  string
}

type userWord struct {
	text  string
	parts []int // bytes of each part; one if the word has no parts
}

// userWords are words in the form that the lattice needs. Entries of the lexicon are numbered otherwise than the
// words were read, so their Form is the number of their word, not of a form of the dictionary.
type userWords struct {
	*UserWords
	lexicon *dict.Lexicon
}

// ReadUserWords reads a file of one word a line, optionally followed by a colon and the parts of which it is made, all
// the word and in its order: "카카오뱅크: 카카오 뱅크". Empty lines and what follows # are left out. Words are brought to
// NFC. What is wrong is reported as "name:line: what", the first 20 one by one, the rest as a number. At most 65,536 words
// are taken.
func ReadUserWords(r io.Reader, name string) (*UserWords, error) {
	words := &UserWords{}
	seen := map[string]int{}
	hash := sha256.New()
	var errs []error
	lines := bufio.NewScanner(r)
	n, bad := 1, 0
	for ; lines.Scan(); n++ {
		line, _, _ := strings.Cut(norm.NFC.String(lines.Text()), "#")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		w, err := parseUserWord(line)
		if err == nil && seen[w.text] > 0 {
			err = fmt.Errorf("%q is already in line %d", w.text, seen[w.text])
		}
		if err != nil {
			if bad++; bad <= mostErrors {
				errs = append(errs, fmt.Errorf("%s:%d: %w", name, n, err))
			}
			continue
		}
		if len(words.words) == mostWords {
			return nil, fmt.Errorf("%s:%d: more than %d words: leave out what is rare", name, n, mostWords)
		}
		seen[w.text] = n
		words.words = append(words.words, w)
		fmt.Fprintln(hash, w.text, w.parts)
	}
	if bad > mostErrors {
		errs = append(errs, fmt.Errorf("%s: and %d more", name, bad-mostErrors))
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		errs = append(errs, fmt.Errorf("%s:%d: a line of more than %d bytes: write one word a line", name, n, bufio.MaxScanTokenSize))
	} else if err != nil {
		errs = append(errs, unreadable(name, err))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	words.hash = hex.EncodeToString(hash.Sum(nil)[:sumBytes])
	return words, nil
}

// unreadable says what keeps a file from being read, a folder for one, and names it once.
func unreadable(name string, err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("read user words from %s: %w: give a file with one word a line", name, err)
}

const (
	sumBytes     = 8
	mostErrors   = 20 // reported one by one
	mostWords    = 1 << 16
	longestWord  = 100  // bytes of a user's word
	userWordCost = 1500 // less than any noun of the dictionary that is not among the most frequent
)

func parseUserWord(line string) (userWord, error) {
	text, list, _ := strings.Cut(line, ":")
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return userWord{}, errors.New("no word before the colon")
	case len(text) > longestWord:
		return userWord{}, fmt.Errorf("a word of %d bytes, at most %d are taken", len(text), longestWord)
	}
	for _, r := range text {
		if !hangul.IsSyllable(r) {
			return userWord{}, fmt.Errorf("%q: %q is not a Hangul syllable", text, r)
		}
	}
	parts := strings.Fields(cmp.Or(strings.TrimSpace(list), text))
	if together := strings.Join(parts, ""); together != text {
		return userWord{}, fmt.Errorf("%q: the parts make %q", text, together)
	}
	w := userWord{text: text}
	for _, p := range parts {
		w.parts = append(w.parts, len(p))
	}
	return w, nil
}

// compile prepares the words for the lattice; nil words are none.
func (u *UserWords) compile(d *dict.Dict) (*userWords, error) {
	if u == nil || len(u.words) == 0 {
		return nil, nil
	}
	var words []dict.Word
	for i, w := range u.words {
		last, _ := utf8.DecodeLastRuneInString(w.text)
		e := d.Noun(last)
		e.Cost, e.Form = userWordCost, uint16(i)
		words = append(words, dict.Word{Surface: w.text, Entries: []dict.Entry{e}})
	}
	lexicon, err := dict.NewLexicon(words)
	if err != nil {
		return nil, fmt.Errorf("build lexicon of user words: %w", err)
	}
	return &userWords{u, lexicon}, nil
}

// parts returns the bytes of each part of the word of an entry.
func (u *userWords) parts(entry uint32) []int { return u.words[u.lexicon.Entry(entry).Form].parts }

func (u *userWords) sum() string {
	if u == nil {
		return "0"
	}
	return u.hash
}
