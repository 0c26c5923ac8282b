package main

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"

	"chaja/indexer/site"
)

// publication is what is known of the published site.
type publication struct {
	url        *url.URL // nil when it is not known
	name, logo string
	from       string // who says where it is: a flag or a file
}

// publication returns what the flags say and, for what they leave open, the settings of the site.
func (o *serveOptions) publication() publication {
	p := readPublication(o.site)
	if o.published.URL != nil {
		p.url, p.from = o.published.URL, "--site-url"
	}
	p.name, p.logo = cmp.Or(o.siteName, p.name), cmp.Or(o.siteLogo, p.logo)
	return p
}

// readPublication reads the settings of the site. The names of RFC 2606, with which generators fill new settings, and
// those of this machine are no addresses of a blog.
func readPublication(dir string) publication {
	said := site.ReadPublished(dir)
	p := publication{name: said.Name, logo: said.Logo}
	u, err := url.Parse(said.Address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return p
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	if host == "localhost" || notOfBlogs.MatchString(host) {
		return p
	}
	if base := strings.Trim(said.Base, "/"); strings.Trim(u.Path, "/") == "" && base != "" {
		u = u.JoinPath(base)
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	p.url, p.from = u, said.From
	return p
}

var notOfBlogs = regexp.MustCompile(`^(example|yoursite|mysite)\.(com|org|net)$|\.(example|invalid|test|localhost)$`)
