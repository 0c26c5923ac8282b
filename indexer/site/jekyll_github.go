package site

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"chaja/internal/lazyregexp"
)

// githubPages are the plugins that GitHub Pages switches on for every site that it builds itself.
type githubPages struct {
	headless bool // jekyll-optional-front-matter: Markdown without front matter is a page
	readme   bool // jekyll-readme-index: a README is the page of its folder, where no other is
}

// githubThemes are those that GitHub Pages has, https://pages.github.com/themes.
var githubThemes = lazyregexp.New(`^(?:jekyll-theme-(?:architect|cayman|dinky|hacker|leap-day|merlot|midnight|minimal|` +
	`modernist|primer|slate|tactile|time-machine)|minima)$`)

// githubPagesOf knows a site that GitHub builds by its Gemfile, or, where there is none, by a theme that only GitHub has at
// hand. Other sites may have the plugins too.
func githubPagesOf(site fs.FS, s settings) githubPages {
	gems, err := fs.ReadFile(site, "Gemfile")
	github := len(gems) <= maxConfig && regexp.MustCompile(`(?m)^\s*gem\s+["']github-pages["']`).Match(gems)
	if err != nil {
		github = s.text("remote_theme", "") != "" || githubThemes().MatchString(s.text("theme", ""))
	}
	plugins := append(s.list("plugins"), s.list("gems")...)
	has := func(plugin, key string) bool {
		return (github || slices.Contains(plugins, plugin)) && s.table(key).flag("enabled", true)
	}
	return githubPages{has("jekyll-optional-front-matter", "optional_front_matter"), has("jekyll-readme-index", "readme_index")}
}

// about reports whether a file without front matter is about the repository rather than part of the site.
func (j *jekyll) about(name string) bool {
	if !j.github.headless {
		return ignoredFile(name)
	}
	names := []string{"README", "LICENSE", "LICENCE", "COPYING", "CODE_OF_CONDUCT", "CONTRIBUTING", "ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE"}
	return slices.Contains(names, strings.ToUpper(stem(path.Base(name)))) && !j.included(name)
}

// readmeIndex reports whether a README becomes the page of its folder.
func (j *jekyll) readmeIndex(name string) bool {
	if !j.github.readme || !strings.EqualFold(stem(path.Base(name)), "readme") {
		return false
	}
	for _, ext := range []string{".html", ".md", ".markdown"} {
		if _, err := fs.Stat(j.site, path.Join(path.Dir(name), "index"+ext)); err == nil {
			return false
		}
	}
	return true
}
