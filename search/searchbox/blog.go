package searchbox

import (
	"context"
	"net/url"
	"strings"

	"chaja/search"
)

// Blog is the site whose posts are found. The zero value says nothing of it.
type Blog struct {
	URL  *url.URL // where the posts are, and their URLs are relative to it; nil for the address of the pages
	Name string   // as readers know it
	Logo string   // address of a picture, relative to URL

	// Post returns the post with a URL, or search.ErrNoPost. With it, and without URL, the pages show posts by themselves, as
	// a preview.
	Post func(ctx context.Context, url string) (search.Document, error)
}

// address returns where a post is on the site, or on another one by http or https. It is empty for what is neither. A site below a path keeps it:
// /blog/ and /2021/a/ make /blog/2021/a/, as does /blog/2021/a/.
func (b Blog) address(path string) string {
	u, err := url.Parse(path)
	if isElsewhere(path) {
		return u.String()
	}
	if err != nil || u.Scheme != "" || strings.HasPrefix(path, "//") {
		return ""
	}
	if b.URL == nil {
		return u.String()
	}
	to := b.URL.ResolveReference(u)
	base := b.URL.Path[:strings.LastIndex(b.URL.Path, "/")+1] // the folder, with its slash
	if strings.HasPrefix(path, "/") && !strings.HasPrefix(to.Path, base) {
		to.Path, to.RawPath = strings.TrimSuffix(base, "/")+to.Path, ""
	}
	return to.String()
}

// isElsewhere reports whether the address of a post leads to another site.
func isElsewhere(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}

// home is the way back to the blog; "" when nothing is known of it.
func (b Blog) home() string {
	if b.URL == nil {
		return ""
	}
	return b.URL.String()
}

// logo is the address of the picture, and the origin that a page must allow for it.
func (b Blog) logo() (address, origin string) {
	u, err := url.Parse(b.Logo)
	if err != nil || b.Logo == "" {
		return "", ""
	}
	if b.URL != nil {
		u = b.URL.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", ""
	}
	return u.String(), u.Scheme + "://" + u.Host
}
