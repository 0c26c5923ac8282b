package site

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// scopeOf returns the scope of a site that has these files.
func scopeOf(t *testing.T, names ...string) Scope {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range names {
		files[name] = &fstest.MapFile{Data: []byte("text")}
	}
	s, err := New("site", files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Scope("chaja-pairs.txt")
}

// TestScope: what matters is what the rules of each generator take for a post or look at, and nothing that lies beside.
func TestScope(t *testing.T) {
	rest := []string{"node_modules/a/README.md", ".git/HEAD", ".chaja/CURRENT", "public/a/index.html", "_site/a.html"}
	for _, test := range []struct {
		name                   string
		files, folders         []string
		matter, matterNot, new []string
	}{
		{
			"plain", []string{"a.md", "2024/b.md"},
			[]string{".", "2024"},
			[]string{"a.md", "new.md", "2024/gone.markdown", "2024", "_config.yml", "chaja-pairs.txt", "hugo.toml", "_posts"},
			[]string{"a.txt", ".a.md.swp", "4913", "node_modules/x.md", ".git/x.md", "a.md~", "2024/chaja-pairs.txt", ".chaja/CURRENT"},
			[]string{"2025", "2025/01"},
		},
		{
			"hexo", []string{"_config.yml", "package.json", "source/_posts/a.md", "themes/x/a.md", "db.json"},
			[]string{".", "source", "source/_posts"},
			[]string{"source/_posts/b.md", "_config.yml", "package.json"},
			[]string{"themes/x/b.md", "db.json", "public/2024/b.md", "source/_posts/b.png"},
			[]string{"source/_posts/a"},
		},
		{
			"hugo", []string{"hugo.toml", "content/posts/a.md", "archetypes/default.md", "themes/x/README.md", "static/a.md"},
			[]string{".", "content", "content/posts"},
			[]string{"content/posts/b.md", "hugo.toml", "content/posts"},
			[]string{"static/b.md", "themes/x/b.md", "public/b.md", "resources/x", "archetypes/b.md"},
			[]string{"content/new"},
		},
		{
			"jekyll", []string{"_config.yml", "_posts/2024-01-01-a.md", "assets/a.png"},
			[]string{".", "_posts", "assets", "public", "public/a"}, // Jekyll publishes what lies in public
			[]string{"_posts/2024-01-02-b.md", "_config.yml", "about.md"},
			[]string{"_site/a.md", "assets/b.png", "vendor/bundle/x.md"},
			[]string{"_drafts2"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			scope := scopeOf(t, append(test.files, rest...)...)
			if diff := cmp.Diff(test.folders, scope.Folders); diff != "" {
				t.Errorf("folders (-want +got):\n%s", diff)
			}
			for _, name := range test.matter {
				if !scope.Matters(name) {
					t.Errorf("%s does not matter", name)
				}
			}
			for _, name := range test.matterNot {
				if scope.Matters(name) {
					t.Errorf("%s matters", name)
				}
			}
			for _, name := range test.new {
				if !scope.MattersAsFolder(name) {
					t.Errorf("the new folder %s does not matter", name)
				}
			}
		})
	}
}

// TestScopeState: the state tells apart what a poll must see, and nothing else.
func TestScopeState(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	state := func() uint64 {
		t.Helper()
		s, err := Open(dir, Options{})
		must(err)
		defer s.Close()
		return s.Scope("chaja-pairs.txt").State
	}
	write("a.md", "text")
	last := state()
	for _, step := range []struct {
		name    string
		changes bool
		do      func()
	}{
		{"nothing", false, func() {}},
		{"a post", true, func() { write("posts/b.md", "text") }},
		{"a longer post", true, func() { write("posts/b.md", "longer text") }},
		{"a post of the same length", true, func() {
			write("posts/b.md", "other  text")
			must(os.Chtimes(filepath.Join(dir, "posts/b.md"), time.Time{}, time.Unix(1e9, 0)))
		}},
		{"a picture", false, func() { write("posts/b.png", "text") }},
		{"a file of git", false, func() { write(".git/HEAD", "text") }},
		{"a package", false, func() { write("node_modules/x/README.md", "text") }},
		{"words of the site", true, func() { write("chaja-pairs.txt", "a = b") }},
		{"a configuration", true, func() { write("_config.yml", "title: x") }},
		{"another name", true, func() { must(os.Rename(filepath.Join(dir, "a.md"), filepath.Join(dir, "c.md"))) }},
		{"a folder goes", true, func() { must(os.RemoveAll(filepath.Join(dir, "posts"))) }},
	} {
		step.do()
		now := state()
		if (now != last) != step.changes {
			t.Errorf("%s: the state changes: %v", step.name, now != last)
		}
		last = now
	}
}
