package site

import (
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

var (
	// vuePart is what Vue reads in Markdown, and what it leaves alone: code in a line, what is marked by v-pre, what it puts in, and
	// badges.
	vuePart = lazyregexp.New("(?s)`+[^`\n]*`+|\\sv-pre[^>]{0,200}>[^<]*<|\\{\\{([^{}]{0,500})\\}\\}|<Badge\\s([^>]{0,300})>")
	// vueField is a field of the front matter.
	vueField  = lazyregexp.New(`^\$?(?:page\.)?frontmatter\.([\w-]+)$`)
	badgeText = lazyregexp.New(`\btext=(?:"([^"]*)"|'([^']*)')`)
	vueRaw    = lazyregexp.New(`^[ \t]*:{3,}[ \t]*v-pre\b`)
	vueRawEnd = lazyregexp.New(`^[ \t]*:{3,}[ \t]*\n?$`)
	// codeMark says how a line of code looks.
	codeMark = lazyregexp.New(`[ \t]*(?://|#|--|;|%|<!--|/\*)[ \t]*\[!code [^\]\n]*\][ \t]*(?:-->|\*/)?`)
)

// showVue replaces what VitePress and VuePress put in when they read a page as a component of Vue: {{ $frontmatter.title }} and texts
// in quotes by what they are, other expressions by nothing, badges by their texts. Ids are made before that.
func showVue(body string, m frontmatter.Matter) string {
	if !strings.Contains(body, "{{") && !strings.Contains(body, "<Badge") && !strings.Contains(body, "[!code ") {
		return body
	}
	fields := valuesOf(m)
	var b strings.Builder
	for code, part := range markdown.Fenced(body) {
		if code {
			b.WriteString(codeMark().ReplaceAllString(part, ""))
			continue
		}
		outsideRaw(&b, part, func(text string) string {
			return vuePart().ReplaceAllStringFunc(text, func(part string) string { return vueShows(part, fields) })
		})
	}
	return b.String()
}

// outsideRaw writes a text, changed where it does not stand in a box of v-pre.
func outsideRaw(b *strings.Builder, text string, change func(string) string) {
	var at strings.Builder
	raw := false
	for line := range strings.Lines(text) {
		if !raw && vueRaw().MatchString(line) {
			b.WriteString(change(at.String()))
			at.Reset()
			raw = true
		}
		if !raw {
			at.WriteString(line)
			continue
		}
		b.WriteString(line)
		raw = !vueRawEnd().MatchString(line)
	}
	b.WriteString(change(at.String()))
}

// vueShows returns what a part shows.
func vueShows(part string, fields values) string {
	m := vuePart().FindStringSubmatch(part)
	switch {
	case m[2] != "":
		text := badgeText().FindStringSubmatch(m[2])
		if text == nil {
			return part
		}
		return " " + text[1] + text[2] + " " + lineEnds(part)
	case !strings.HasPrefix(part, "{{"):
		return part
	}
	inside := strings.TrimSpace(m[1])
	if field := vueField().FindStringSubmatch(inside); field != nil {
		if text := oneLine(fields.text(field[1])); len(text) <= maxVariable {
			return text + lineEnds(part)
		}
	}
	if text := literal().FindStringSubmatch(inside); text != nil && text[0] == inside {
		return oneLine(text[1]+text[2]) + lineEnds(part)
	}
	return lineEnds(part)
}
