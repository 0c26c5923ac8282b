package site

import (
	"regexp"
	"strings"
)

// globbed reports whether a path matches a pattern in which ** stands for any folders, as JavaScript's generators
// have it.
func globbed(pattern, name string) bool {
	var b strings.Builder
	b.WriteString("^")
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
	matched, err := regexp.MatchString(b.String()+"$", name)
	return err == nil && matched
}

// fnmatched reports whether a path matches a pattern whose stars and question marks stand for slashes too, as Ruby's
// File.fnmatch has it.
func fnmatched(pattern, name string) bool {
	expression := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	matched, err := regexp.MatchString("^"+expression+"$", name)
	return err == nil && matched
}
