package main

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// Text of others reaches the terminal in two ways. What a command prints without colours passes a guard, which takes out
// whatever steers a terminal; no command has to think of it. A command that writes escape sequences of its own asks for
// the writer behind the guard, and cleans each text by itself (style, clean).

// guard is a writer to a person. Lines and tabs stay; of everything else it lets through only what can be seen.
type guard struct {
	to   io.Writer
	rest []byte // the beginning of a character whose end is still to come
}

// Write writes p without what steers a terminal. It counts all of p as written, unless that fails.
func (g *guard) Write(p []byte) (int, error) {
	text := append(g.rest, p...)
	whole := len(text)
	for back := 1; back < utf8.UTFMax && back <= len(text); back++ {
		if utf8.RuneStart(text[len(text)-back]) {
			if !utf8.FullRune(text[len(text)-back:]) {
				whole = len(text) - back
			}
			break
		}
	}
	g.rest = bytes.Clone(text[whole:])
	if _, err := io.WriteString(g.to, cleanLines(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// behind returns the writer that a guard is before, for who cleans by itself.
func behind(w io.Writer) io.Writer {
	if g, ok := w.(*guard); ok {
		return g.to
	}
	return w
}

// cleanLines is clean for a text of several lines and columns.
func cleanLines(text string) string {
	var out strings.Builder
	for text != "" {
		end := strings.IndexAny(text, "\n\t")
		if end < 0 {
			out.WriteString(clean(text))
			break
		}
		out.WriteString(clean(text[:end]))
		out.WriteByte(text[end])
		text = text[end+1:]
	}
	return out.String()
}
