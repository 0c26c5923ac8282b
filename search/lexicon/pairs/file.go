package pairs

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"chaja/search/chars"

	"golang.org/x/text/unicode/norm"

	"chaja/search/ranking"
)

// Bounds on a site's file. They are far above what people write by hand, and keep a wrong file from filling memory.
const (
	maxFileBytes  = 1 << 20
	maxGroupWords = MaxSpellings + 1
	maxFileErrors = 20 // mistakes reported; more are of the same kind
)

// File is what a site says about its words: groups of words that mean the same, and groups of words that do not, whatever
// they sound like. Words are in lower case and in NFC.
type File struct {
	Name      string // of the file, for people to see; no part of what it says
	Groups    [][]string
	Forbidden [][]string
}

// Mistake is something wrong with a site's file. The other lines count all the same.
type Mistake struct {
	Line    int    // from 1; 0 where the file cannot be read on
	Message string // what is wrong and what to do
}

// ReadFile reads the file of a site. A line is a group of words, separated by "=" or ",", that are searched as one:
//
//	쿠버네티스 = kubernetes = k8s
//	! 리액트 = 리액터
//	# a comment
//
// A line that begins with "!" forbids its words as pairs. Empty lines are skipped. At most maxFileErrors mistakes are
// returned. The File is never nil and holds every good line.
func ReadFile(r io.Reader, name string) (*File, []Mistake) {
	f := &File{Name: filepath.Base(name)}
	var mistakes []Mistake
	limited := &io.LimitedReader{R: r, N: maxFileBytes + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, maxFileBytes+1)
	n := 0
	for lines.Scan() {
		n++
		if err := f.addLine(lines.Text()); err != nil && len(mistakes) < maxFileErrors {
			mistakes = append(mistakes, Mistake{n, err.Error()})
		}
	}
	if err := lines.Err(); err != nil {
		mistakes = append(mistakes, Mistake{0, fmt.Sprintf("read pairs: %v", err)})
	}
	if limited.N <= 0 {
		mistakes = append(mistakes, Mistake{n, fmt.Sprintf("the file is larger than %d bytes and what follows is left out: shorten it", maxFileBytes)})
	}
	return f, mistakes
}

// Version identifies what the file says. It is empty for nil, which says nothing.
func (f *File) Version() string {
	if f == nil {
		return ""
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q", f.Groups, f.Forbidden))
	return hex.EncodeToString(sum[:8])
}

// Apply returns the pairs in force, for people to see: first each group as pairs with its first word, then the learned pairs
// that are not forbidden. A nil File returns what was learned.
func (f *File) Apply(learned []Pair) []Pair {
	if f == nil {
		return learned
	}
	var all []Pair
	for _, group := range f.Groups {
		for _, word := range group[1:] {
			all = append(all, Pair{A: group[0], B: word, Count: 1, Evidence: []Evidence{{f.Name, Stated}}})
		}
	}
	forbidden := f.forbidden()
	for _, p := range learned {
		if !forbidden[pairKey{chars.Key(p.A), chars.Key(p.B)}] {
			all = append(all, p)
		}
	}
	return all
}

// forbidden returns the pairs that must not be, in both directions.
func (f *File) forbidden() map[pairKey]bool {
	pairs := map[pairKey]bool{}
	for _, group := range f.Forbidden {
		for _, a := range group {
			for _, b := range group {
				pairs[pairKey{chars.Key(a), chars.Key(b)}] = true
			}
		}
	}
	return pairs
}

func (f *File) addLine(line string) error {
	line = strings.TrimPrefix(line, "\ufeff")
	if !utf8.ValidString(line) {
		return errors.New("the line is not UTF-8: save the file as UTF-8")
	}
	line, _, _ = strings.Cut(line, " #") // C# is a word, " #" is not
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' {
		return nil
	}
	rest, forbids := strings.CutPrefix(line, "!")
	group, err := splitGroup(rest)
	if err != nil {
		return err
	}
	if forbids {
		f.Forbidden = append(f.Forbidden, group)
	} else {
		f.Groups = append(f.Groups, group)
	}
	return nil
}

func splitGroup(line string) ([]string, error) {
	var group []string
	for _, field := range strings.FieldsFunc(line, func(r rune) bool { return r == '=' || r == ',' }) {
		word := strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(field))), " ")
		switch {
		case word == "":
			return nil, errors.New(`a word is missing between two "=": write it or take one "=" away`)
		case chars.Key(word) == "":
			return nil, fmt.Errorf("%q has no letters: write a word", word)
		case strings.Count(word, " ") >= ranking.MaxNameWords:
			return nil, fmt.Errorf("%q has %d words, and names are looked up to %d: shorten it", word, strings.Count(word, " ")+1, ranking.MaxNameWords)
		case contains(group, word):
			return nil, fmt.Errorf("%q stands twice: case, blanks and hyphens make no other word; take one away", word)
		}
		group = append(group, word)
	}
	if len(group) < 2 {
		return nil, errors.New(`a group has two words or more: write word = other word`)
	}
	if len(group) > maxGroupWords {
		return nil, fmt.Errorf("the group has %d words, more than %d: split it", len(group), maxGroupWords)
	}
	return group, nil
}
