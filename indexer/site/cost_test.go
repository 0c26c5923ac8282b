package site

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"chaja/indexer/frontmatter"
)

// countingFS counts how often each folder is read.
type countingFS struct {
	files fstest.MapFS
	reads map[string]int
}

func (c countingFS) Open(name string) (fs.File, error)     { return c.files.Open(name) }
func (c countingFS) Stat(name string) (fs.FileInfo, error) { return c.files.Stat(name) }

func (c countingFS) ReadDir(name string) ([]fs.DirEntry, error) {
	c.reads[name]++
	return c.files.ReadDir(name)
}

// TestListingReadsFoldersOnce: however many files lie in a folder, listing reads it a fixed number of times.
func TestListingReadsFoldersOnce(t *testing.T) {
	reads := func(posts int) int {
		files := fstest.MapFS{"hugo.toml": {Data: []byte("[permalinks]\nposts = '/:sections/:slug/'\n")}, "content/posts/sub/_index.md": {}}
		for i := range posts {
			files[fmt.Sprintf("content/posts/sub/%d.md", i)] = &fstest.MapFile{}
		}
		site := countingFS{files, map[string]int{}}
		r, err := rulesOf(site, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list(site, r).Posts {
			r.Page(p, nil, frontmatter.Matter{})
		}
		return site.reads["content/posts/sub"]
	}
	if few, many := reads(3), reads(300); few != many || many > 2 {
		t.Errorf("a folder of 3 posts is read %d times, one of 300 %d times", few, many)
	}
}

// TestPatternsAreCompiledOnce: a file costs no more than a look at each pattern. To compile an expression takes dozens of
// allocations.
func TestPatternsAreCompiledOnce(t *testing.T) {
	for _, tt := range []struct{ generator, config, name string }{
		{"jekyll", "exclude: ['a*b', 'c*d', 'e?f', 'g*h']\n", "_posts/2019-08-29-a.md"},
		{"jekyll", "defaults:\n- scope: {path: '_posts/**/x*'}\n  values: {permalink: /a}\n", "_posts/2019-08-29-a.md"},
		{"hexo", "skip_render: ['a/**/*', 'b/*.md', '**/c?']\n", "source/_posts/a.md"},
	} {
		t.Run(tt.generator, func(t *testing.T) {
			cost := func(config string) float64 {
				r, err := rulesOf(fstest.MapFS{"_config.yml": {Data: []byte(config)}}, Options{Generator: tt.generator})
				if err != nil {
					t.Fatal(err)
				}
				return testing.AllocsPerRun(10, func() {
					r.takes(tt.name)
					r.Page(Post{tt.name, tt.name}, nil, frontmatter.Matter{})
				})
			}
			if without, with := cost(""), cost(tt.config); with > without+20 {
				t.Errorf("%.0f allocations without patterns, %.0f with them", without, with)
			}
		})
	}
}
