package site

import (
	"io/fs"
	"path"
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// wikiGenerator is a wiki of GitHub or GitLab: the title of a page is the name of its file.
func wikiGenerator() generator {
	return generator{
		name: "wiki", title: "Wiki", open: openWiki,
		marks: func(site fs.FS, _ settings, _ bool) bool {
			return exists(site, "Home.md") && exists(site, "_Sidebar.md", "_Footer.md", "_Header.md")
		},
	}
}

func openWiki(fs.FS, settings, Options) rules {
	return documents{
		roots: []string{"."}, form: "/wiki/{name}",
		excludes: func(inside string) bool { return strings.HasPrefix(path.Base(inside), "_") },
		address: func(e entry) string {
			if e.stem() == "Home" {
				return "/wiki"
			}
			return "/wiki/" + strings.ReplaceAll(e.stem(), " ", "-")
		},
		more:    func(page *Page, e entry) { page.Title = strings.ReplaceAll(e.stem(), "-", " ") },
		prepare: func(o *markdown.Options) { o.Prepare = showWiki },
	}
}

// gollumLink is a link of a wiki, with what it shows first.
var gollumLink = lazyregexp.New(`\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]`)

func showWiki(source string) string {
	return outsideCode(source, func(text string) string { return gollumLink().ReplaceAllString(text, "$1") })
}
