package markdown

import (
	"iter"
	"regexp"
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
	// hugoAttributes are those of the block above.
	hugoAttributes  = regexp.MustCompile(`^[ \t]*\{[.#][^{}]*\}[ \t]*$`)
	kramdownComment = regexp.MustCompile(`\{::comment\}.*?\{:/(?:comment)?\}`)
	// container begins or ends a box of VuePress, Docusaurus or Zenn, with its title.
	container = regexp.MustCompile(`^[ \t]*:{3,}[ \t]*[a-zA-Z-]*[ \t]*(.*)$`)
)

// rewriteLines rewrites the lines outside of fenced code that this syntax has beside Markdown.
func (s Syntax) rewriteLines(source string) string {
	maths := strings.Contains(source, "$$")
	if !maths && !strings.ContainsAny(source, "{<:") {
		return source
	}
	var b strings.Builder
	for code, part := range fenced(source) {
		if !code {
			if maths {
				part = fenceMaths(part)
			}
			part = s.rewritePart(part)
		}
		b.WriteString(part)
	}
	return b.String()
}

func (s Syntax) rewritePart(part string) string {
	var b strings.Builder
	comment := false
	for line := range strings.Lines(part) {
		switch {
		case s == Plain && strings.Contains(line, ":::"):
			line = container.ReplaceAllString(strings.TrimSuffix(line, "\n"), "\n$1\n") + "\n"
		case s == Hugo && hugoAttributes.MatchString(strings.TrimSuffix(line, "\n")):
			line = "\n"
		case s == Jekyll && markdownInHTML.MatchString(strings.TrimSuffix(line, "\n")):
			line = "\n"
		case s == Jekyll && strings.Contains(line, "{:"):
			line = kramdownComment.ReplaceAllString(line, "")
			begins, ends := strings.Contains(line, "{::comment}"), strings.Contains(line, "{:/comment}") || strings.Contains(line, "{:/}")
			comment = (comment || begins) && !ends
			if comment || begins || ends && strings.HasPrefix(strings.TrimSpace(line), "{:/") {
				line = "\n"
				break
			}
			line = kramdownExtension.ReplaceAllString(line, "")
		case comment:
			line = "\n"
		}
		b.WriteString(line)
	}
	return b.String()
}

// maxMaths bounds the lines of a block of maths, and so how far its end is looked for.
const maxMaths = 200

// fenceMaths makes blocks of maths, from $$ at the beginning of a line to $$ at the end of one, blocks of code: what
// TeX means by its signs is not what Markdown does.
func fenceMaths(part string) string {
	var b strings.Builder
	lines := strings.SplitAfter(part, "\n")
	for i := 0; i < len(lines); i++ {
		n := mathsLines(lines[i:min(len(lines), i+maxMaths)])
		if n == 0 {
			b.WriteString(lines[i])
			continue
		}
		indent := lines[i][:len(lines[i])-len(strings.TrimLeft(lines[i], " \t"))]
		tex := strings.TrimSpace(strings.Join(lines[i:i+n], ""))
		tex = strings.TrimSpace(tex[2 : len(tex)-2])
		b.WriteString("\n" + indent + "```\n" + indent + tex + "\n" + indent + "```\n")
		i += n - 1
	}
	return b.String()
}

// mathsLines returns the number of lines of the block of maths that lines begin with, 0 if there is none.
func mathsLines(lines []string) int {
	inner, ok := strings.CutPrefix(strings.TrimSpace(lines[0]), "$$")
	if before, after, closed := strings.Cut(inner, "$$"); !ok || closed {
		if ok && after == "" && before != "" {
			return 1
		}
		return 0
	}
	for i, line := range lines[1:] {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			return 0
		case strings.HasSuffix(line, "$$"):
			return i + 2
		}
	}
	return 0
}
