package site

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// obsidianGenerator is a vault of Obsidian. Who publishes it, and where, cannot be seen: notes are at their paths.
func obsidianGenerator() generator {
	return generator{
		name: "obsidian", title: "Obsidian", open: openObsidian, files: []string{".obsidian/app.json"},
		marks: func(site fs.FS, _ settings, _ bool) bool { return exists(site, ".obsidian") },
	}
}

// quartzGenerator is Quartz 4, which publishes the notes in content.
func quartzGenerator() generator {
	return generator{
		name: "quartz", title: "Quartz", files: scripts("quartz.config"), open: openQuartz,
		marks: func(_ fs.FS, _ settings, configured bool) bool { return configured },
	}
}

func openObsidian(site fs.FS, app settings, _ Options) rules {
	templates, ignored := []string{}, patternsOf(app.list("userIgnoreFilters"), vaultFilter)
	for _, name := range []string{".obsidian/templates.json", ".obsidian/plugins/templater-obsidian/data.json"} {
		s, _, _, _ := readSettings(site, name)
		for _, key := range []string{"folder", "templates_folder"} {
			if dir := relative(s.text(key, ""), "."); dir != "." {
				templates = append(templates, dir)
			}
		}
	}
	g := documents{roots: []string{"."}, more: note, prepare: readNotes, form: "/{path}/"}
	g.puts = openVault(site, ".", func(inside string) bool { return strings.HasSuffix(inside, ".excalidraw.md") }).embeds
	g.address = func(e entry) string {
		if own := e.values.text("permalink"); own != "" && !elsewhere(own) {
			return own
		}
		return e.inside + "/"
	}
	g.excludes = func(inside string) bool {
		for _, dir := range templates {
			if liesIn(inside, dir) {
				return true
			}
		}
		return strings.HasSuffix(inside, ".excalidraw.md")
	}
	g.withheld = func(_, inside string) string { return firstMatch("userIgnoreFilters", ignored, inside) }
	return g
}

// explicitPublish is the filter of Quartz with which a note is published only if it says so; not in a comment.
var explicitPublish = lazyregexp.New(`(?m)^[^/\n]*\bExplicitPublish\(`)

func openQuartz(site fs.FS, s settings, _ Options) rules {
	ignored := patternsOf(literalList(s.find("ignorePatterns")), globOf)
	_, at, _ := strings.Cut(scalar(s.find("baseUrl")), "/")
	base := basePath("/" + at)
	g := documents{roots: []string{"content"}, more: note, prepare: readNotes, form: "/{path}"}
	if speaksOf(site, explicitPublish(), quartzGenerator().files) {
		g.more = func(page *Page, e entry) {
			if note(page, e); page.Hidden == "" && !truth(e.values["publish"], true, false) {
				page.Hidden = "no publish: true"
			}
		}
	}
	g.address = func(e entry) string {
		if own := e.values.text("permalink"); own != "" && !elsewhere(own) {
			return base + "/" + own
		}
		folder, _ := folderPage(e.inside, "index")
		return base + "/" + eachPart(folder, quartzPart)
	}
	g.withheld = func(_, inside string) string {
		var above []string
		for dir := inside; dir != "."; dir = path.Dir(dir) {
			above = append(above, dir)
		}
		return firstMatch("ignorePatterns", ignored, above...)
	}
	notes := openVault(site, "content", func(inside string) bool { return g.withheld("content", inside) != "" })
	notes.fill = g.more
	g.puts = notes.embeds
	return g
}

// vaultFilter is an entry of the excluded files of Obsidian: the beginning of a path, or an expression between slashes.
func vaultFilter(text string) *regexp.Regexp {
	if inner, is := strings.CutPrefix(text, "/"); is && len(inner) > 1 && strings.HasSuffix(inner, "/") {
		if re, err := regexp.Compile(strings.TrimSuffix(inner, "/")); err == nil {
			return re
		}
	}
	return regexp.MustCompile("^" + regexp.QuoteMeta(text))
}

// literalList returns the strings of a list.
func literalList(value any) []string {
	list, _ := value.([]any)
	return flattened(list)
}

// quartzPart is a part of a path as Quartz writes it.
func quartzPart(part string) string {
	return strings.NewReplacer(" ", "-", "&", "-and-", "%", "-percent", "?", "", "#", "").Replace(part)
}

var (
	noteTag     = lazyregexp.New(`(?m)(?:^|[\s(])#([\pL\pN_/-]*[\pL_/-][\pL\pN_/-]*)`)
	fencedBlock = lazyregexp.New("(?ms)^[ \t]*(?:```|~~~).*?(?:^[ \t]*(?:```|~~~)[ \t]*$|\\z)|`[^`\n]*`|%%.*?%%")
)

// maxNoteTags bounds the tags in the text of a note.
const maxNoteTags = 100

// note knows what Obsidian makes of a note: the file's name is its title, aliases are names too, and words behind # are tags, those
// above them too.
func note(page *Page, e entry) {
	if page.Title = e.stem(); page.Title == "index" && e.folder() != "" {
		page.Title = path.Base(e.folder())
	}
	if e.matter.Title != "" {
		page.Title = "" // of the front matter
	}
	page.Names = slices.Concat(e.values.list("aliases", whole), e.values.list("alias", whole))
	if e.values["excalidraw-plugin"] != nil {
		page.Hidden = "a drawing of Excalidraw"
	}
	var tags []string
	for _, tag := range page.Tags {
		tags = append(tags, strings.TrimPrefix(tag, "#"))
	}
	for _, m := range noteTag().FindAllStringSubmatch(fencedBlock().ReplaceAllString(e.body, ""), maxNoteTags) {
		tags = append(tags, m[1])
	}
	var all []string
	for _, tag := range tags {
		all = append(all, tag)
		for parent := path.Dir(tag); parent != "." && parent != "/"; parent = path.Dir(parent) {
			all = append(all, parent)
		}
	}
	page.Tags = unique(all)
}

// readNotes makes options read the Markdown of Obsidian.
func readNotes(o *markdown.Options) {
	o.Prepare = showNotes
	o.Lines = openCallouts
}

var (
	wikiEmbed   = lazyregexp.New(`!\[\[[^\[\]\n]*\]\]`)
	wikiLink    = lazyregexp.New(`\[\[([^\[\]|\n]*)(?:\\?\|([^\[\]\n]*))?\]\]`)
	blockID     = lazyregexp.New(`(?m)[ \t]\^[\w-]+[ \t]*$`)
	highlighted = lazyregexp.New(`==([^=\s](?:[^=\n]*[^=\s])?)==`)
	callout     = lazyregexp.New(`^([ \t>]*>[ \t]*)\[!([\w|-]+)\][+-]?[ \t]*(.*)$`)
)

// showNotes replaces links among notes by what they show. Comments show nothing. Code stays as it is.
func showNotes(source string) string {
	return outsideCode(source, func(text string) string {
		text = wikiEmbed().ReplaceAllString(text, "")
		text = wikiLink().ReplaceAllStringFunc(text, func(link string) string {
			m := wikiLink().FindStringSubmatch(link)
			if m[2] != "" {
				return m[2]
			}
			return strings.TrimPrefix(strings.Replace(m[1], "#", " > ", 1), " > ")
		})
		return highlighted().ReplaceAllString(blockID().ReplaceAllString(text, ""), "$1")
	})
}

// outsideCode changes what of a source is no code, and drops comments in %%. Every line stays where it is.
func outsideCode(source string, change func(string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range fencedBlock().FindAllStringIndex(source, -1) {
		b.WriteString(change(source[at:m[0]]))
		if part := source[m[0]:m[1]]; strings.HasPrefix(part, "%%") {
			b.WriteString(strings.Repeat("\n", strings.Count(part, "\n")))
		} else {
			b.WriteString(part)
		}
		at = m[1]
	}
	b.WriteString(change(source[at:]))
	return b.String()
}

// openCallouts leaves the titles of callouts.
func openCallouts(lines []string) {
	for i, line := range lines {
		if m := callout().FindStringSubmatch(line); m != nil {
			if lines[i] = m[1] + m[3]; m[3] != "" && i+1 < len(lines) && strings.Trim(lines[i+1], "> \t") != "" {
				lines[i] += `\`
			}
		}
	}
}
