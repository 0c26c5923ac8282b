package markdown

import (
	"regexp"
	"strings"
)

// hidden at the beginning of a line keeps it from being anything but text. No clean text has it.
const hidden = '\ufdd1'

// Above writes a caption on the last line of a part, if that is empty: every line stays where it is.
func Above(part, caption string) string {
	if rest, ok := strings.CutSuffix(part, "\n"); ok && caption != "" && (rest == "" || strings.HasSuffix(rest, "\n")) {
		return rest + string(hidden) + caption + "\n"
	}
	return part
}

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
