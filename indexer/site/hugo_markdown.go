package site

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// options are shortcodes, and what goldmark reads in Hugo beside Markdown.
func (h *hugo) options() markdown.Options {
	var emoji func(string) string
	if h.config.flag("enableemoji", false) {
		emoji = showEmoji
	}
	return markdown.Options{
		Shown:   emoji,
		Prepare: expandShortcodes,
		Lines: func(lines []string) {
			for i, line := range lines {
				if i > 0 && strings.TrimSpace(lines[i-1]) != "" {
					lines[i] = hugoAttributes().ReplaceAllString(line, "")
				}
			}
		},
		Definitions: true,
		IDs:         h.ids(),
		NoHTML:      !h.config.table("markup", "goldmark", "renderer").flag("unsafe", false),
	}
}

// hugoAttributes are those of the block above: {.class}, {#id}, {class="a" title=b}.
var hugoAttributes = lazyregexp.New(`^[ \t]*\{\s*(?:[.#][^\s{}]|[A-Za-z_:][\w:.-]*=)(?:[^{}"]|"[^"]*")*\}[ \t]*$`)

// ids are of a type that the site names. A newer Hugo makes them of what a reader sees, an older one of the source.
func (h *hugo) ids() markdown.IDs {
	parser := h.config.table("markup", "goldmark", "parser")
	if !parser.flag("autoheadingid", true) {
		return markdown.NoIDs()
	}
	kind := parser.text("autoidtype", parser.text("autoheadingidtype", "github"))
	slug, known := map[string]func(string) string{"github": hugoSlug, "github-ascii": hugoASCII, "blackfriday": blackfriday}[kind]
	if !known {
		kind, slug = "github", hugoSlug
	}
	return hugoIDs(kind, slug, h.newer)
}

func hugoIDs(kind string, slug func(string) string, newer bool) markdown.IDs {
	name, text := []string{}, func(h markdown.Heading) string { return h.Line }
	if newer {
		name, text = append(name, "text"), hugoText
	}
	if kind != "github" {
		name = append(name, kind)
	}
	f := markdown.IDs{
		Name: "Hugo", Text: text, Slug: slug, Nothing: "heading", Explicit: true,
		Has: func(h markdown.Heading) bool { return !hasTemplate(h.Line) }, Unseen: unseenByHugo,
	}
	if len(name) > 0 {
		f.Name += " (" + strings.Join(name, ", ") + ")"
	}
	return f
}

// unseenByHugo is what templates get as it stands. They may read it as Markdown, or not.
func unseenByHugo(source string) (unseen, _ []markdown.Span) {
	return markdown.Enclosed(source, func(opening, _ string) bool { return opening == "{<" }), nil
}

// hugoSlug keeps letters, digits and "_" in lower case and makes hyphens of blanks.
func hugoSlug(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ', r == '-':
			return '-'
		case r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(s))
}

// hugoASCII takes the accents off and drops what is not ASCII then.
func hugoASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 128 {
			return -1
		}
		return r
	}, hugoSlug(withoutAccents(s)))
}

// withoutAccents takes the marks off letters that can be taken apart.
func withoutAccents(s string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		return s
	}
	return plain
}

// blackfriday makes one hyphen of each run of other characters than letters and numbers, none at the ends.
func blackfriday(s string) string {
	var b strings.Builder
	pending := false
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			pending = true
			continue
		}
		if pending && b.Len() > 0 {
			b.WriteByte('-')
		}
		pending = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// hugoText is what a reader sees in a page of Hugo, with the words for pictures, but without addresses.
func hugoText(h markdown.Heading) string {
	var list []markdown.Piece
	for _, p := range h.Pieces {
		switch p.Kind {
		case markdown.AltPiece:
			p.Kind = markdown.CodePiece
		case markdown.TextPiece:
			p.Text = markdown.DropNotes(address().ReplaceAllString(p.Text, ""), func(string) bool { return true })
		case markdown.AddressPiece, markdown.NotePiece:
			continue
		}
		list = append(list, p)
	}
	s := markdown.Heading{Pieces: list}.Join(unset)
	return s[1+strings.LastIndexByte(s, '\n'):] // of several lines the last counts
}

// address is what Hugo makes a link of, though it stands in text.
var address = lazyregexp.New(`(?:https?://|www\.)[^\s<]*`)
