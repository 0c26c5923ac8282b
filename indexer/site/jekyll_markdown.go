package site

import (
	"slices"
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// options are Liquid tags and variables, and what kramdown reads beside Markdown.
func (j *jekyll) options() markdown.Options {
	return markdown.Options{
		Prepare: func(source string) string {
			return keepUnderlined(indentHTML(closeInItems(keepDefinitions(source, expand(source, jekyllTags(source))))))
		},
		Lines:       rewriteKramdown,
		Unknown:     hasVariables,
		Marks:       attributeList(),
		Contents:    kramdownContents(),
		Definitions: true,
		BareTables:  true,
		IDs:         j.ids(),
	}
}

func (j *jekyll) ids() markdown.IDs {
	kramdown := j.config.table("kramdown")
	switch engine := strings.ToLower(j.config.text("markdown", "kramdown")); {
	case strings.HasPrefix(engine, "commonmark"), engine == "gfm":
		return markdown.GitHubIDs()
	case !kramdown.flag("auto_ids", true):
		return markdown.NoIDs()
	case kramdown.text("input", "GFM") == "GFM":
		return kramdownGFMIDs()
	}
	return kramdownIDs()
}

// itemFence begins a block of code that is indented, or in an item of a list.
var itemFence = lazyregexp.New("^([ \t]*(?:(?:[-*+]|\\d{1,9}[.)])[ \t]+)*)[`~]{3}")

// closeInItems moves the ends of blocks of code to where they begin. To CommonMark an end that is indented less stands outside of
// the item, and begins another block.
func closeInItems(source string) string {
	var b strings.Builder
	for code, part := range markdown.Fenced(source) {
		if m := itemFence().FindStringSubmatch(part); code && m != nil && m[1] != "" {
			body := strings.TrimSuffix(part, "\n")
			at := strings.LastIndexByte(body, '\n') + 1
			last := strings.TrimLeft(body[at:], " \t")
			if at > 0 && len(body)-at-len(last) < len(m[1]) && strings.Trim(last, "`~ ") == "" && last != "" {
				part = body[:at] + strings.Repeat(" ", len(m[1])) + last + part[len(body):]
			}
		}
		b.WriteString(part)
	}
	return b.String()
}

// keepUnderlined keeps lines from being headings by what underlines them where kramdown takes none: it wants an empty line before
// such a heading.
func keepUnderlined(source string) string {
	var b strings.Builder
	behind := false // a block of code
	for code, part := range markdown.Fenced(source) {
		if !code {
			lines := strings.Split(part, "\n")
			for i, line := range lines {
				if i == 0 || !underline().MatchString(line) || itemLine().MatchString(lines[i-1]) || strings.TrimSpace(lines[i-1]) == "" {
					continue
				}
				if !beginsBlock(lines[:i-1], behind) {
					lines[i] = string(nothing) + line
				}
				for j := i - 2; j >= 0 && noBlock().MatchString(lines[j]); j-- {
					lines[j] = "" // to CommonMark the heading would begin there
				}
			}
			part = strings.Join(lines, "\n")
		}
		b.WriteString(part)
		behind = code
	}
	return b.String()
}

// beginsBlock reports whether a block may begin below these lines without an empty one between them, which stand behind a block of
// code or not. Attributes are no block.
func beginsBlock(above []string, behind bool) bool {
	for _, line := range slices.Backward(above) {
		switch {
		case strings.TrimSpace(line) == "", markdownInHTML().MatchString(line):
			return true
		case !noBlock().MatchString(line):
			return false
		}
	}
	return !behind
}

var (
	itemLine = lazyregexp.New(`^[ \t]*(?:[>#]|(?:[-*+]|\d{1,9}[.)])[ \t])`)
	noBlock  = lazyregexp.New(`^ {0,3}\{:[^{}]*\}[ \t]*$`)
)

// templatePart is a tag or a variable of a template.
var templatePart = lazyregexp.New(`\{[{%][^{}]*\}`)

// jekyllTags reads tags of Liquid and Jekyll in a source. What is captured shows where it stands, if another tag names it.
func jekyllTags(source string) reading {
	if !strings.Contains(source, "capture") {
		return jekyllTag
	}
	named := map[string]int{}
	for _, part := range templatePart().FindAllString(source, -1) {
		for _, word := range strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune("{}%|=:,.\"' \t\n", r) }) {
			named[word]++
		}
	}
	return func(t tag) (string, kind) {
		if t.name == "capture" && named[strings.Trim(t.arguments, "\"'")] < 2 {
			return "", dropped
		}
		return jekyllTag(t)
	}
}

func jekyllTag(t tag) (string, kind) {
	switch t.name {
	case "highlight":
		return "", code
	case "raw":
		return "", verbatim
	case "comment":
		return "", dropped
	case "include", "include_relative", "include_cached":
		return shownArguments(t.arguments), lone
	}
	return "", lone
}

var (
	// markdownInHTML is a tag that lets kramdown read Markdown inside of it, alone on its line.
	markdownInHTML = lazyregexp.New(`^[ \t]*<[a-zA-Z][^<>]*\smarkdown\s*=\s*["']?(?:1|block|span)["']?[^<>]*>[ \t]*$`)
	// extension begins or ends an extension of kramdown: {::comment}, {:/comment}, {::options key="value" /}, {:/}.
	kramdownExtension = lazyregexp.New(`\{:(?::[a-z]+|/[a-z]*)[^{}]*\}`)
	kramdownComment   = lazyregexp.New(`\{::comment\}.*?\{:/(?:comment)?\}`)
	// endTags show nothing.
	endTags = lazyregexp.New(`^\s*(?:</[a-zA-Z][\w-]*>\s*|<[bh]r *[^<>]*>\s*)+$`)
	// rawEnd ends an element that is text to its end tag, to CommonMark too.
	rawEnd = lazyregexp.New(`(?i)</(?:pre|script|style|textarea)>`)
	// spacedAddress is that of a link with blanks in it, which CommonMark does not take.
	spacedAddress = lazyregexp.New(`\]\(([^()<>"'\s]+(?: +[^()<>"'\s]+)+)\)`)
	// attributeList is kramdown's: {: #id .class key="value"}, and {:toc}; and so are the marks of maths in a line.
	attributeList    = lazyregexp.New(`\{:[^{}]*\}|\$\$`)
	kramdownContents = lazyregexp.New(`\{:toc`)
)

// abbreviation says what a word stands for, which shows when a pointer is on the word: *[HTML]: Hypertext.
var abbreviation = lazyregexp.New(`^ {0,3}\*\[[^\[\]]+\] ?:.*$`)

// dropAbbreviations leaves out what words stand for.
func dropAbbreviations(lines []string) {
	for i, line := range lines {
		lines[i] = abbreviation().ReplaceAllString(line, "")
	}
}

var (
	addressBegins = lazyregexp.New(`\]\(([^()<>"'\s]+)$`)
	addressEnds   = lazyregexp.New(`^[ \t]*([^()<>"'\s]+)\)`)
)

// joinAddresses moves what an address has on the next line to where it begins, which CommonMark does not take.
func joinAddresses(lines []string) {
	for i := range len(lines) - 1 {
		if !addressBegins().MatchString(lines[i]) {
			continue
		}
		if end := addressEnds().FindStringSubmatch(lines[i+1]); end != nil {
			lines[i] += end[1] + ")"
			lines[i+1] = strings.TrimPrefix(lines[i+1], end[0])
		}
	}
}

// rewriteKramdown makes CommonMark of what only kramdown reads.
func rewriteKramdown(lines []string) {
	joinAddresses(lines)
	comment := false
	for i, line := range lines {
		line = kramdownComment().ReplaceAllString(abbreviation().ReplaceAllString(line, ""), "")
		begins, ends := strings.Contains(line, "{::comment}"), strings.Contains(line, "{:/comment}") || strings.Contains(line, "{:/}")
		switch {
		case comment || begins:
			comment, line = !ends, ""
		case markdownInHTML().MatchString(line):
			line = ""
		default:
			line = kramdownExtension().ReplaceAllString(line, "")
			line = spacedAddress().ReplaceAllString(line, "](<$1>)")
		}
		switch {
		case i+1 == len(lines) || !hasMarkup(lines[i+1]):
		case endTags().MatchString(line) && !rawEnd().MatchString(line):
			line = ""
		case closesHTML(line):
			line = string(nothing) + line
		}
		lines[i] = line
	}
	openToCode(lines)
}

var (
	tagLine = lazyregexp.New(`^ {0,3}</?[a-zA-Z]`)
	rawTag  = lazyregexp.New(`(?i)<(?:pre|script|style|textarea)\b|<!--`)
)

// openToCode lets the block of code that follows these lines begin: to CommonMark HTML goes on over it to an empty line.
func openToCode(lines []string) {
	last := len(lines) - 1
	if last < 1 || lines[last] != "" { // no line end, so nothing follows
		return
	}
	first := last
	for first > 0 && strings.TrimSpace(lines[first-1]) != "" {
		first--
		if rawTag().MatchString(lines[first]) {
			return
		}
	}
	for i := first; i < last; i++ {
		if tagLine().MatchString(lines[i]) {
			lines[i] = string(nothing) + lines[i]
		}
	}
}

// nothing before a tag makes it one inside a line, so that Markdown below it is read. No clean text has it.
const nothing = '\ufdd1'

// closesHTML reports whether a block of HTML ends with this line to kramdown; to CommonMark it goes on to an empty one.
func closesHTML(line string) bool {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "<") || !strings.HasSuffix(line, ">") {
		return false
	}
	switch name := markdown.TagName(line[1:]); name {
	case "img":
		return strings.Count(line, "<") == 1
	case "", "pre", "script", "style":
		return false
	default:
		return strings.HasSuffix(line, "</"+name+">")
	}
}

// hasMarkup reports whether a line has something to read as Markdown.
func hasMarkup(line string) bool {
	return line != "" && strings.TrimLeft(line, "\t <") == line && strings.ContainsAny(line, "#*_[`{>-|")
}
