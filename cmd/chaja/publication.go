package main

import (
	"cmp"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"

	"chaja/indexer/decode"
	"chaja/internal/smallfile"
)

// maxSiteSettings bounds the settings of a site, in bytes.
const maxSiteSettings = 1 << 20

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

// siteSettings is a file in which a generator keeps what it knows of a site.
type siteSettings struct {
	name string
	read func(text []byte) map[string]string
}

// settingsOf are these files, the more special ones first.
func settingsOf() (all []siteSettings) {
	for _, name := range []string{"hugo", "config/_default/hugo", "_config", "config", "config/_default/config"} {
		all = append(all, siteSettings{name + ".toml", tomlSettings}, siteSettings{name + ".yaml", yamlSettings},
			siteSettings{name + ".yml", yamlSettings}, siteSettings{name + ".json", jsonSettings})
	}
	for _, ending := range []string{".js", ".mjs", ".ts"} {
		all = append(all, siteSettings{"gatsby-config" + ending, scriptSettings})
	}
	return all
}

// readPublication reads the settings of a site: url of Jekyll and Hexo, baseURL of Hugo, siteUrl in the siteMetadata of Gatsby, and
// beside them title and logo. Whatever cannot be read counts as not said: the indexer tells of broken settings.
func readPublication(site string) (p publication) {
	for _, file := range settingsOf() {
		text, err := smallfile.Read(filepath.Join(site, filepath.FromSlash(file.name)), maxSiteSettings)
		if err != nil {
			continue
		}
		said := file.read(text)
		if u := publishedAt(said); u != nil && p.url == nil {
			p.url, p.from = u, file.name
		}
		p.name, p.logo = cmp.Or(p.name, said["title"]), cmp.Or(p.logo, said["logo"], said["params.logo"])
	}
	return p
}

// publishedAt returns the address that settings name. The names of RFC 2606, with which generators fill new settings, and
// those of this machine are no addresses of a blog.
func publishedAt(said map[string]string) *url.URL {
	address := cmp.Or(said["baseurl:"], said["siteurl"], said["url"])
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	if host == "localhost" || regexp.MustCompile(`^(example|yoursite|mysite)\.(com|org|net)$|\.(example|invalid|test|localhost)$`).MatchString(host) {
		return nil
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return u
}

// flatten keeps texts, those of params too. baseURL of Hugo, which is a whole address, is kept apart from the baseurl of Jekyll,
// which is a path.
func flatten(said map[string]any) map[string]string {
	flat := map[string]string{}
	for key, value := range said {
		switch v := value.(type) {
		case string:
			key = strings.ToLower(key)
			if key == "baseurl" && strings.Contains(v, "://") {
				key = "baseurl:"
			}
			flat[key] = v
		case map[string]any:
			for inner, value := range v {
				if text, ok := value.(string); ok {
					flat[strings.ToLower(key+"."+inner)] = text
				}
			}
		}
	}
	return flat
}

func yamlSettings(text []byte) map[string]string {
	root, err := decode.YAML(text)
	said := map[string]any{}
	if err != nil || root == nil || root.Decode(&said) != nil {
		return nil
	}
	return flatten(said)
}

func tomlSettings(text []byte) map[string]string {
	said, err := decode.TOML(string(text))
	if err != nil {
		return nil
	}
	return flatten(said)
}

func jsonSettings(text []byte) map[string]string {
	said := map[string]any{}
	if _, err := decode.JSON(string(text), &said); err != nil {
		return nil
	}
	return flatten(said)
}

// scriptSettings reads the texts of siteMetadata in a script, without running it.
func scriptSettings(text []byte) map[string]string {
	_, metadata, found := strings.Cut(string(text), "siteMetadata")
	if !found {
		return nil
	}
	metadata, _, _ = strings.Cut(metadata, "plugins")
	said := map[string]string{}
	for _, pair := range regexp.MustCompile("(?m)[{,\\s](siteUrl|title|logo)\\s*:\\s*[\"'`]([^\"'`$]*)[\"'`]").FindAllStringSubmatch(metadata, -1) {
		key := strings.ToLower(pair[1])
		said[key] = cmp.Or(said[key], pair[2])
	}
	return said
}
