package markdown

import (
	"regexp"
	"strings"

	"chaja/internal/lazyregexp"
)

// hidden at the beginning of a line keeps it from being anything but text. No clean text has it.
const hidden = '\ufdd1'

// Above writes a caption on the last line of a part if that is empty, or behind the text there: every line stays where it is. Behind
// what may be more than text, such as a heading, it is left out.
func Above(part, caption string) string {
	rest, ok := strings.CutSuffix(part, "\n")
	switch last := rest[strings.LastIndexByte(rest, '\n')+1:]; {
	case !ok || caption == "":
	case last == "":
		return rest + string(hidden) + caption + "\n"
	case boxLine().MatchString(last): // which shows nothing itself
		return strings.TrimSuffix(rest, last) + string(hidden) + caption + "\n"
	case textLine().MatchString(last):
		return rest + " " + caption + "\n"
	}
	return part
}

// boxLine begins a box without a title.
var boxLine = lazyregexp.New(`^[ \t]*:{3,}[ \t]*[\w-]*[ \t]*$`)

// textLine is a line that is text, or an item of a list.
var textLine = lazyregexp.New(`^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?[\pL\pN(*_\x60"'][^|<{]*[^\\|<{\s]$`)

// showCaptions shows above blocks of code what caption finds in their first lines.
func showCaptions(source string, caption *regexp.Regexp) string {
	var b strings.Builder
	before := ""
	for code, part := range Fenced(source) {
		if !code {
			before = part
			continue
		}
		first, _, _ := strings.Cut(part, "\n")
		if m := caption.FindStringSubmatch(first); m != nil {
			before = Above(before, strings.Join(m[1:], ""))
		}
		b.WriteString(before + part)
		before = ""
	}
	return b.String() + before
}
