package indexer

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chaja/search"
)

// links reports links inside the site that lead nowhere. It reports a link only where it knows its neighbours: posts
// at the same place of the site, or files in the same folder; what else a generator makes, nobody sees here.
func (c *checker) links() {
	m := c.siteMap()
	for _, source := range c.sources {
		d := c.posts.byID[source.id]
		if d == nil {
			continue
		}
		reported := map[string]bool{}
		for _, l := range source.links {
			if reported[l.Target] {
				continue
			}
			if problem := m.follow(d, source.places, l.Target); problem != "" {
				reported[l.Target] = true
				c.report(LinkKind, d.ID, l.Line, "link to %s: %s", l.Target, problem)
			}
		}
	}
}

// maxFiles bounds the files of a site that are remembered.
const maxFiles = 1 << 20

// filesIn lists the files of a site but for hidden ones and those of packages.
func filesIn(dir string) ([]string, error) {
	var files []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil, d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir // Run has reported what cannot be read
		case !d.IsDir() && len(files) < maxFiles:
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return files, nil
}

// siteMap is what links can lead to.
type siteMap struct {
	posts   map[string]*search.Document // by address, see addressOf
	folders map[string]bool             // that hold posts, by address
	files   map[string]bool             // by path in the site, and as generators publish them
	places  map[string]bool             // folders of files that are no posts, likewise
	anchors map[*search.Document]map[string]bool
}

// publishedFolder is one of the folders whose files generators publish at the top of the site.
var publishedFolder = regexp.MustCompile(`^(?:static|public|source|assets|content|docs)/`)

func (c *checker) siteMap() *siteMap {
	m := &siteMap{
		posts: map[string]*search.Document{}, folders: map[string]bool{}, files: map[string]bool{}, places: map[string]bool{},
		anchors: map[*search.Document]map[string]bool{},
	}
	for _, id := range c.posts.ids {
		d := c.posts.byID[id]
		address := addressOf(d.URL)
		m.posts[address] = d
		m.folders[path.Dir(address)] = true
	}
	for _, name := range c.files {
		name = norm.NFC.String(name)
		for _, n := range []string{name, publishedFolder.ReplaceAllString(name, "")} {
			m.files["/"+n] = true
			if c.posts.byID[name] == nil {
				m.places[path.Dir("/"+n)] = true
			}
		}
	}
	for _, source := range c.sources {
		if d := c.posts.byID[source.id]; d != nil {
			for _, other := range source.other {
				if m.posts[addressOf(other)] == nil {
					m.posts[addressOf(other)] = d
				}
			}
			m.anchors[d] = map[string]bool{}
			for _, s := range d.Sections {
				m.anchors[d][s.Anchor] = true
			}
			for _, p := range source.places {
				m.anchors[d][norm.NFC.String(p)] = true
			}
		}
	}
	return m
}

// addressOf returns the path of a URL by which equal pages are known: decoded, in NFC, without what servers add.
func addressOf(u string) string {
	if decoded, err := url.PathUnescape(u); err == nil {
		u = decoded
	}
	u = norm.NFC.String(u)
	u = strings.TrimSuffix(strings.TrimSuffix(u, "index.html"), ".html")
	return "/" + strings.Trim(u, "/")
}

// follow says why a link on a page leads nowhere, or nothing.
func (m *siteMap) follow(d *search.Document, places []string, target string) string {
	u, err := url.Parse(target)
	if err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(target, "//") {
		return ""
	}
	if u.Path == "" {
		return m.place(d, u.Fragment)
	}
	for _, candidate := range candidates(d, u.Path) {
		if post := m.posts[addressOf(candidate)]; post != nil {
			return m.place(post, u.Fragment)
		}
		if m.files[norm.NFC.String(candidate)] {
			return ""
		}
	}
	address := addressOf(candidates(d, u.Path)[0])
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

// candidates returns the paths that a link on a page may mean: from the page, and from its source.
func candidates(d *search.Document, target string) []string {
	if strings.HasPrefix(target, "/") {
		return []string{path.Clean(target)}
	}
	own, err := url.PathUnescape(d.URL)
	if err != nil {
		own = d.URL
	}
	if !strings.HasSuffix(own, "/") {
		own = path.Dir(own)
	}
	source := "/" + path.Join(path.Dir(d.ID), target)
	return []string{path.Join("/", own, target), source, "/" + publishedFolder.ReplaceAllString(source[1:], ""), strings.TrimSuffix(source, ".md")}
}

// place says that no heading of a post has an id, or nothing. Ids of footnotes and the top are made by themselves.
func (m *siteMap) place(d *search.Document, fragment string) string {
	id := norm.NFC.String(fragment)
	if id == "" || id == "top" || strings.HasPrefix(id, "fn") || strings.HasPrefix(id, "footnote") ||
		strings.HasPrefix(id, ":~:") || m.anchors[d][id] {
		return ""
	}
	return "no heading of " + d.ID + " has this id; the link is left as it is"
}
