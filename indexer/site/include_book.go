package site

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// mdbookLink is what the preprocessor "links" of mdBook 0.5 replaces, and what is shown as it stands behind a backslash.
var mdbookLink = lazyregexp.New(`\\(\{\{#[^\n]*?\}\})|\{\{\s*#([a-zA-Z0-9_]+)\s+([^}]+)\}\}`)

// mdbookIncludes are {{#include file:first:last}}, {{#rustdoc_include file:anchor}}, {{#playground file}} and {{#title text}}.
func mdbookIncludes(text, from string) (places []inclusion) {
	if !strings.Contains(text, "{{") {
		return nil
	}
	for _, m := range mdbookLink().FindAllStringSubmatchIndex(text, -1) {
		in := inclusion{start: m[0], end: m[1]}
		if m[2] >= 0 { // the backslash goes, and no more
			places = append(places, inclusion{start: m[0], end: m[0] + 1})
			continue
		}
		words := strings.Fields(text[m[6]:m[7]])
		switch name := text[m[4]:m[5]]; {
		case name == "title" || len(words) == 0:
		case name == "include", name == "rustdoc_include":
			file, part, _ := strings.Cut(words[0], ":")
			in.file, in.shows = besideFile(from, file), func(content string) string { return mdbookPart(content, part) }
		case name == "playground", name == "playpen":
			in.file, in.flat = besideFile(from, words[0]), true
			in.shows = func(content string) string { return fenced(content, "rust") }
		default: // of a preprocessor that is not known
		}
		places = append(places, in)
	}
	return places
}

var (
	mdbookAnchor    = lazyregexp.New(`ANCHOR:\s*([\w-]+)`)
	mdbookAnchorEnd = lazyregexp.New(`ANCHOR_END:\s*([\w-]+)`)
)

// mdbookPart returns the part of a file that a link of mdBook names: nothing, a line, first:last, or an anchor.
func mdbookPart(content, part string) string {
	first, last, isRange := strings.Cut(part, ":")
	from, err := strconv.Atoi(first)
	switch {
	case part == "":
		return strings.TrimSuffix(content, "\n")
	case first != "" && err != nil:
		shown, _ := between(content, hasName(mdbookAnchor(), first), hasName(mdbookAnchorEnd(), first), func(line string) bool {
			return mdbookAnchor().MatchString(line) || mdbookAnchorEnd().MatchString(line)
		})
		return shown
	}
	if !isRange {
		return lineRange(content, from, from)
	}
	to, _, _ := strings.Cut(last, ":")
	n, _ := strconv.Atoi(to)
	return lineRange(content, from, n)
}

// hasName returns what reports whether a line has a name as the first group of an expression.
func hasName(expression *regexp.Regexp, name string) func(line string) bool {
	return func(line string) bool {
		m := expression.FindStringSubmatch(line)
		return m != nil && m[1] == name
	}
}

// fenced returns code as a block of Markdown.
func fenced(code, language string) string {
	mark := markdown.Fence(code, 3)
	return mark + language + "\n" + strings.TrimSuffix(code, "\n") + "\n" + mark
}

// honkitInclude is an include of Nunjucks.
var honkitInclude = lazyregexp.New(`\{%-?\s*include\s+(?:"([^"\n]+)"|'([^'\n]+)')\s*-?%\}`)

// honkitIncludes are {% include "./file.md" %}. Those of repositories elsewhere show nothing, as nothing is fetched.
func honkitIncludes(text, from string) (places []inclusion) {
	for _, m := range honkitInclude().FindAllStringSubmatchIndex(text, -1) {
		in := inclusion{start: m[0], end: m[1]}
		at := max(m[2], m[4])
		if name := text[at:max(m[3], m[5])]; !strings.Contains(name, ":") {
			if in.file = besideFile(from, name); strings.HasPrefix(name, "/") {
				in.file = relative(name, ".")
			}
		}
		places = append(places, in)
	}
	return places
}

// rustHidden begins a line of Rust that mdBook does not show until a reader asks for it.
var rustHidden = lazyregexp.New(`^\s*#(?:[ \t].*)?$`)

// readMDBook leaves out what mdBook does not show: links of preprocessors, and lines of Rust that begin with "# ".
func readMDBook(source string) string {
	if !strings.Contains(source, "#") {
		return source
	}
	var b strings.Builder
	for code, part := range markdown.Fenced(source) {
		info, _, _ := strings.Cut(strings.TrimLeft(part, " \t>`~"), "\n")
		if !code || !strings.HasPrefix(info, "rust") {
			b.WriteString(part)
			continue
		}
		for line := range strings.Lines(part) {
			if rustHidden().MatchString(strings.TrimSuffix(line, "\n")) {
				line = "\n"
			}
			b.WriteString(line)
		}
	}
	return b.String()
}

var (
	// docsifyEmbed is a link to a file that Docsify shows in its place.
	docsifyEmbed    = lazyregexp.New(`\[[^\]\n]*\]\(([^)\s]+)\s+(?:'(:include[^'\n]*)'|"(:include[^"\n]*)")\)`)
	docsifyFragment = lazyregexp.New(`:fragment=([\w-]+)`)
)

// docsifyIncludes are [name](file.md ':include'): pages as they are, other text as code, of which a fragment may be named.
func docsifyIncludes(text, from string) (places []inclusion) {
	if !strings.Contains(text, ":include") {
		return nil
	}
	for m := range outsideFences(text, docsifyEmbed()) {
		name, settings := m.group(1), m.group(2)+m.group(3)
		if strings.Contains(name, ":") {
			continue
		}
		in := inclusion{start: m.start, end: m.end, file: besideFile(from, name)}
		switch ext := path.Ext(name); {
		case strings.Contains(settings, ":type=code"), ext == ".txt", ext == ".js", ext == ".css", ext == ".json", ext == ".sh":
			in.flat = true
			in.shows = func(content string) string {
				if f := docsifyFragment().FindStringSubmatch(settings); f != nil {
					mark := func(line string) bool { return strings.Contains(line, "["+f[1]+"]") }
					content, _ = between(content, mark, mark, mark)
				}
				return fenced(content, strings.TrimPrefix(ext, "."))
			}
		case ext == ".md" && !strings.Contains(settings, ":type="), strings.Contains(settings, ":type=markdown"):
			in.shows = withoutMatter
		default: // a film, or a page in a frame
			in.file = ""
		}
		places = append(places, in)
	}
	return places
}
