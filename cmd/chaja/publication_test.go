package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestPublicationBeside: settings that are programs take what they say from other files; Next.js has no settings of its own for it.
func TestPublicationBeside(t *testing.T) {
	const metadata = "module.exports = { title: `k`, siteUrl: `https://kim.dev` };"
	for name, files := range map[string]map[string]string{
		"gatsby":           {"gatsby-config.js": "const { title, siteUrl } = require('./blog-config')\nmodule.exports = { siteMetadata: { title, siteUrl }, plugins: [] }", "blog-config.js": metadata},
		"gatsby, a module": {"gatsby-config.mjs": "import { title } from './meta/data.mjs';\nexport default { siteMetadata: { title } };", "meta/data.mjs": metadata},
		"next":             {"data/siteMetadata.js": "const siteMetadata = { title: 'k', siteUrl: 'https://kim.dev' }\nmodule.exports = siteMetadata"},
		"pelican":          {"pelicanconf.py": "SITENAME = 'k'\nSITEURL = ''\n", "publishconf.py": "SITEURL = 'https://kim.dev'\n"},
	} {
		t.Run(name, func(t *testing.T) {
			site := t.TempDir()
			for file, text := range files {
				path := filepath.Join(site, filepath.FromSlash(file))
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got := readPublication(site); got.url == nil || got.url.String() != "https://kim.dev/" || got.name != "k" {
				t.Errorf("got %v, %q", got.url, got.name)
			}
		})
	}
}

// TestPublication: where a blog is, its name and its logo, from the settings of each generator.
func TestPublication(t *testing.T) {
	tests := []struct {
		name, file, text      string
		url, called, logo, by string
	}{
		{"jekyll", "_config.yml", "title: 나무의 글\nurl: https://blog.kim.kr\nbaseurl: /notes\nlogo: /a.png\n", "https://blog.kim.kr/notes/", "나무의 글", "/a.png", "_config.yml"},
		{"hexo", "_config.yml", "title: b\nurl: https://kim.github.io/blog\nroot: /blog/\n", "https://kim.github.io/blog/", "b", "", "_config.yml"},
		{"hexo as it begins", "_config.yml", "title: Hexo\nurl: http://example.com\n", "", "Hexo", "", ""},
		{"hugo, TOML", "hugo.toml", "baseURL = 'https://kim.kr/'\ntitle = 'k'\n[params]\nlogo = 'logo.svg'\n", "https://kim.kr/", "k", "logo.svg", "hugo.toml"},
		{"hugo, YAML", "config/_default/hugo.yaml", "baseURL: https://kim.kr/sub\n", "https://kim.kr/sub/", "", "", "config/_default/hugo.yaml"},
		{"hugo, JSON", "config.json", `{"baseURL": "https://kim.kr", "title": "k"}`, "https://kim.kr/", "k", "", "config.json"},
		{"gatsby", "gatsby-config.js", "module.exports = {\n  siteMetadata: {\n    title: `k`,\n    siteUrl: \"https://kim.dev\",\n  },\n  plugins: [{ title: 'x' }],\n}", "https://kim.dev/", "k", "", "gatsby-config.js"},
		{"jekyll, twice the same key, a name", "_config.yml", "name: b\nurl: https://kim.kr\nkramdown: {a: 1}\nkramdown: {b: 2}\n", "https://kim.kr/", "b", "", "_config.yml"},
		{"astro", "astro.config.mjs", "export default defineConfig({ site: 'https://kim.dev', base: '/notes', integrations: [sitemap()] });", "https://kim.dev/notes/", "", "", "astro.config.mjs"},
		{"vitepress", ".vitepress/config.mts", "export default { title: 'k', base: '/b/', sitemap: { hostname: 'https://kim.dev' }, themeConfig: { logo: '/l.svg' } }", "https://kim.dev/b/", "k", "/l.svg", ".vitepress/config.mts"},
		{"docusaurus", "docusaurus.config.js", "const config = { title: 'k', url: 'https://kim.dev', baseUrl: '/' };\nmodule.exports = config;", "https://kim.dev/", "k", "", "docusaurus.config.js"},
		{"mkdocs", "mkdocs.yml", "site_name: k\nsite_url: https://kim.dev/docs/\n", "https://kim.dev/docs/", "k", "", "mkdocs.yml"},
		{"pelican", "pelicanconf.py", "SITENAME = 'k'\nSITEURL = 'https://kim.dev'\n", "https://kim.dev/", "k", "", "pelicanconf.py"},
		{"zola", "zola.toml", "base_url = 'https://kim.dev'\ntitle = 'k'\n", "https://kim.dev/", "k", "", "zola.toml"},
		{"no address", "_config.yml", "url: kim.kr\nbaseurl: /a\n", "", "", "", ""},
		{"a script for an address", "hugo.toml", "baseURL = 'javascript:alert(1)'\n", "", "", "", ""},
		{"this machine", "hugo.toml", "baseURL = 'http://localhost:1313/'\n", "", "", "", ""},
		{"broken", "_config.yml", "url: [\n", "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site := t.TempDir()
			path := filepath.Join(site, filepath.FromSlash(tt.file))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(tt.text), 0o644); err != nil {
				t.Fatal(err)
			}
			got := readPublication(site)
			url := ""
			if got.url != nil {
				url = got.url.String()
			}
			if url != tt.url || got.name != tt.called || got.logo != tt.logo || got.from != tt.by {
				t.Errorf("%q, %q, %q by %q; want %q, %q, %q by %q", url, got.name, got.logo, got.from, tt.url, tt.called, tt.logo, tt.by)
			}
		})
	}
}
