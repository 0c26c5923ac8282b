package indexer

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// links reports links inside the site that lead nowhere. It reports a link only where it knows its neighbours: posts
// at the same place of the site, or files in the same folder. What else a generator makes is not known here.
func (c *checker) links(files []string) {
	m := c.siteMap(files)
	for _, p := range c.posts {
		for _, l := range p.links {
			if p.elsewhere() {
				break // links lead from where it is
			}
			if problem := m.follow(p, l.Target); problem != "" {
				c.report(LinkKind, p.id, l.Line, "link to %s: %s", l.Target, problem)
			}
		}
	}
}

// siteMap is what links can lead to.
type siteMap struct {
	posts   map[string]*checkedPost // by address, see addressOf
	folders map[string]bool         // that hold posts, by address
	files   map[string]bool         // by path in the site, and as generators publish them
	places  map[string]bool         // folders of files that are no posts, likewise
}

// publishedFolder is one of the folders whose files generators publish at the top of the site.
var publishedFolder = regexp.MustCompile(`^(?:static|public|source|assets|content|docs)/`)

func (c *checker) siteMap(files []string) *siteMap {
	m := &siteMap{
		posts: map[string]*checkedPost{}, folders: map[string]bool{}, files: map[string]bool{}, places: map[string]bool{},
	}
	for _, p := range c.posts {
		if p.elsewhere() || p.unplaced {
			continue
		}
		address := addressOf(p.url)
		m.posts[address] = p
		m.folders[path.Dir(address)] = true
	}
	for _, name := range files {
		name = norm.NFC.String(name)
		for _, n := range []string{name, publishedFolder.ReplaceAllString(name, "")} {
			m.files["/"+n] = true
			if c.byID[name] == nil {
				m.places[path.Dir("/"+n)] = true
			}
		}
	}
	for _, p := range c.posts {
		for _, other := range p.other {
			if m.posts[addressOf(other)] == nil {
				m.posts[addressOf(other)] = p
			}
		}
	}
	return m
}

// addressOf returns the path of a URL in the form by which pages are compared: decoded, in NFC, without index.html, .html
// and a slash at the end, which servers add.
func addressOf(u string) string {
	if decoded, err := url.PathUnescape(u); err == nil {
		u = decoded
	}
	u = strings.TrimPrefix(norm.NFC.String(u), "/#") // of a site that shows all pages in one
	u = strings.TrimSuffix(strings.TrimSuffix(u, "index.html"), ".html")
	return "/" + strings.Trim(u, "/")
}

// follow says why a link on a page leads nowhere, or nothing.
func (m *siteMap) follow(p *checkedPost, target string) string {
	u, err := url.Parse(target)
	if err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(target, "//") {
		return ""
	}
	if u.Path == "" {
		return p.place(u.Fragment)
	}
	for _, candidate := range candidates(p, u.Path) {
		if post := m.posts[addressOf(candidate)]; post != nil {
			return post.place(u.Fragment)
		}
		if m.files[norm.NFC.String(candidate)] {
			return ""
		}
	}
	address := addressOf(candidates(p, u.Path)[0])
	switch ext := path.Ext(u.Path); {
	case ext == "" || ext == ".html" || ext == ".md" || strings.Contains(ext, " "):
		if m.folders[path.Dir(address)] && !m.folders[address] { // what lists posts is made by the generator
			return "no post is there; the link is left as it is"
		}
	case m.places[path.Dir(address)]:
		return "no file is there; the link is left as it is"
	}
	return ""
}

// candidates returns the paths that a link on a page may mean. It may start from the URL of the page or from its source.
func candidates(p *checkedPost, target string) []string {
	if strings.HasPrefix(target, "/") {
		return []string{path.Clean(target)}
	}
	own, err := url.PathUnescape(p.url)
	if err != nil {
		own = p.url
	}
	if !strings.HasSuffix(own, "/") {
		own = path.Dir(own)
	}
	source := "/" + path.Join(path.Dir(p.id), target)
	return []string{path.Join("/", own, target), source, "/" + publishedFolder.ReplaceAllString(source[1:], ""), strings.TrimSuffix(source, ".md")}
}

// place says that the page has no such id, or nothing. Ids of footnotes and of the top are made without a heading.
func (p *checkedPost) place(fragment string) string {
	id := norm.NFC.String(fragment)
	if id == "" || p.anyID || id == "top" || strings.HasPrefix(id, "fn") || strings.HasPrefix(id, "footnote") ||
		strings.HasPrefix(id, ":~:") || p.ids[id] {
		return ""
	}
	return "no heading of " + p.id + " has this id; the link is left as it is"
}
