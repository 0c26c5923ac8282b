package markdown

import (
	"iter"
	"slices"
	"strings"

	"chaja/internal/lazyregexp"
)

var (
	// opening begins a fenced block of code, in a list or quote too.
	opening = lazyregexp.New("^[ \t>]*(?:(?:[-*+]|\\d{1,9}[.)])[ \t]+)*(`{3,}[^`\n]*|~{3,}.*)$")
	closing = lazyregexp.New("^[ \t>]*(`{3,}|~{3,})[ \t]*$")
)

// Fenced cuts source into parts of whole lines: fenced blocks of code, with their fences, and what is between them. Code
// says which of the two a part is.
func Fenced(source string) iter.Seq2[bool, string] {
	return func(yield func(code bool, part string) bool) {
		fence, start, at := "", 0, 0
		for line := range strings.Lines(source) {
			text := strings.TrimSuffix(line, "\n")
			begin := at
			at += len(line)
			if fence == "" {
				m := opening().FindStringSubmatch(text)
				if m == nil {
					continue
				}
				if begin > start && !yield(false, source[start:begin]) {
					return
				}
				fence, start = m[1][:len(m[1])-len(strings.TrimLeft(m[1], m[1][:1]))], begin
				continue
			}
			if m := closing().FindStringSubmatch(text); m != nil && strings.HasPrefix(m[1], fence) {
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

// maxMaths bounds the lines of a block of maths, and so how far its end is looked for.
const maxMaths = 200

// fenceMaths makes code of maths, as the signs of TeX mean something else to Markdown: a block of what stands between
// lines of $$, code in a line of what stands between $$ on one line.
func fenceMaths(lines []string) {
	for i := 0; i < len(lines); i++ {
		text := strings.TrimSpace(lines[i])
		if !strings.HasPrefix(text, "$$") {
			continue
		}
		if inner, ok := strings.CutSuffix(text[2:], "$$"); ok && strings.TrimSpace(inner) != "" && !strings.Contains(inner, "$$") {
			mark := Fence(inner, 1)
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

// rewriteLines rewrites the lines outside of fenced code that the generator reads in another way than CommonMark.
func (o Options) rewriteLines(source string) string {
	maths := strings.Contains(source, "$$")
	if !maths && o.Lines == nil {
		return source
	}
	var b strings.Builder
	for code, part := range Fenced(source) {
		if !code {
			lines := strings.Split(part, "\n")
			if maths {
				fenceMaths(lines)
			}
			if o.Lines != nil {
				o.Lines(lines)
			}
			part = strings.Join(lines, "\n")
		}
		b.WriteString(part)
	}
	return b.String()
}

// Fence returns backquotes that can stand around code: at least as many as asked for, and more than the code has in a row.
func Fence(code string, least int) string {
	longest := 0
	for run, i := 0, 0; i < len(code); i++ {
		if run++; code[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return strings.Repeat("`", max(least, 1+longest))
}
