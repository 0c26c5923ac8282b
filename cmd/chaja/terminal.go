package main

import (
	"cmp"
	"html"
	"io"
	"os"
	"strings"

	"chaja/search/catalog"
	"chaja/search/chars"

	"golang.org/x/term"
)

// terminal returns the file behind w when what is written there is seen by a person at once, else nil.
func terminal(w io.Writer) *os.File {
	if out, ok := behind(w).(*output); ok {
		w = out.to
	}
	if file, ok := behind(w).(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return file
	}
	return nil
}

func isTerminal(w io.Writer) bool { return terminal(w) != nil }

// style is how text is written. The zero value is for files and pipes: plain, each excerpt on one line.
type style struct {
	color bool
	links bool // URLs can be clicked, and lead to target
	width int  // columns of the terminal; 0 for no end

	target func(id, path string) string // see links.targets; nil for none
}

// texts are in the language of whoever sits at the terminal, as the variables of POSIX name it: LC_ALL, else LC_MESSAGES, else
// LANG, such as ko_KR.UTF-8.
func (s style) texts() *catalog.Texts {
	name := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	name, _, _ = strings.Cut(name, ".")
	return catalog.Embedded().Match(strings.ReplaceAll(name, "_", "-"))
}

// widest bounds the lines on wide terminals: longer ones are hard to read.
const widest = 110

func newStyle(w io.Writer) style {
	file := terminal(w)
	if file == nil || os.Getenv("TERM") == "dumb" {
		return style{}
	}
	s := style{color: os.Getenv("NO_COLOR") == "", links: true}
	if width, _, err := term.GetSize(int(file.Fd())); err == nil {
		s.width = min(width, widest)
	}
	return s
}

// Escape sequences of ECMA-48, section 8.3.117.
const (
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	yellow = "\x1b[33m"
	plain  = "\x1b[39m" // the usual colour; what is bold stays bold
	reset  = "\x1b[0m"
)

func (s style) apply(code, text string) string {
	if !s.color || text == "" {
		return text
	}
	return code + text + reset
}

// url writes the URL of the post with an id, to be clicked by OSC 8 as terminals know it.
func (s style) url(id, path string) string {
	text := s.apply(dim, readable(path))
	if !s.links || s.target == nil {
		return text
	}
	target := s.target(id, path)
	if target == "" || strings.ContainsFunc(target, unprintable) {
		return text
	}
	return "\x1b]8;;" + target + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// marked makes HTML of an answer text for the terminal, with what is marked in colour.
func (s style) marked(h string) string {
	var b strings.Builder
	for i, part := range strings.Split(h, "<mark>") {
		inside, after, closed := strings.Cut(part, "</mark>")
		if i > 0 && s.color {
			b.WriteString(yellow)
		}
		b.WriteString(clean(html.UnescapeString(inside)))
		if closed && s.color {
			b.WriteString(plain)
		}
		b.WriteString(clean(html.UnescapeString(after)))
	}
	return b.String()
}

// tags writes tags behind a title.
func (s style) tags(tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	return "  " + s.apply(dim, clean("#"+strings.Join(tags, " #")))
}

// clean makes text from elsewhere safe to print.
func clean(text string) string { return chars.ForTerminal(text) }
