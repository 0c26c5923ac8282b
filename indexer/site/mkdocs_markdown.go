package site

import (
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// options are those of the extensions that the settings switch on.
func (m mkdocs) options(s settings, o *markdown.Options) {
	extensions := names(s["markdown_extensions"])
	has := func(name string) bool {
		return extensions[name] || extensions["markdown.extensions."+name] || extensions["extra"] || extensions["markdown.extensions.extra"] || extensions["pymdownx.extra"]
	}
	o.IDs, o.Captions, o.Lines = m.ids(m.site), codeTitle(), nil
	o.NoNotes = !has("footnotes")
	text := func(s string) string { return s }
	if emoji := extensions["pymdownx.emoji"]; emoji {
		text = func(s string) string { return dropEmoji(namedIcon().ReplaceAllString(s, "")) }
		o.Shown = text
	}
	o.IDs.Text = func(h markdown.Heading) string { return pythonText(h, !o.NoNotes, text) }
	if o.IDs.Explicit = has("attr_list"); o.IDs.Explicit {
		o.Marks = attrList()
	}
	if has("abbr") {
		o.Lines = dropAbbreviations
	}
	o.Prepare = openAdmonitions
	if m.macros {
		o.Prepare = func(source string) string {
			return openAdmonitions(expand(jinjaComment().ReplaceAllStringFunc(source, lineEnds), macroTag))
		}
	}
}

var (
	// namedIcon is an icon of Material by its name.
	namedIcon = lazyregexp.New(`:(?:material|fontawesome|octicons|simple)-[\w-]+:`)
	// attrList are attributes of Python-Markdown: { #id .class key="value" }.
	attrList     = lazyregexp.New(`\{:?[ \t]*(?:[#.][\w:-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))(?:[ \t]+(?:[#.][\w:-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+)))*[ \t]*\}`)
	jinjaComment = lazyregexp.New(`(?s)\{#[-\s].*?#\}`)
)

// macroTag reads a tag of Jinja.
func macroTag(t tag) (string, kind) {
	switch t.name {
	case "raw":
		return "", verbatim
	case "macro":
		return "", dropped
	case "set": // one with a value has no end
		if !strings.Contains(t.arguments, "=") {
			return "", dropped
		}
	}
	return "", lone
}

var (
	// admonition begins a box of Python-Markdown or a tab, whose lines are indented.
	admonition = lazyregexp.New(`^([ \t]*)(?:(?:!!!|\?\?\?\+?|///)[ \t]*[\w-]*(?:[ \t]+[\w-]+)*[ \t]*(?:"([^"]*)")?[ \t]*(?:\|[ \t]*(.*))?|===[!+]?[ \t]+"([^"]*)"[ \t]*)$`)
	boxFence   = lazyregexp.New("^[ \t]*(`{3,}|~{3,})[^`]*$")
)

// openAdmonitions leaves the titles and the lines of boxes and tabs, which are indented by four, with the code in them.
func openAdmonitions(source string) string {
	if !strings.Contains(source, "!!!") && !strings.Contains(source, "???") && !strings.Contains(source, "///") && !strings.Contains(source, "===") {
		return source
	}
	lines := strings.Split(source, "\n")
	var inside []string // what each open box is indented by
	fence := ""
	for i, line := range lines {
		text := strings.TrimLeft(line, " \t")
		for fence == "" && text != "" && len(inside) > 0 && !strings.HasPrefix(line, inside[len(inside)-1]) {
			inside = inside[:len(inside)-1]
		}
		depth := ""
		if len(inside) > 0 {
			depth = inside[len(inside)-1]
		}
		if text != "" {
			lines[i] = strings.TrimPrefix(line, depth)
		}
		mark := boxFence().FindStringSubmatch(line)
		switch {
		case fence != "":
			if mark != nil && strings.HasPrefix(mark[1], fence) && strings.TrimSpace(line) == mark[1] {
				fence = ""
			}
		case mark != nil:
			fence = mark[1]
		default:
			if m := admonition().FindStringSubmatch(line); m != nil && len(inside) < maxNavigation && text != "///" {
				lines[i] = strings.TrimPrefix(m[1], depth) + m[2] + m[3] + m[4]
				if m[2]+m[3]+m[4] != "" && i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" {
					lines[i] += `\`
				}
				inside = append(inside, m[1]+"    ")
			}
		}
	}
	return strings.Join(lines, "\n")
}
