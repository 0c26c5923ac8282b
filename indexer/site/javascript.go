package site

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// nextraGenerator is Nextra 4 and before, over Next.js.
func nextraGenerator() generator {
	return generator{
		name: "nextra", title: "Nextra", open: openNextra, files: scripts("next.config"),
		marks: func(site fs.FS, _ settings, _ bool) bool { return dependencies(site)["nextra"] != nil },
	}
}

func openNextra(site fs.FS, s settings, _ Options) rules {
	root := "content"
	for _, dir := range []string{"content", "src/content", "pages", "src/pages"} {
		if exists(site, dir) {
			root = dir
			break
		}
	}
	base := basePath(s.text("basePath", "")) + basePath("/"+strings.Trim(scalar(s.find("contentDirBasePath")), "/"))
	return documents{
		roots: []string{root}, excludes: hasUnderscore, form: "/{path}", puts: mdxIncludes("."),
		address: func(e entry) string {
			folder, _ := folderPage(e.inside, "index")
			return base + "/" + strings.TrimSuffix(folder, "/")
		},
		more: func(page *Page, e entry) {
			line := underlined().FindStringSubmatch(e.body)
			switch {
			case e.matter.Title != "" || firstTitle(e.body) != "":
			case line != nil: // wherever it stands
				page.Title = markdown.Resolve(line[1])
			case e.stem() != "index":
				page.Title = strings.NewReplacer("-", " ", "_", " ").Replace(e.stem())
			}
		},
		prepare: func(o *markdown.Options) {
			*o = readMDX(*o, nextraShows)
			o.Captions = codeTitle()
			o.IDs.Level = 2
		},
	}
}

var nextraShows = attributesOf("Cards.Card: title", "FileTree.File: name", "FileTree.Folder: name")

// gatsbyGenerator is Gatsby, with createFilePath as its starters have it.
func gatsbyGenerator() generator {
	return generator{
		name: "gatsby", title: "Gatsby", open: openGatsby, files: scripts("gatsby-config"),
		marks: func(_ fs.FS, _ settings, configured bool) bool { return configured },
	}
}

func openGatsby(site fs.FS, s settings, _ Options) rules {
	var roots []string
	for _, dir := range sourceFolders(s["plugins"], 0) {
		roots = append(roots, relative(dir, "."))
	}
	if len(roots) == 0 {
		roots = []string{"."}
	}
	base := ""
	if manifest, _, _, _ := readSettings(site, "package.json"); strings.Contains(manifest.table("scripts").text("build", "")+manifest.table("scripts").text("deploy", ""), "--prefix-paths") {
		base = basePath(s.text("pathPrefix", "")) // which Gatsby leaves alone without that flag
	}
	return documents{
		roots: roots, form: "/{path}/", excludes: func(inside string) bool { return ignoredFile(inside) },
		address: func(e entry) string {
			own := e.values.text("slug")
			if own == "" {
				own = e.values.text("path")
			}
			if strings.HasPrefix(own, "/") && !elsewhere(own) {
				return base + own
			}
			folder, is := folderPage(e.inside, "index")
			if is {
				return base + "/" + folder
			}
			return base + "/" + folder + "/"
		},
	}
}

// sourceFolders are the folders that gatsby-source-filesystem reads and that hold no pictures.
func sourceFolders(plugins any, depth int) (folders []string) {
	list, _ := plugins.([]any)
	if depth > maxNavigation {
		return nil
	}
	for _, plugin := range list {
		s, _ := plugin.(settings)
		if s.text("resolve", "") != "gatsby-source-filesystem" {
			continue
		}
		dir := strings.NewReplacer("${__dirname}", "", "__dirname", "").Replace(s.table("options").text("path", ""))
		if name := s.table("options").text("name", ""); dir != "" && name != "images" && name != "assets" {
			folders = append(folders, strings.Trim(dir, "/"))
		}
	}
	return folders
}

// eleventyGenerator is Eleventy 3.
func eleventyGenerator() generator {
	files := append([]string{".eleventy.js"}, scripts("eleventy.config")...)
	return generator{
		name: "eleventy", title: "Eleventy", files: files, open: openEleventy,
		marks: func(_ fs.FS, _ settings, configured bool) bool { return configured },
	}
}

func openEleventy(site fs.FS, s settings, _ Options) rules {
	config := eleventyConfig(site)
	input := s.under("dir").text("input", ".")
	if m := inputFolder().FindStringSubmatch(config); m != nil {
		input = m[1]
	}
	input = relative(input, ".")
	base := basePath(scalar(s.find("pathPrefix")))
	ids := markdown.NoIDs()
	ids.Explicit = false
	if strings.Contains(config, "markdown-it-anchor") {
		ids = markdown.IDs{Name: "markdown-it-anchor", Text: markdown.Heading.Text, Slug: escapedSlug}
	}
	templates, fills := eleventyTemplates(config), fillEleventy
	if templates == nil {
		fills = nil
	}
	ignored, data := eleventyIgnored(site), newEleventyData(site, input, s.under("dir").text("data", "_data"))
	return documents{
		roots: []string{input}, form: "/{path}/", state: data.state, notes: data.notes, shows: fills,
		excludes: hasUnderscore,
		withheld: func(_, inside string) string { return matchesGit("ignored", ignored, inside, path.Join(input, inside)) },
		address: func(e entry) string {
			folder, is := folderPage(e.inside, "index")
			if dir, name := path.Split(strings.TrimSuffix(e.inside, "/")); name != "" && path.Base(dir) == name {
				folder, is = dir, true // a/a.md is the page of its folder
			}
			if is {
				return base + "/" + folder
			}
			return base + "/" + folder + "/"
		},
		more: func(page *Page, e entry) {
			page.given = data.of(e.inside)
			for key, value := range page.given {
				if _, own := e.values[strings.ToLower(key)]; !own {
					e.values[strings.ToLower(key)] = value
				}
			}
			setPermalink(e.values, page.given)
			if *page = page.hiddenBy(e.values); !truth(e.values["permalink"], true, true) {
				page.Hidden = "permalink: false"
			}
			own, known, problem := eleventyAddress(e)
			switch page.Problem = problem; {
			case !known:
				page.URL, page.Unplaced = base+"/", true
			case own != "":
				page.URL = encoded(squeezed(base + "/" + own))
			}
			page.Tags = slices.DeleteFunc(slices.Clone(page.Tags), func(tag string) bool { return tag == "post" || tag == "posts" || tag == "all" })
		},
		prepare: func(o *markdown.Options) {
			o.IDs, o.NoNotes, o.Prepare = ids, !plugged(site, "footnote", eleventyGenerator().files), templates
		},
	}
}

// escapedSlug is the slug of markdown-it-anchor, which is percent-encoded where other letters than those of ASCII stand.
func escapedSlug(s string) string {
	lower := cases.Lower(language.Und).String(strings.ReplaceAll(s, "\n", ""))
	return strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").
		Replace(url.QueryEscape(strings.Join(strings.Fields(lower), "-")))
}

// docsifyGenerator is Docsify, which shows every page in one, behind a # in the address.
func docsifyGenerator() generator {
	return generator{name: "docsify", title: "Docsify", open: openDocsify, marks: func(site fs.FS, _ settings, _ bool) bool { return docsifyFolder(site) != "" }}
}

// docsifyFolder is the folder with the page that loads Docsify, empty for none.
func docsifyFolder(site fs.FS) string {
	for _, dir := range docFolders() {
		name := path.Join(dir, "index.html")
		info, err := fs.Stat(site, name)
		if err != nil || info.Size() > maxConfig {
			continue
		}
		if content, err := fs.ReadFile(site, name); err == nil && strings.Contains(string(content), "$docsify") {
			return dir
		}
	}
	return ""
}

func openDocsify(site fs.FS, _ settings, _ Options) rules {
	ids := markdown.NoIDs()
	ids.Explicit, ids.Unknown = false, true
	return documents{
		roots: []string{docsifyRoot(site)}, form: "/#/{path}", excludes: hasUnderscore, puts: docsifyIncludes,
		address: func(entry) string { return "" },
		more: func(page *Page, e entry) {
			folder, _ := folderPage(e.inside, "README")
			page.URL = "/#" + encoded("/"+folder)
		},
		prepare: func(o *markdown.Options) {
			o.IDs, o.Marks, o.Aside, o.Lines = ids, docsifyID(), docsifyAside(), openTips
		},
	}
}

// docsifyBase is the setting of Docsify by which its pages lie in another folder than its page.
var docsifyBase = lazyregexp.New(`\bbasePath["']?\s*:\s*["']([\w./-]+)["']`)

// docsifyRoot is the folder of the pages.
func docsifyRoot(site fs.FS) string {
	dir := docsifyFolder(site)
	content, err := fs.ReadFile(site, path.Join(dir, "index.html"))
	if m := docsifyBase().FindSubmatch(content); err == nil && m != nil {
		if root := path.Join(dir, relative(string(m[1]), ".")); exists(site, root) {
			return root
		}
	}
	return dir
}

// openTips leaves the texts of boxes: "!> text" and "?> text", each a paragraph.
func openTips(lines []string) {
	for i, line := range lines {
		if i == 0 || strings.TrimSpace(lines[i-1]) == "" || strings.HasPrefix(lines[i-1], "#") {
			lines[i] = docsifyTip().ReplaceAllString(line, "")
		}
	}
}

var docsifyTip = lazyregexp.New(`^ {0,3}[!?]>[ \t]*`)

// docsifyAside is a title by which Docsify leaves a link as it stands, to what is beside its pages, or takes its address away.
var docsifyAside = lazyregexp.New(`(?:^|\s):(?:ignore|disabled)\b`)

// docsifyID is what Docsify takes for settings of a heading or link.
var docsifyID = lazyregexp.New(`[ \t]*:(?:id|ignore|target|class|size)(?:=[\w-]+)?`)
