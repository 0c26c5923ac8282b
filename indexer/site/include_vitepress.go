package site

import (
	"iter"
	"path"
	"regexp"
	"strconv"
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

var (
	vitepressInclude = lazyregexp.New(`<!--[ \t]*@include:[ \t]*(\S[^\n]*?)[ \t]*-->`)
	vitepressRegion  = lazyregexp.New(`#[\w-]+`)
	vitepressRange   = lazyregexp.New(`\{(\d*)[,-](\d*)\}$`) // the hyphen is of VuePress
	vitepressSnippet = lazyregexp.New(`(?m)^[ \t]{0,3}<<<[ \t]*(\S.*)$`)
	vitepressCode    = lazyregexp.New(`^(.+?)(#[\w-]+)?(?: ?\{[^}]*\})? ?(?:\[.+\])?$`)
	vuepressCode     = lazyregexp.New(`(?m)^[ \t]{0,3}@\[code(?:\{(\d*)(-?)(\d*)\})?(?: [^\]\n]*)?\]\(([^)\n]*)\).*$`)
)

// vitepressIncludes are <!--@include: file#region{first,last}--> wherever it stands, and <<< file#region outside of code. A
// file that begins with "@" is named from root.
func vitepressIncludes(root string) inclusions {
	place := func(name, from string) string {
		if inside, is := strings.CutPrefix(name, "@"); is {
			return path.Join(root, inside)
		}
		return besideFile(from, name)
	}
	return func(text, from string) (places []inclusion) {
		if !strings.Contains(text, "@include:") && !strings.Contains(text, "<<<") {
			return nil
		}
		for s := range stretches(text) {
			for _, m := range vitepressInclude().FindAllStringSubmatchIndex(s.text, -1) {
				in := vitepressPart(s.text[m[2]:m[3]], func(name string) string { return place(name, from) })
				in.start, in.end = s.at+m[0], s.at+m[1]
				places = append(places, in)
			}
			if s.code {
				continue
			}
			for _, m := range vitepressSnippet().FindAllStringSubmatchIndex(s.text, -1) {
				named := vitepressCode().FindStringSubmatch(s.text[m[2]:m[3]])
				if named == nil {
					continue
				}
				in := inclusion{start: s.at + m[0], end: s.at + m[1], file: place(strings.TrimSpace(named[1]), from), flat: true}
				in.shows = func(content string) string {
					return fenced(region(content, strings.TrimPrefix(named[2], "#")), strings.TrimPrefix(path.Ext(in.file), "."))
				}
				places = append(places, in)
			}
		}
		return inOrder(places)
	}
}

// vitepressPart reads what an include names.
func vitepressPart(name string, place func(string) string) inclusion {
	lines, part := vitepressRange().FindStringSubmatch(name), vitepressRegion().FindString(name)
	if lines != nil {
		name = strings.TrimSuffix(name, lines[0])
	}
	name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(name), part))
	in := inclusion{file: place(name)}
	in.shows = func(content string) string {
		if part != "" {
			content = region(content, part[1:])
		}
		if lines != nil {
			first, _ := strconv.Atoi(lines[1])
			last, _ := strconv.Atoi(lines[2])
			content = lineRange(content, first, last)
		}
		if part == "" && lines == nil {
			_, content, _ = frontmatter.Read(content)
		}
		return strings.TrimSuffix(content, "\n")
	}
	return in
}

// regionLine is a line that begins or ends a region, in the comments of many languages.
var regionLine = lazyregexp.New(`^(?://|/\*|<!--|::|#pragma|#)?\s*#?\s*((?i:end)?\s?(?i:region))\b\s*([\w*-]*)\s*(?:\*/|-->)?$`)

// region returns the lines of a region of a file without the lines that mark regions, all of the file where it has no such.
func region(content, name string) string {
	marks := func(end bool, name string) func(line string) bool {
		return func(line string) bool {
			m := regionLine().FindStringSubmatch(strings.TrimSpace(line))
			return m != nil && (name == "" || m[2] == name) && strings.HasPrefix(strings.ToLower(m[1]), "end") == end
		}
	}
	if name == "" {
		return content
	}
	shown, found := between(content, marks(false, name), marks(true, name), func(line string) bool { return marks(false, name)(line) })
	if !found {
		return content
	}
	return dedented(shown)
}

// dedented takes off the blanks that all lines of a text begin with.
func dedented(text string) string {
	lines := strings.Split(text, "\n")
	least := -1
	for _, line := range lines {
		if bare := strings.TrimLeft(line, " \t"); bare != "" && (least < 0 || len(line)-len(bare) < least) {
			least = len(line) - len(bare)
		}
	}
	for i, line := range lines {
		lines[i] = line[min(max(least, 0), len(line)):]
	}
	return strings.Join(lines, "\n")
}

// vuepressIncludes are code, and what its plugins for includes and snippets have, as VitePress has it.
func vuepressIncludes(root string) inclusions {
	return together(vuepressCodes, vuepressPages, vitepressIncludes(root))
}

// vuepressPage is the include of a page in VuePress 1.
var vuepressPage = lazyregexp.New(`(?m)^[ \t]{0,3}@include\(([^()\n]+)\)[ \t]*$`)

// vuepressPages are @include(./file.md{first-last}), outside of code.
func vuepressPages(text, from string) (places []inclusion) {
	if !strings.Contains(text, "@include(") {
		return nil
	}
	for m := range outsideFences(text, vuepressPage()) {
		in := vitepressPart(m.group(1), func(name string) string { return besideFile(from, name) })
		in.start, in.end = m.start, m.end
		places = append(places, in)
	}
	return places
}

// vuepressCodes are @[code{first-last} language](file), outside of code.
func vuepressCodes(text, from string) (places []inclusion) {
	if !strings.Contains(text, "@[code") {
		return nil
	}
	for m := range outsideFences(text, vuepressCode()) {
		first, _ := strconv.Atoi(m.group(1))
		last, _ := strconv.Atoi(m.group(3))
		if m.group(2) == "" {
			last = first
		}
		in := inclusion{start: m.start, end: m.end, file: besideFile(from, m.group(4)), flat: true}
		in.shows = func(content string) string {
			return fenced(lineRange(content, first, last), strings.TrimPrefix(path.Ext(in.file), "."))
		}
		places = append(places, in)
	}
	return places
}

// stretch is a part of a text that is code, or that is none.
type stretch struct {
	text string
	code bool
	at   int
}

// stretches yields the parts of a text as markdown.Fenced, and where each begins.
func stretches(text string) iter.Seq[stretch] {
	return func(yield func(stretch) bool) {
		at := 0
		for code, part := range markdown.Fenced(text) {
			if !yield(stretch{part, code, at}) {
				return
			}
			at += len(part)
		}
	}
}

// found is a match in a text: where it is, and its groups.
type found struct {
	start, end int
	text       string
	at         []int // of the groups in text
}

// group returns a group, empty if it has no part in the match.
func (f found) group(i int) string { return f.text[max(f.at[2*i], 0):max(f.at[2*i+1], 0)] }

// outsideFences yields the matches in a text outside of its blocks of code.
func outsideFences(text string, expression *regexp.Regexp) iter.Seq[found] {
	return func(yield func(found) bool) {
		for s := range stretches(text) {
			if s.code {
				continue
			}
			for _, m := range expression.FindAllStringSubmatchIndex(s.text, -1) {
				if !yield(found{s.at + m[0], s.at + m[1], s.text, m}) {
					return
				}
			}
		}
	}
}
