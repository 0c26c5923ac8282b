package site

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"chaja/indexer/frontmatter"
	"chaja/indexer/internal/spec"
	"chaja/indexer/text"

	"github.com/google/go-cmp/cmp"
)

// TestURLs: each case is a generator, its configuration, and after each line of "== path" the content of a file.
func TestURLs(t *testing.T) {
	for _, file := range []string{"urls", "hidden"} {
		for _, c := range spec.Read(t, "testdata/"+file+".txt") {
			t.Run(file+"/"+c.Name, func(t *testing.T) {
				if diff := cmp.Diff(c.Want, placesIn(t, c.Input)); diff != "" {
					t.Errorf("URLs (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// placesIn writes what becomes of each file of a case, a line each.
func placesIn(t *testing.T, input string) string {
	parts := strings.Split(input, "\n== ")
	generator, config, _ := strings.Cut(parts[0], "\n")
	site := fstest.MapFS{}
	for _, g := range generators() {
		if g.name == generator && len(g.files) > 0 {
			site[g.files[0]] = &fstest.MapFile{Data: []byte(config)}
		}
	}
	for _, p := range parts[1:] {
		name, content, _ := strings.Cut(p, "\n")
		site[name] = &fstest.MapFile{Data: []byte(content)}
	}
	url, _ := strings.CutPrefix(config, "url: ")
	if generator != "plain" {
		url = ""
	}
	r, err := rulesOf(site, Options{Generator: generator, URL: url})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, p := range parts[1:] {
		name, content, _ := strings.Cut(p, "\n")
		if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".astro") || strings.HasSuffix(name, ".ts") || strings.HasPrefix(name, ".") && !isMarkdown(name) {
			continue // beside pages
		}
		if !r.takes(name) {
			lines = append(lines, "not taken")
			continue
		}
		m, _, _ := frontmatter.Read(text.Clean(content))
		page := r.Page(Post{name, name}, []byte(content), m)
		switch {
		case page.Elsewhere != "":
			lines = append(lines, page.Elsewhere)
		case page.Hidden != "":
			lines = append(lines, "hidden: "+page.Hidden)
		case page.Protected != "":
			lines = append(lines, page.URL+" ("+page.Protected+": "+page.Abstract+")")
		case page.Problem != "":
			lines = append(lines, page.URL+" ("+page.Problem+")")
		default:
			lines = append(lines, page.URL)
		}
	}
	return strings.Join(lines, "\n")
}

func TestDetection(t *testing.T) {
	for _, tt := range []struct {
		files, want string
	}{
		{"_config.yml _posts/a.md", "jekyll"},
		{"_config.yml=permalink:~pretty", "jekyll"},
		{"_config.yml=source_dir:~source", "hexo"},
		{"_config.yml source/_posts/a.md", "hexo"},
		{"_config.yml package.json={\"dependencies\":{\"hexo\":\"7\"}}", "hexo"},
		{"SUMMARY.md README.md package.json={\"devDependencies\":{\"honkit\":\"6\"}}", "honkit"},
		{"_posts/2019-01-01-a.md", "jekyll"},
		{"_posts/a.md next.config.js", "plain"},
		{"source/_posts/a.md", "hexo"},
		{"hugo.toml content/a.md", "hugo"},
		{"hugo.yaml", "hugo"},
		{"config.toml=baseURL=\"https://a.b/\"", "hugo"},
		{"config.toml content/a.md", "hugo"},
		{"config.toml=x=1 a.md", "plain"},
		{"config/_default/hugo.toml content/a.md", "hugo"},
		{"content/a.md archetypes/default.md", "hugo"},
		{"content/posts/2019-01-01-a.md next.config.mjs", "plain"},
		{"src/.vuepress/config.ts src/a.md", "vuepress"},
		{"wiki/.vitepress/config.mts wiki/a.md", "vitepress"},
		{"content/a.md", "plain"},
		{"posts/a.md", "plain"},
		{"", "plain"},
	} {
		t.Run(tt.files, func(t *testing.T) {
			site := fstest.MapFS{}
			for _, f := range strings.Fields(tt.files) {
				name, content, _ := strings.Cut(f, "=")
				site[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(content, "~", " "))}
			}
			r, err := rulesOf(site, Options{})
			if err != nil || r.Generator != tt.want {
				t.Errorf("%s, %v; want %s", r.Found, err, tt.want)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	for _, tt := range []struct {
		name    string
		options Options
		want    string
	}{
		{"unknown generator", Options{Generator: "drupal"}, `wrong option: unknown generator "drupal"; choose one of ` + strings.Join(Generators(), ", ")},
		{"unknown placeholder", Options{URL: "/{yyyy}/{slug}/"}, "wrong option: unknown {yyyy} in --url; choose of {YYYY} {MM} {DD} {slug} {dir} {path}"},
		{"a generator of URLs", Options{Generator: "hugo", URL: "/{slug}/"}, "wrong option: URLs of a Hugo site are its own; leave --url out, or add --generator plain"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Open(t.TempDir(), tt.options); !errors.Is(err, ErrOptions) || err.Error() != tt.want {
				t.Errorf("Open = %v, want %s", err, tt.want)
			}
		})
	}
}

// TestBadConfig: a configuration that cannot be read is said, and the site is read by the generator's defaults.
func TestBadConfig(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x]\n"
	for i := 'b'; i < 'z'; i++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", i, i, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1)
	}
	for _, tt := range []struct{ name, config, problem string }{
		{"broken", "a: [", "yaml"},
		{"too long", strings.Repeat("# x\n", maxConfig), "longer than 256 KiB"},
		{"alias bomb", bomb, ""},
		{"alias of itself", "a: &a [*a]", ""},
		{"no table", "- a", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir+"/_config.yml", tt.config)
			write(t, dir+"/_posts/2019-01-01-a.md", "가")
			start := time.Now()
			s, err := Open(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			l, err := s.Posts()
			if err != nil || len(l.Posts) != 1 {
				t.Errorf("posts %v, %v", l.Posts, err)
			}
			if said := len(l.Skipped) == 1 && strings.Contains(l.Skipped[0].Reason, tt.problem); said != (tt.problem != "") {
				t.Errorf("skipped %v, want %q", l.Skipped, tt.problem)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// TestHidingsAreDocumented: whoever wonders why a post is not found looks its field up in docs/generators.md.
func TestHidingsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/generators.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## What hides a page\n")
	section, _, _ = strings.Cut(section, "\n## ")
	named := map[string]bool{}
	for i, name := range strings.Split(section, "`") {
		if i%2 == 1 {
			named[folded(name)] = true
		}
	}
	for _, h := range hidings() {
		if !named[h.field] {
			t.Errorf("%s is not in the table", h.field)
		}
	}
}
