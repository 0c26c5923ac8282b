package eval

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Case is what one reader looks for.
type Case struct {
	Query   string // as typed
	Post    string // ID of the post that answers best
	Section string // heading of the section in it that answers best; empty when the post as a whole does

	Path string // of the file that states the case
	Line int    // of the query in it, from 1
}

// ReadCases reads a file of cases in plain text:
//
//	query as typed, from the first column
//	  path/of/the/post.md # Heading of the section
//
// A query has one answer, its line is indented, and the heading may be left out; the first " # " parts the two. Empty
// lines and lines that begin with # are skipped. The error names path and line of what is wrong, and what to do.
func ReadCases(path string) ([]Case, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("open cases: %w", err)
	}
	r := caseReader{path: path, asked: map[string]int{}}
	for i, line := range strings.Split(strings.TrimPrefix(string(data), byteOrderMark), "\n") {
		if err := r.line(i+1, line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, i+1, err)
		}
	}
	if err := r.answered(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", path, r.cases[len(r.cases)-1].Line, err)
	}
	if len(r.cases) == 0 {
		return nil, fmt.Errorf("%s:1: no case; write a query, and below it, indented, the post that answers it", path)
	}
	return r.cases, nil
}

type caseReader struct {
	path  string
	cases []Case         // the last may lack its answer
	asked map[string]int // query -> its line
}

// line takes in line n of the file.
func (r *caseReader) line(n int, line string) error {
	text := strings.TrimSpace(line)
	switch {
	case !utf8.ValidString(line):
		return errors.New("not UTF-8; save the file as UTF-8")
	case text == "" || text[0] == '#':
		return nil
	case line[0] == ' ' || line[0] == '\t':
		return r.answer(text)
	}
	if err := r.answered(); err != nil {
		return fmt.Errorf("the query above has no answer: %w", err)
	}
	if before := r.asked[text]; before > 0 {
		return fmt.Errorf("line %d asks the same, and a query has one answer; drop one of the two", before)
	}
	r.asked[text] = n
	r.cases = append(r.cases, Case{Query: text, Path: r.path, Line: n})
	return nil
}

// answer takes in an indented line.
func (r *caseReader) answer(text string) error {
	if len(r.cases) == 0 {
		return errors.New("an answer without a query; write the query above it, from the first column")
	}
	c := &r.cases[len(r.cases)-1]
	if c.Post != "" {
		return errors.New("a second answer; a query has one: keep the better one, or start a query in the first column")
	}
	post, section, _ := strings.Cut(norm.NFC.String(text), " # ") // in NFC, as documents are
	c.Post, c.Section = strings.TrimSpace(post), strings.TrimSpace(section)
	return nil
}

// answered returns an error if the last query still waits for its answer.
func (r *caseReader) answered() error {
	if n := len(r.cases); n > 0 && r.cases[n-1].Post == "" {
		return fmt.Errorf("write the post that answers %q below it, indented", r.cases[n-1].Query)
	}
	return nil
}
