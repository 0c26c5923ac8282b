package site

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"strings"

	"chaja/internal/lazyregexp"
)

// Published is what the settings of a site say of how readers meet it, as they say it. What they do not say is empty.
type Published struct {
	Address string // of the site, without Base unless the settings have it there
	Base    string // path below which the site lies
	Name    string
	Logo    string // address of a picture
	From    string // the file with the settings
}

// ReadPublished reads the settings of the site in folder dir, and those of the files that they are made of. What cannot be read
// counts as not said: Open tells of broken settings.
func ReadPublished(dir string) (p Published) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return p
	}
	defer root.Close()
	files := root.FS()
	for _, g := range generators() {
		if s, name, content, _ := readSettings(files, g.files...); g.marks(files, s, name != "") {
			p.read(s, name)
			for _, name := range publishedBeside(files, name, content) {
				s, name, content, _ := readSettings(files, name)
				if path.Ext(name) == ".py" {
					s = pythonSettings(content)
				}
				p.read(s, name)
			}
			return p
		}
	}
	return p
}

// imported are the files that a program takes settings from.
var imported = lazyregexp.New(`(?:require\(|\bfrom)\s*["']\./([\w./-]{1,99})["']`)

const maxImported = 8

// publishedBeside returns the names that other files with settings may have: those that a program imports, those in which
// blogs with Next.js keep what they are called, and those of Pelican, the published ones first.
func publishedBeside(files fs.FS, name string, content []byte) (names []string) {
	if path.Ext(name) == ".py" {
		return []string{"publishconf.py", name}
	}
	for _, m := range imported().FindAllStringSubmatch(string(content), maxImported) {
		stem := path.Join(path.Dir(name), m[1])
		names = append(names, stem, stem+".json")
		names = append(names, scripts(stem)...)
	}
	names = append(names, scripts("data/siteMetadata", "siteMetadata")...)
	kept := names[:0]
	for _, name := range names {
		if path.Ext(name) != "" && fs.ValidPath(name) && exists(files, name) {
			kept = append(kept, name)
		}
	}
	return kept
}

func pythonSettings(content []byte) settings {
	s := settings{}
	for _, m := range pelicanText().FindAllStringSubmatch(string(content), -1) {
		s[m[1]] = m[2]
	}
	return s
}

// read takes from settings what is not known yet. The names are those of Jekyll, Hugo, Hexo, Gatsby, Astro, VitePress,
// Docusaurus, MkDocs, Pelican and Zola.
func (p *Published) read(s settings, name string) {
	low := s.lowered()
	metadata := low.under("sitemetadata")
	first := func(s settings, keys ...string) (text string) {
		for _, key := range keys {
			text = cmp.Or(text, s.text(key, ""))
		}
		return text
	}
	address := first(low, "url", "siteurl", "site", "site_url", "base_url")
	base := first(low, "baseurl", "root", "base", "pathprefix")
	if strings.Contains(base, "://") { // of Hugo
		address, base = base, ""
	}
	address = cmp.Or(address, metadata.text("siteurl", ""), low.under("sitemap").text("hostname", ""))
	if p.Address == "" && address != "" {
		p.Address, p.Base, p.From = address, base, name
	}
	p.Base = cmp.Or(p.Base, base)
	p.Name = cmp.Or(p.Name, metadata.text("title", ""), first(low, "title", "site_name", "sitename", "name"))
	p.Logo = cmp.Or(p.Logo, metadata.text("logo", ""), first(low, "logo"), low.table("params").text("logo", ""), low.table("themeconfig").text("logo", ""))
}
