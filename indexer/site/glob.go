package site

import (
	"regexp"
	"strings"
)

// pattern is a pattern of paths in a configuration. It is compiled once, when a site is opened, as every file is compared
// with it.
type pattern struct {
	text string
	*regexp.Regexp
}

func patternsOf(texts []string, compile func(string) *regexp.Regexp) []pattern {
	patterns := make([]pattern, len(texts))
	for i, text := range texts {
		patterns[i] = pattern{text, compile(text)}
	}
	return patterns
}

// globOf returns the expression of a pattern in which ** stands for any folders, as JavaScript's generators have it.
func globOf(pattern string) *regexp.Regexp {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch rest := pattern[i:]; {
		case strings.HasPrefix(rest, "**/"):
			b.WriteString("(?:.*/)?")
			i += 2
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*")
			i++
		case rest[0] == '*':
			b.WriteString("[^/]*")
		case rest[0] == '?':
			b.WriteString("[^/]")
		default:
			b.WriteString(regexp.QuoteMeta(rest[:1]))
		}
	}
	return wholeName(b.String())
}

// fnmatchOf does the same for a pattern whose stars and question marks stand for slashes too, as in Ruby's File.fnmatch.
func fnmatchOf(pattern string) *regexp.Regexp {
	return wholeName(strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern)))
}

// wholeName compiles an expression for whole names. One that is not UTF-8 matches nothing.
func wholeName(expression string) *regexp.Regexp {
	re, err := regexp.Compile("^" + expression + "$")
	if err != nil {
		return regexp.MustCompile(`$.^`)
	}
	return re
}
