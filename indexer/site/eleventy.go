package site

import (
	"fmt"
	"io/fs"
	"strings"

	"chaja/internal/lazyregexp"
)

// ignoresAdd is a call by which the configuration of Eleventy leaves out files.
var ignoresAdd = lazyregexp.New(`\bignores\.add\(\s*["']([^"'\n]+)["']`)

// eleventyIgnored are the files that are no pages, by .eleventyignore and by the configuration.
func eleventyIgnored(site fs.FS) []gitPattern {
	var lines strings.Builder
	if content, err := fs.ReadFile(site, ".eleventyignore"); err == nil && len(content) <= maxConfig {
		lines.Write(content)
	}
	for _, m := range ignoresAdd().FindAllStringSubmatch(eleventyConfig(site), -1) {
		fmt.Fprintf(&lines, "\n%s", strings.TrimPrefix(m[1], "./"))
	}
	return gitPatterns(lines.String())
}

// eleventyConfig is the text of what configures Eleventy.
func eleventyConfig(site fs.FS) string {
	var all strings.Builder
	for _, name := range eleventyGenerator().files {
		if content, err := fs.ReadFile(site, name); err == nil && len(content) <= maxConfig {
			all.Write(content)
		}
	}
	return all.String()
}
