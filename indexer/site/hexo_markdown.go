package site

import (
	"io/fs"
	"slices"
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// options are tags of Hexo and of its themes, outside of code.
func (h *hexo) options() markdown.Options {
	return markdown.Options{Prepare: expandHexo, Unknown: hasVariables, IDs: h.anchors, NoNotes: h.noNotes}
}

func expandHexo(source string) string {
	var b strings.Builder
	before := "" // what stands between two blocks of code
	flush := func() {
		b.WriteString(expand(captioned(before), hexoTag))
		before = ""
	}
	for code, part := range markdown.Fenced(source) {
		if !code {
			before = part
			continue
		}
		first, _, _ := strings.Cut(part, "\n")
		before = markdown.Above(before, fenceCaption(first))
		flush()
		b.WriteString(part)
	}
	flush()
	return keepDefinitions(source, b.String())
}

var (
	fenceInfo   = lazyregexp.New("^[ \t>]*(?:`{3,}|~{3,})[ \t]*[^\\s`=]+[ \t]+([^=`]*)")
	codeTag     = lazyregexp.New(`(?m)^[ \t]*\{%-?\s*code(?:block)?\s+([^{}%\n]*)-?%\}`)
	codeOption  = lazyregexp.New(`^(?:lang|line_number|line_threshold|first_line|highlight|language_attr|mark|wrap|tab_replace):`)
	codeAddress = lazyregexp.New(`^(?:https?://|/)\S+$`)
)

// fenceCaption is what Hexo shows above a block of code: what follows its language, but for an address.
func fenceCaption(line string) string {
	m := fenceInfo().FindStringSubmatch(line)
	if m == nil {
		return ""
	}
	return captionOf(m[1])
}

// captionOf takes settings and addresses out of what stands behind a language.
func captionOf(arguments string) string {
	words := slices.DeleteFunc(strings.Fields(arguments), func(w string) bool { return codeOption().MatchString(w) || codeAddress().MatchString(w) })
	return strings.Join(words, " ")
}

// captioned shows the captions of tags of code on the empty lines above them.
func captioned(part string) string {
	if !strings.Contains(part, "{%") {
		return part
	}
	var b strings.Builder
	at := 0
	for _, m := range codeTag().FindAllStringSubmatchIndex(part, -1) {
		b.WriteString(markdown.Above(part[at:m[0]], captionOf(part[m[2]:m[3]])))
		at = m[0]
	}
	b.WriteString(part[at:])
	return b.String()
}

// markedIDs are those of hexo-renderer-marked, which Hexo comes with, in this case of letters.
func markedIDs(name string, letters func(string) string) markdown.IDs {
	return markdown.IDs{
		Name: name, Text: func(h markdown.Heading) string { return markedText(h, smart) }, Slug: func(s string) string { return letters(hexoSlug(strings.TrimSpace(stripTags(s)))) },
		Repeat: markdown.AnyObject, Has: isHexoHeading, Unseen: unseenByHexo,
	}
}

// markdownItIDs are those of hexo-renderer-markdown-it.
func markdownItIDs() markdown.IDs {
	return markdown.IDs{
		Name: "Hexo (markdown-it)", Text: markdownItText, Slug: hexoSlug, Repeat: markdown.FromTwo, Level: 2,
		Has: isHexoHeading, Unseen: unseenByHexo,
	}
}

func isHexoHeading(h markdown.Heading) bool {
	return strings.HasPrefix(strings.TrimLeft(h.Before, " "), "#") || !strings.HasPrefix(h.Line, "#")
}

// unseenByHexo is all that a tag encloses.
func unseenByHexo(source string) (unseen, _ []markdown.Span) {
	return markdown.Enclosed(source, func(string, string) bool { return true }), nil
}

// hexoIDs knows two renderers: marked, which Hexo comes with, and markdown-it. Settings of one that is not installed mean
// nothing.
func hexoIDs(site fs.FS, s settings) markdown.IDs {
	if rendererOf(site, s) == "markdown-it" {
		return markdownItIDs()
	}
	return markedIDsOf(s.table("marked"))
}

// rendererOf returns the one of the two that a site has.
func rendererOf(site fs.FS, s settings) string {
	installed := dependencies(site)
	_, it := installed["hexo-renderer-markdown-it"]
	_, plus := installed["hexo-renderer-markdown-it-plus"]
	_, marked := installed["hexo-renderer-marked"]
	if _, configured := s["markdown"]; it || plus || configured && !marked {
		return "markdown-it"
	}
	return "marked"
}

// markedIDsOf are those of hexo-renderer-marked with these settings.
func markedIDsOf(s settings) markdown.IDs {
	ids := markedIDs("Hexo", strings.Clone)
	switch anchors := s.text("modifyAnchors", "0"); {
	case !s.flag("headerIds", true):
		return markdown.NoIDs()
	case anchors == "1":
		ids = markedIDs("Hexo (lower case)", strings.ToLower)
	case anchors == "2":
		ids = markedIDs("Hexo (upper case)", strings.ToUpper)
	}
	if !s.flag("smartypants", true) {
		ids.Text = func(h markdown.Heading) string { return markedText(h, strings.Clone) }
	}
	return ids
}

// hexoTag reads a tag of Hexo or of one of its themes.
func hexoTag(t tag) (string, kind) {
	switch t.name {
	case "codeblock", "code":
		return "", code
	case "raw", "verbatim":
		return "", verbatim
	case "encrypt", "encrypted", "password", "secret", "private", "protected":
		return "", dropped
	case "img", "asset_img", "asset_link", "post_link", "link":
		text := quotedArguments(t.arguments)
		if words := strings.Fields(t.arguments); text == "" && t.name == "link" && len(words) > 1 {
			text = words[0]
		}
		return text, lone
	case "btn", "button": // of themes: address, text, icon
		if parts := strings.Split(t.arguments, ","); len(parts) > 1 {
			return strings.TrimSpace(parts[1]), lone
		}
	case "label": // of themes: class@text
		_, text, _ := strings.Cut(t.arguments, "@")
		return text, lone
	}
	return "", lone
}

// markedText is the HTML that marked makes of a heading, as far as its id depends on it. Set sets quotes, dashes and dots.
func markedText(h markdown.Heading, set func(string) string) string {
	entities := strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#39;", "'", "&#96;", "`")
	var b strings.Builder
	for _, p := range h.Pieces {
		switch p.Kind {
		case markdown.TextPiece:
			for _, t := range markedTokens(hexoMark().ReplaceAllString(p.Text, ""), set) {
				b.WriteString(entities.Replace(t))
			}
		case markdown.CodePiece, markdown.HTMLPiece, markdown.AddressPiece, markdown.NotePiece:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// hexoMark is a tag of Hexo, which leaves a comment in its place.
var hexoMark = lazyregexp.New(`\{\{.+?\}\}|\{%.+?%\}|\{#.+?#\}`)

// markedBreak is where marked may end a piece of text: before what may be markup.
var markedBreak = lazyregexp.New("\\\\[!-/:-@\\[-`{-~]|[<!\\[`*~_]")

// markedTokens cuts text as marked does, and sets quotes, dashes and dots in each part.
func markedTokens(s string, set func(string) string) []string {
	var tokens []string
	at := 0
	for _, m := range markedBreak().FindAllStringIndex(s, -1) {
		if m[0] > at {
			tokens = append(tokens, set(s[at:m[0]]))
		}
		at = m[0]
		if s[at] == '\\' {
			tokens = append(tokens, s[at+1:m[1]])
			at = m[1]
		}
	}
	return append(tokens, set(s[at:]))
}

var (
	openingSingle = lazyregexp.New(`(^|[-\x{2014}/(\[{"\s])'`)
	openingDouble = lazyregexp.New(`(^|[-\x{2014}/(\[{\x{2018}\s])"`)
)

// smart sets quotes, dashes and dots as the scripts called smartypants do.
func smart(s string) string {
	s = strings.NewReplacer("---", "\u2014", "--", "\u2013").Replace(s)
	return strings.ReplaceAll(curled(s), "...", "\u2026")
}

// curled makes quotes curl.
func curled(s string) string {
	s = strings.ReplaceAll(openingSingle().ReplaceAllString(s, "${1}\u2018"), "'", "\u2019")
	return strings.ReplaceAll(openingDouble().ReplaceAllString(s, "${1}\u201c"), `"`, "\u201d")
}

// markdownItText is the text of all parts, tags as they stand.
func markdownItText(h markdown.Heading) string {
	var b strings.Builder
	for _, p := range h.Pieces {
		if p.Kind != markdown.TextPiece {
			b.WriteString(p.Text)
			continue
		}
		at := 0
		for _, m := range escape().FindAllStringIndex(p.Text, -1) {
			b.WriteString(markdown.Resolve(typeset(p.Text[at:m[0]])) + p.Text[m[0]+1:m[1]])
			at = m[1]
		}
		b.WriteString(markdown.Resolve(typeset(p.Text[at:])))
	}
	return b.String()
}

var (
	escape     = lazyregexp.New("\\\\[!-/:-@\\[-`{-~]")
	dots       = lazyregexp.New(`\.{2,}`)
	shouts     = lazyregexp.New(`([?!])\x{2026}`)
	longDash   = lazyregexp.New(`(^|[^-])---([^-]|$)`)
	spacedDash = lazyregexp.New(`(^|\s)--(\s|$)`)
	innerDash  = lazyregexp.New(`(^|[^-\s])--([^-\s]|$)`)
)

// typeset sets dots, dashes and quotes as markdown-it does.
func typeset(s string) string {
	s = shouts().ReplaceAllString(dots().ReplaceAllString(s, "\u2026"), "$1..")
	s = longDash().ReplaceAllString(s, "$1\u2014$2")
	s = innerDash().ReplaceAllString(spacedDash().ReplaceAllString(s, "$1\u2013$2"), "$1\u2013$2")
	return curled(s)
}
