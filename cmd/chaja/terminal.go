package main

import (
	"html"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// isTerminal reports whether what is written to w is seen by a person at once.
func isTerminal(w io.Writer) bool {
	if out, ok := w.(*output); ok {
		w = out.to
	}
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// style writes text with or without colour.
type style struct{ color bool }

func newStyle(w io.Writer) style {
	return style{color: isTerminal(w) && os.Getenv("NO_COLOR") == ""}
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

// marked makes HTML of an answer text for the terminal, with what is marked in colour.
func (s style) marked(h string) string {
	on, off := "", ""
	if s.color {
		on, off = yellow, plain
	}
	return html.UnescapeString(strings.NewReplacer("<mark>", on, "</mark>", off).Replace(h))
}
