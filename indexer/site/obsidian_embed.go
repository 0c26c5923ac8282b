package site

import (
	"io/fs"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// vault knows the notes of a folder by their names, as links in Obsidian and Quartz have them.
type vault struct {
	notes map[string]string         // paths by names in lower case: of the note alone, and with folders
	fill  func(page *Page, e entry) // what is known of a note; nil for nothing
}

// maxNotes bounds the notes that are known by their names.
const maxNotes = 1 << 17

// openVault lists the notes below a folder but for those that are left out.
func openVault(site fs.FS, root string, leftOut func(inside string) bool) vault {
	v := vault{notes: map[string]string{}}
	known := 0
	_ = fs.WalkDir(site, root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil, d.IsDir() && name != root && ignoredName(d.Name()):
			return fs.SkipDir
		case d.IsDir() || !isMarkdown(name) || known == maxNotes:
			return nil
		}
		inside := name
		if root != "." {
			inside = strings.TrimPrefix(name, root+"/")
		}
		if leftOut(inside) {
			return nil
		}
		known++
		for _, called := range []string{inside, path.Base(inside)} {
			key := noteKey(called)
			if other, taken := v.notes[key]; !taken || strings.Count(other, "/") > strings.Count(name, "/") {
				v.notes[key] = name
			}
		}
		return nil
	})
	return v
}

// noteKey is the name of a note as two names are compared.
func noteKey(name string) string {
	name = strings.ToLower(norm.NFC.String(strings.TrimSpace(name)))
	if isMarkdown(name) {
		name = stem(name)
	}
	return strings.TrimPrefix(strings.TrimPrefix(name, "./"), "/")
}

// embedded is a note in another: ![[note]], ![[note#heading]] and ![[note#^block]].
var embedded = lazyregexp.New(`!\[\[([^\[\]|#\n]+)(#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]`)

// embeds are the notes that a note shows in it, outside of code and comments.
func (v vault) embeds(text, _ string) (places []inclusion) {
	if !strings.Contains(text, "![[") {
		return nil
	}
	at := 0
	find := func(end int) {
		for _, m := range embedded().FindAllStringSubmatchIndex(text[at:end], -1) {
			file := v.notes[noteKey(text[at+m[2]:at+m[3]])]
			if file == "" {
				continue // a picture, or a note that is not there
			}
			part := text[at+max(m[4], 0) : at+max(m[5], 0)]
			places = append(places, inclusion{start: at + m[0], end: at + m[1], file: file, once: true, shows: func(content string) string {
				return v.part(file, content, strings.TrimPrefix(part, "#"))
			}})
		}
	}
	for _, m := range fencedBlock().FindAllStringIndex(text, -1) {
		find(m[0])
		at = m[1]
	}
	find(len(text))
	return places
}

// part returns what of a note another shows: all of it, or what is named. Its headings are none of the page, nor are its tags. What
// its author keeps back is not shown.
func (v vault) part(file, content, named string) string {
	m, body, _ := frontmatter.Read(content)
	e := entry{name: file, inside: stem(file), matter: m, values: values(m.Values).lowered()}
	page := Page{}.hiddenBy(e.values)
	if v.fill != nil {
		v.fill(&page, e)
	}
	if page.keepBack(m); page.Hidden != "" || page.Protected != "" {
		return ""
	}
	switch block, isBlock := strings.CutPrefix(named, "^"); {
	case isBlock:
		body = blockCalled(body, block)
	case named != "":
		body = belowHeading(body, named)
	}
	var b strings.Builder
	for code, part := range markdown.Fenced(body) {
		if !code {
			part = tagMark().ReplaceAllString(headingMark().ReplaceAllString(part, ""), `$1\#$2`)
		}
		b.WriteString(part)
	}
	return "\n\n" + strings.TrimSpace(b.String()) + "\n\n"
}

var (
	headingMark = lazyregexp.New(`(?m)^ {0,3}#{1,6}[ \t]+`)
	tagMark     = lazyregexp.New(`(?m)(^|[\s(])#([\pL\pN_/-])`)
	headingLine = lazyregexp.New(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$`)
)

// belowHeading returns the part of a note that begins with a heading, the last of those that "#" divides.
func belowHeading(body, named string) string {
	wanted := lettersOf(named[strings.LastIndexByte(named, '#')+1:])
	var b strings.Builder
	level := 0
	for code, part := range markdown.Fenced(body) {
		if code {
			if level > 0 {
				b.WriteString(part)
			}
			continue
		}
		for line := range strings.Lines(part) {
			if m := headingLine().FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
				switch {
				case level == 0 && lettersOf(m[2]) == wanted:
					level = len(m[1])
				case level > 0 && len(m[1]) <= level:
					return b.String()
				}
			}
			if level > 0 {
				b.WriteString(line)
			}
		}
	}
	return b.String()
}

// lettersOf are the letters and digits of a heading, by which Obsidian compares those that links name.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(s))
}

// blockCalled returns the paragraph or item that ends with ^name, or stands before a line of that.
func blockCalled(body, name string) string {
	mark := "^" + name
	var block []string
	for line := range strings.SplitSeq(body, "\n") {
		bare := strings.TrimSpace(line)
		switch {
		case bare == mark && len(block) > 0:
			return strings.Join(block, "\n")
		case strings.HasSuffix(bare, " "+mark):
			return strings.TrimSuffix(strings.Join(append(block, bare), "\n"), mark)
		case headingLine().MatchString(line):
			block = nil
		case bare == "":
			if len(block) > 0 && block[len(block)-1] != "" {
				block = append(block, "")
			}
		default:
			if len(block) > 0 && block[len(block)-1] == "" || listItem().MatchString(line) {
				block = nil
			}
			block = append(block, line)
		}
	}
	return ""
}

var listItem = lazyregexp.New(`^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]`)
