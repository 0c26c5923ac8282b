package markdown

import (
	"iter"
	"regexp"
	"slices"
	"strings"
)

var (
	// opening begins a fenced block of code, in a list or quote too.
	opening = regexp.MustCompile("^[ \t>]*(?:(?:[-*+]|\\d{1,9}[.)])[ \t]+)*(`{3,}[^`\n]*|~{3,}.*)$")
	closing = regexp.MustCompile("^[ \t>]*(`{3,}|~{3,})[ \t]*$")
)

// fenced cuts source at the fences of its blocks of code: parts are whole lines, and code says whether they are such a
// block, its fences included.
func fenced(source string) iter.Seq2[bool, string] {
	return func(yield func(code bool, part string) bool) {
		fence, start, at := "", 0, 0
		for line := range strings.Lines(source) {
			text := strings.TrimSuffix(line, "\n")
			begin := at
			at += len(line)
			if fence == "" {
				m := opening.FindStringSubmatch(text)
				if m == nil {
					continue
				}
				if begin > start && !yield(false, source[start:begin]) {
					return
				}
				fence, start = m[1][:len(m[1])-len(strings.TrimLeft(m[1], m[1][:1]))], begin
				continue
			}
			if m := closing.FindStringSubmatch(text); m != nil && strings.HasPrefix(m[1], fence) {
				if !yield(true, source[start:at]) {
					return
				}
				fence, start = "", at
			}
		}
		if start < len(source) {
			yield(fence != "", source[start:])
		}
	}
}

var (
	// markdownInHTML is a tag that lets kramdown read Markdown inside of it, alone on its line.
	markdownInHTML = regexp.MustCompile(`^[ \t]*<[a-zA-Z][^<>]*\smarkdown\s*=\s*["']?(?:1|block|span)["']?[^<>]*>[ \t]*$`)
	// extension begins or ends an extension of kramdown: {::comment}, {:/comment}, {::options key="value" /}, {:/}.
	kramdownExtension = regexp.MustCompile(`\{:(?::[a-z]+|/[a-z]*)[^{}]*\}`)
	kramdownComment   = regexp.MustCompile(`\{::comment\}.*?\{:/(?:comment)?\}`)
	// endTags show nothing.
	endTags = regexp.MustCompile(`^\s*(?:</[a-zA-Z][\w-]*>\s*|<[bh]r *[^<>]*>\s*)+$`)
	// spacedAddress is that of a link with blanks in it, which CommonMark does not take.
	spacedAddress = regexp.MustCompile(`\]\(([^()<>"'\s]+(?: +[^()<>"'\s]+)+)\)`)
	// hugoAttributes are those of the block above.
	hugoAttributes = regexp.MustCompile(`^[ \t]*\{[.#][^{}]*\}[ \t]*$`)
	// container begins or ends a box of VuePress, Docusaurus or Zenn, with its title.
	container = regexp.MustCompile(`^([ \t]*):{3,}[ \t]*[a-zA-Z-]*[ \t]*(.*)$`)
)

// rewriteLines rewrites the lines outside of fenced code that this syntax has beside Markdown.
func (s Syntax) rewriteLines(source string) string {
	maths := strings.Contains(source, "$$")
	if !maths && !strings.ContainsAny(source, "{<:") && !strings.Contains(source, "](") {
		return source
	}
	var b strings.Builder
	for code, part := range fenced(source) {
		if !code {
			lines := strings.Split(part, "\n")
			if maths {
				fenceMaths(lines)
			}
			switch s {
			case Plain:
				openContainers(lines)
			case Jekyll:
				rewriteKramdown(lines)
			case Hugo:
				for i, line := range lines {
					lines[i] = hugoAttributes.ReplaceAllString(line, "")
				}
			}
			part = strings.Join(lines, "\n")
		}
		b.WriteString(part)
	}
	return b.String()
}

// openContainers leaves the titles of boxes.
func openContainers(lines []string) {
	for i, line := range lines {
		if m := container.FindStringSubmatch(line); m != nil {
			lines[i] = m[1] + m[2]
			if m[2] != "" {
				lines[i] += `\` // the end of a line
			}
		}
	}
}

// rewriteKramdown makes CommonMark of what only kramdown reads.
func rewriteKramdown(lines []string) {
	comment := false
	for i, line := range lines {
		line = kramdownComment.ReplaceAllString(line, "")
		begins, ends := strings.Contains(line, "{::comment}"), strings.Contains(line, "{:/comment}") || strings.Contains(line, "{:/}")
		switch {
		case comment || begins:
			comment, line = !ends, ""
		case markdownInHTML.MatchString(line):
			line = ""
		default:
			line = kramdownExtension.ReplaceAllString(line, "")
			line = spacedAddress.ReplaceAllString(line, "](<$1>)")
		}
		switch {
		case i+1 == len(lines) || !isMarkdown(lines[i+1]):
		case endTags.MatchString(line):
			line = ""
		case closesHTML(line):
			line = string(nothing) + line
		}
		lines[i] = line
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
	switch name := tagName(line[1:]); name {
	case "img":
		return strings.Count(line, "<") == 1
	case "", "pre", "script", "style":
		return false
	default:
		return strings.HasSuffix(line, "</"+name+">")
	}
}

// isMarkdown reports whether a line has something to read as Markdown.
func isMarkdown(line string) bool {
	return line != "" && strings.TrimLeft(line, "\t <") == line && strings.ContainsAny(line, "#*_[`{>-|")
}

// maxMaths bounds the lines of a block of maths, and so how far its end is looked for.
const maxMaths = 200

// fenceMaths makes blocks of maths, between lines of $$, blocks of code, and those of one line code in a line: what
// TeX means by its signs is not what Markdown does.
func fenceMaths(lines []string) {
	for i := 0; i < len(lines); i++ {
		text := strings.TrimSpace(lines[i])
		if !strings.HasPrefix(text, "$$") {
			continue
		}
		if inner, ok := strings.CutSuffix(text[2:], "$$"); ok && strings.TrimSpace(inner) != "" && !strings.Contains(inner, "$$") {
			mark := strings.Repeat("`", 1+longestRun(inner, '`'))
			lines[i] = strings.Replace(lines[i], text, mark+" "+strings.TrimSpace(inner)+" "+mark, 1)
			continue
		}
		end := slices.IndexFunc(lines[i+1:min(len(lines), i+1+maxMaths)], func(l string) bool { return strings.TrimSpace(l) == "$$" })
		if text == "$$" && end > 0 {
			lines[i] = strings.Replace(lines[i], "$$", "```", 1)
			lines[i+1+end] = strings.Replace(lines[i+1+end], "$$", "```", 1)
			i += 1 + end
		}
	}
}
