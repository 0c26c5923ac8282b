package indexer

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Built is what a generator made of a site: a folder of pages, or a sitemap, which names pages but not what is on them.
type Built struct {
	pages   fs.FS           // nil for a sitemap
	address map[string]bool // of a sitemap, see plainAddress
	base    string          // path that the folder is served at, without a slash at its end
}

// Bounds of what is read of a built site. The protocol of sitemaps has 50 MB and 50,000 addresses in one file.
const (
	maxSitemap   = 64 << 20
	maxSitemaps  = 1000
	maxBuiltPage = 32 << 20
)

// ErrBuilt says that there is no built site. The errors that wrap it say what to give.
var ErrBuilt = errors.New("no built site")

// OpenBuilt opens the folder that a generator wrote, or a sitemap.xml. Of a sitemap that names others, those beside it are
// read. Nothing is fetched.
func OpenBuilt(name string) (*Built, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w; give the folder that the generator writes, or its sitemap.xml", ErrBuilt, err)
	case info.IsDir():
		return &Built{pages: os.DirFS(name)}, nil
	}
	b := &Built{address: map[string]bool{}}
	read := map[string]bool{}
	for files := []string{name}; len(files) > 0 && len(read) < maxSitemaps; files = files[1:] {
		if read[files[0]] {
			continue
		}
		read[files[0]] = true
		more, err := b.readSitemap(files[0])
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrBuilt, files[0], err)
		}
		for _, address := range more {
			beside := filepath.Join(filepath.Dir(name), filepath.Base(path.Base(address)))
			if _, err := os.Stat(beside); err == nil {
				files = append(files, beside)
			}
		}
	}
	if len(b.address) == 0 {
		return nil, fmt.Errorf("%w: %s names no page", ErrBuilt, name)
	}
	return b, nil
}

// readSitemap adds the addresses of a sitemap, and returns those of the sitemaps that it names.
func (b *Built) readSitemap(name string) (sitemaps []string, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	decoder := xml.NewDecoder(io.LimitReader(file, maxSitemap))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return sitemaps, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "loc" {
			continue
		}
		var address string
		if err := decoder.DecodeElement(&address, &start); err != nil {
			return nil, err
		}
		if address = strings.TrimSpace(address); path.Ext(address) == ".xml" {
			sitemaps = append(sitemaps, address)
		} else if u, err := url.Parse(address); err == nil {
			b.address[plainAddress(u.Path)] = true
		}
	}
}

// plainAddress is the path of a page as it is compared: decoded, without what servers add. Letters stay in their Unicode form, as
// a server looks for the very bytes.
func plainAddress(decoded string) string {
	decoded = strings.TrimSuffix(strings.TrimSuffix(decoded, "index.html"), ".html")
	return "/" + strings.Trim(decoded, "/")
}

// compare reports what of the posts is not on the built site: pages, and ids of headings.
func (b *Built) compare(c *checker) {
	b.base = b.findBase(c.posts)
	for _, p := range c.posts {
		address, err := url.PathUnescape(p.url)
		if err != nil || p.elsewhere() || strings.Contains(p.url, "#") {
			continue // no page of its own
		}
		file, ok := b.page(address)
		if !ok {
			c.report(BuiltKind, p.id, 0, "no page is built at %s", p.url)
			continue
		}
		if b.pages == nil {
			continue
		}
		ids, err := b.ids(file)
		if err != nil {
			c.report(BuiltKind, p.id, 0, "%s: %v", file, err)
			continue
		}
		for _, anchor := range p.anchors {
			if !ids[anchor] {
				c.report(BuiltKind, p.id, 0, "%s has no id %q; links to that section lead to the top of the page", file, anchor)
			}
		}
	}
}

// page returns the file of a page, "" of a sitemap, and whether it is there.
func (b *Built) page(address string) (file string, ok bool) {
	if b.pages == nil {
		return "", b.address[plainAddress(address)]
	}
	name := strings.Trim(strings.TrimPrefix(address, b.base), "/")
	candidates := []string{path.Join(name, "index.html"), name + ".html", name}
	if strings.HasSuffix(address, "/") || name == "" {
		candidates = candidates[:1]
	}
	for _, candidate := range candidates {
		if info, err := fs.Stat(b.pages, candidate); err == nil && info.Mode().IsRegular() {
			return candidate, true
		}
	}
	return "", false
}

// findBase finds the path that a folder is served at. It stands in the addresses of the posts and not in the folder: the longest
// beginning under which most pages are there.
func (b *Built) findBase(posts []*checkedPost) string {
	own := slices.IndexFunc(posts, func(p *checkedPost) bool { return !p.elsewhere() })
	if b.pages == nil || own < 0 {
		return ""
	}
	const looked = 100
	first := strings.Split(strings.Trim(posts[own].url, "/"), "/")
	best, most := "", -1
	for n := range min(len(first)+1, 4) { // the page may be that of the base itself
		base := strings.TrimRight("/"+strings.Join(first[:n], "/"), "/")
		if decoded, err := url.PathUnescape(base); err == nil {
			base = decoded
		}
		found := 0
		b.base = base
		for _, p := range posts[:min(len(posts), looked)] {
			address, _ := url.PathUnescape(p.url)
			if _, ok := b.page(address); ok && strings.HasPrefix(address, base+"/") {
				found++
			}
		}
		if found > most {
			best, most = base, found
		}
	}
	return best
}

// ids returns the ids and names of the elements of a page.
func (b *Built) ids(file string) (map[string]bool, error) {
	page, err := b.pages.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	defer page.Close()
	ids := map[string]bool{}
	z := html.NewTokenizer(io.LimitReader(page, maxBuiltPage))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); err != io.EOF {
				return nil, fmt.Errorf("read page: %w", err)
			}
			return ids, nil
		case html.StartTagToken, html.SelfClosingTagToken:
			for more := true; more; {
				var key, value []byte
				key, value, more = z.TagAttr()
				if string(key) == "id" || string(key) == "name" {
					ids[string(value)] = true
				}
			}
		}
	}
}
