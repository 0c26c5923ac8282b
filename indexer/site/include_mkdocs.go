package site

import (
	"path"
	"regexp"
	"strings"

	"chaja/internal/lazyregexp"
)

// mkdocsIncludes are the files that pages of MkDocs below the folder docs show, by all that the settings switch on: pymdownx.snippets
// and markdown_include, the plugins include-markdown and macros. Behind are those that stand behind every page.
func (m mkdocs) includes(s settings, docs string) (find inclusions, behind []inclusion) {
	var all []inclusions
	plugins, extensions := names(s["plugins"]), names(s["markdown_extensions"])
	if plugins["include-markdown"] {
		own := (settings{"": s["plugins"]}).under("include-markdown")
		all = append(all, includeMarkdown(docs, own.text("opening_tag", "{%"), own.text("closing_tag", "%}")))
	} else if m.macros {
		folder := relative((settings{"": s["plugins"]}).under("macros").text("include_dir", docs), docs)
		all = append(all, includeMarkdown(folder, "{%", "%}"))
	}
	if extensions["markdown_include.include"] {
		base := relative((settings{"": s["markdown_extensions"]}).under("markdown_include.include").text("base_path", "."), ".")
		all = append(all, includeBraces(base))
	}
	if extensions["pymdownx.snippets"] {
		snippets := snippetsOf(m.site, (settings{"": s["markdown_extensions"]}).under("pymdownx.snippets"))
		all, behind = append(all, snippets.includes), snippets.appended()
	}
	if len(all) == 0 {
		return nil, nil
	}
	return together(all...), behind
}

// includeArgument is where the part of a file begins or ends that is shown.
var includeArgument = lazyregexp.New(`\b(start|end)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')`)

// includeMarkdown are {% include-markdown "file" start="…" end="…" %} and {% include "file" %}. Names that begin with a dot are
// those beside the page, others those below docs.
func includeMarkdown(docs, opening, closing string) inclusions {
	tag := regexp.MustCompile(regexp.QuoteMeta(opening) + `-?\s*include(?:-markdown)?\s+(?:"([^"\n]+)"|'([^'\n]+)')((?s:.{0,400}?))` + regexp.QuoteMeta(closing))
	return func(text, from string) (places []inclusion) {
		if !strings.Contains(text, opening) {
			return nil
		}
		for _, m := range tag.FindAllStringSubmatchIndex(text, -1) {
			name, arguments := text[max(m[2], m[4]):max(m[3], m[5])], text[m[6]:m[7]]
			if strings.Contains(name, "://") {
				continue
			}
			in := inclusion{start: m[0], end: m[1], file: path.Join(docs, name)}
			if strings.HasPrefix(name, ".") {
				in.file = besideFile(from, name)
			}
			in.shows = func(content string) string {
				for _, a := range includeArgument().FindAllStringSubmatch(arguments, 2) {
					mark := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\"`, `"`, `\'`, `'`, `\\`, `\`).Replace(a[2] + a[3])
					before, after, found := strings.Cut(content, mark)
					if content = before; a[1] == "start" && found {
						content = after
					}
				}
				return strings.Trim(content, "\n")
			}
			places = append(places, in)
		}
		return places
	}
}

// includeBrace is {!file!}, and {!file!lines=1-3 7} in part.
var includeBrace = lazyregexp.New(`\{!\s*([^!\n]+?)\s*!(?:lines=([0-9 -]+))?\}`)

// includeBraces are those below a folder.
func includeBraces(base string) inclusions {
	return func(text, _ string) (places []inclusion) {
		for _, m := range includeBrace().FindAllStringSubmatchIndex(text, -1) {
			in := inclusion{start: m[0], end: m[1], file: path.Join(base, text[m[2]:m[3]])}
			ranges := strings.Fields(text[max(m[4], 0):max(m[5], 0)])
			for i, lines := range ranges {
				first, last, is := strings.Cut(lines, "-")
				if ranges[i] = first + ":" + last; !is {
					ranges[i] = first + ":" + first
				}
			}
			in.shows = func(content string) string {
				return strings.TrimSuffix(snippetPart(content, strings.Join(ranges, ","), ""), "\n")
			}
			places = append(places, in)
		}
		return places
	}
}
