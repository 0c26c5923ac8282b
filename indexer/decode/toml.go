package decode

import (
	"fmt"
	"strings"
)

// maxPath bounds the bytes of a key of TOML with all tables that it lies in: the decoder writes it out for every key.
const maxPath = 1 << 10

// key is the path of a key as far as it is read: its bytes and its parts.
type key struct{ bytes, parts int }

func (k key) plus(other key) key { return key{k.bytes + other.bytes, k.parts + other.parts} }

// tomlScanner goes through a text of TOML, knowing no more of it than what is a string, a comment, a key and a bracket. In
// a text that is no TOML it may be wrong, but not before the place where the decoder stops.
type tomlScanner struct {
	text  string
	at    int
	line  int
	start int // of the key that is read
	parts int // of it, without the first

	header   bool  // a line that names a table is read
	table    key   // that the last such line has named
	brackets []key // that are open, with the paths of what is inside
	value    key   // path of the value that is read
}

// checkTOML returns an error if a path is longer or deeper than the decoder shall see. It takes linear time.
func checkTOML(text string) error {
	s := &tomlScanner{text: text, line: 1}
	for s.at < len(s.text) {
		if reason := s.next(); reason != "" {
			return &Error{s.line, reason}
		}
	}
	return nil
}

// next goes on by a character, string or comment. It says what is wrong, mostly nothing.
func (s *tomlScanner) next() string {
	c := s.text[s.at]
	s.at++
	switch c {
	case '\n':
		s.line++
		if len(s.brackets) == 0 {
			s.header = false
			s.begin()
		}
	case '#':
		comment, _, _ := strings.Cut(s.text[s.at:], "\n")
		s.at += len(comment)
	case '"', '\'':
		s.skipString(s.text[s.at-1 : s.at])
	case '.':
		s.parts++
	case ',':
		s.begin()
	case '=':
		value := s.within().plus(key{s.at - s.start, 1 + s.parts})
		s.begin()
		s.value = value
		return s.value.tooLong()
	case '[', '{':
		return s.open(c)
	case ']', '}':
		return s.close()
	}
	return ""
}

// begin begins a key, or a value of a list, after what has been read.
func (s *tomlScanner) begin() { s.start, s.parts, s.value = s.at, 0, s.within() }

// within is the path of the table that keys lie in.
func (s *tomlScanner) within() key {
	if n := len(s.brackets); n > 0 {
		return s.brackets[n-1]
	}
	return s.table
}

func (s *tomlScanner) open(c byte) string {
	if c == '[' && len(s.brackets) == 0 && strings.Trim(s.text[s.start:s.at-1], " \t[") == "" && s.atLineStart() {
		s.header = true
		return ""
	}
	s.brackets = append(s.brackets, s.value)
	s.begin()
	if len(s.brackets) > MaxDepth {
		return fmt.Sprintf("values nest deeper than %d", MaxDepth)
	}
	return ""
}

func (s *tomlScanner) close() string {
	switch {
	case s.header:
		s.table = key{s.at - s.start, 1 + s.parts}
		return s.table.tooLong()
	case len(s.brackets) > 0:
		s.brackets = s.brackets[:len(s.brackets)-1]
	}
	return ""
}

// atLineStart reports whether the key that is read begins a line.
func (s *tomlScanner) atLineStart() bool { return s.start == 0 || s.text[s.start-1] == '\n' }

// skipString goes to the end of the string that a quote has begun. Without an end it takes the line, or the rest if it may
// have several lines.
func (s *tomlScanner) skipString(quote string) {
	end := quote
	if long := strings.Repeat(quote, 3); strings.HasPrefix(s.text[s.at-1:], long) {
		end = long
		s.at += 2
	}
	for s.at < len(s.text) {
		switch {
		case s.text[s.at] == '\\' && quote == `"`:
			s.at++
			if s.at < len(s.text) && s.text[s.at] != '\n' {
				s.at++
			}
			continue
		case s.text[s.at] == '\n' && len(end) == 1:
			return
		case s.text[s.at] == '\n':
			s.line++
		case strings.HasPrefix(s.text[s.at:], end):
			s.at += len(end)
			return
		}
		s.at++
	}
}

func (k key) tooLong() string {
	switch {
	case k.parts > MaxDepth:
		return fmt.Sprintf("keys nest deeper than %d", MaxDepth)
	case k.bytes > maxPath:
		return fmt.Sprintf("a key is longer than %d bytes with the tables it is in", maxPath)
	}
	return ""
}
