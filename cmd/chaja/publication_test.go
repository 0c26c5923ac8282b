package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestPublication: where a blog is, its name and its logo, from the settings of each generator.
func TestPublication(t *testing.T) {
	tests := []struct {
		name, file, text      string
		url, called, logo, by string
	}{
		{"jekyll", "_config.yml", "title: 나무의 글\nurl: https://blog.kim.kr\nbaseurl: /notes\nlogo: /a.png\n", "https://blog.kim.kr/", "나무의 글", "/a.png", "_config.yml"},
		{"hexo", "_config.yml", "title: b\nurl: https://kim.github.io/blog\nroot: /blog/\n", "https://kim.github.io/blog/", "b", "", "_config.yml"},
		{"hexo as it begins", "_config.yml", "title: Hexo\nurl: http://example.com\n", "", "Hexo", "", ""},
		{"hugo, TOML", "hugo.toml", "baseURL = 'https://kim.kr/'\ntitle = 'k'\n[params]\nlogo = 'logo.svg'\n", "https://kim.kr/", "k", "logo.svg", "hugo.toml"},
		{"hugo, YAML", "config/_default/hugo.yaml", "baseURL: https://kim.kr/sub\n", "https://kim.kr/sub/", "", "", "config/_default/hugo.yaml"},
		{"hugo, JSON", "config.json", `{"baseURL": "https://kim.kr", "title": "k"}`, "https://kim.kr/", "k", "", "config.json"},
		{"gatsby", "gatsby-config.js", "module.exports = {\n  siteMetadata: {\n    title: `k`,\n    siteUrl: \"https://kim.dev\",\n  },\n  plugins: [{ title: 'x' }],\n}", "https://kim.dev/", "k", "", "gatsby-config.js"},
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
