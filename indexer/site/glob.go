package site

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chaja/internal/lazyregexp"
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

// firstMatch returns the setting and the pattern of the first of patterns that matches one of names, empty for none.
func firstMatch(setting string, patterns []pattern, names ...string) string {
	for _, p := range patterns {
		if slices.ContainsFunc(names, p.MatchString) {
			return setting + ": " + p.text
		}
	}
	return ""
}

// globOf returns the expression of a pattern in which ** stands for any folders, as JavaScript's generators have it. {a,b}
// and [ab] are choices.
func globOf(pattern string) *regexp.Regexp {
	var b strings.Builder
	open := 0
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
		case rest[0] == '[' && oneOf().MatchString(rest):
			set := oneOf().FindString(rest)
			i += len(set) - 1
			b.WriteString(setOf(set))
		case rest[0] == '{' && strings.Contains(rest, "}"):
			open++
			b.WriteString("(?:")
		case rest[0] == '}' && open > 0:
			open--
			b.WriteByte(')')
		case rest[0] == ',' && open > 0:
			b.WriteByte('|')
		default:
			b.WriteString(regexp.QuoteMeta(rest[:1]))
		}
	}
	return wholeName(b.String())
}

// oneOf is a set of characters in a glob.
var oneOf = lazyregexp.New(`^\[[!^]?\]?[^\]/]*\]`)

// setOf is the expression of such a set.
func setOf(set string) string {
	inner := strings.ReplaceAll(set[1:len(set)-1], `\`, `\\`)
	inner = strings.ReplaceAll(inner, "[", `\[`)
	if inner != "" && (inner[0] == '!' || inner[0] == '^') {
		return "[^/" + inner[1:] + "]"
	}
	return "[" + inner + "]"
}

// fnmatchOf does the same for a pattern whose stars and question marks stand for slashes too, as in Ruby's File.fnmatch. A
// backslash takes the meaning away from what follows.
func fnmatchOf(pattern string) *regexp.Regexp {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch rest := pattern[i:]; {
		case rest[0] == '*':
			b.WriteString(".*")
		case rest[0] == '?':
			b.WriteString(".")
		case rest[0] == '[' && oneOf().MatchString(rest):
			set := oneOf().FindString(rest)
			i += len(set) - 1
			b.WriteString(setOf(set))
		case rest[0] == '\\' && len(rest) > 1:
			i++
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		default:
			b.WriteString(regexp.QuoteMeta(rest[:1]))
		}
	}
	return wholeName(b.String())
}

// maxExclusions and maxGlob bound the globs of Options.Exclude, each in bytes.
const maxExclusions, maxGlob = 1 << 10, 1 << 10

// exclusions compiles Options.Exclude. Its error wraps ErrOptions.
func exclusions(globs []string) ([]pattern, error) {
	if len(globs) > maxExclusions {
		return nil, fmt.Errorf("%w: more than %d globs in --exclude; exclude a folder", ErrOptions, maxExclusions)
	}
	texts := make([]string, len(globs))
	for i, g := range globs {
		clean := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(g, "./"), "/"), "/")
		switch {
		case clean == "" || clean == ".", strings.HasPrefix(g, "!"), len(g) > maxGlob:
			return nil, fmt.Errorf("%w: %q in --exclude is no glob of files or folders, such as drafts/** or *.tmp.md", ErrOptions, g)
		case strings.HasPrefix(g, "../"):
			return nil, fmt.Errorf("%w: %q in --exclude lies outside of the site; globs start from its folder", ErrOptions, g)
		case !strings.Contains(strings.TrimSuffix(g, "/"), "/"):
			clean = "**/" + clean
		}
		texts[i] = norm.NFC.String(clean)
	}
	patterns := patternsOf(texts, globOf)
	for i := range patterns {
		patterns[i].text = globs[i]
	}
	return patterns, nil
}

// excludedBy returns the glob of Options.Exclude that matches a file, or a folder that it lies in; empty for none.
func (r Rules) excludedBy(name string) string {
	return matching(r.excluded, idOf(name))
}

// matching returns the text of the first pattern that matches a path, or a folder that it lies in; empty for none.
func matching(patterns []pattern, name string) string {
	for _, p := range patterns {
		for part := name; part != "." && part != "/"; part = path.Dir(part) {
			if p.MatchString(part) {
				return p.text
			}
		}
	}
	return ""
}

// wholeName compiles an expression for whole names. One that is not UTF-8 matches nothing.
func wholeName(expression string) *regexp.Regexp {
	re, err := regexp.Compile("^" + expression + "$")
	if err != nil {
		return regexp.MustCompile(`$.^`)
	}
	return re
}
