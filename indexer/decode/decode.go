// Package decode reads the YAML, TOML and JSON that others write. A decoder has corners where a small text takes memory
// by the square of its length; a text that goes there is refused before it is decoded. So the cost of a text is
// proportional to its length, which whoever reads it bounds.
package decode

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"
)

// MaxDepth bounds how deep values lie in each other. No front matter and no configuration goes beyond ten.
const MaxDepth = 32

// Error says why a text is not decoded. Line counts from 1.
type Error struct {
	Line   int
	Reason string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// YAML returns the syntax tree of the first document of a text, nil if there is nothing in it, and the line in which a second one
// begins, 0 for none. What follows must be YAML, too: else a key that is indented less than the first one would end the document, and
// be left out without a word. Aliases are not followed: who follows them counts the nodes. The tree may be deeper than MaxDepth; yaml
// itself ends at 10,000.
func YAML(text []byte) (root *yaml.Node, second int, err error) {
	defer guard(&err)
	var document, next yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(text))
	if err = documents.Decode(&document); errors.Is(err, io.EOF) {
		return nil, 0, nil
	}
	if err == nil {
		err = documents.Decode(&next)
	}
	switch {
	case err != nil && strings.Contains(err.Error(), unfinished):
		line := 1
		_, _ = fmt.Sscanf(err.Error(), "yaml: line %d:", &line)
		return nil, 0, &Error{line + 1, "less indented than the lines above, of which it is no part: keys of one level begin in the same column"}
	case err != nil && !errors.Is(err, io.EOF):
		return nil, 0, err
	}
	if len(next.Content) > 0 && next.Content[0].Tag != "!!null" {
		second = next.Content[0].Line
	}
	return document.Content[0], second, nil
}

// unfinished is how yaml calls what stands behind the end of a document; it counts that line from 0.
const unfinished = "did not find expected <document start>"

// TOML returns the table of a text. It is an error of type *Error if keys or values lie deeper than MaxDepth: the decoder
// writes out the whole path of every part of every key.
func TOML(text string) (table map[string]any, err error) {
	defer guard(&err)
	if err := checkTOML(text); err != nil {
		return nil, err
	}
	_, err = toml.Decode(text, &table)
	return table, err
}

// JSON decodes the value that a text begins with into value, numbers as json.Number. It returns the bytes that were read.
// The decoder itself ends at a depth of 10,000.
func JSON(text string, value any) (read int, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	err = d.Decode(value)
	return int(d.InputOffset()), err
}

// guard turns a panic of a decoder, none of which is ours, into an error.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("decoder failed: %v", r)
	}
}
