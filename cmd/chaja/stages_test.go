package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex"
	"chaja/search/generation"
	"chaja/search/lexicon"
	"chaja/search/service"
)

// stages are what TestCost counts: fixed work over the posts of the sample site. Each opens the dictionaries, which is what
// the first one costs.
var stages = []struct {
	name string
	work func(*analysis.Analyzer) error
}{
	{"open", func(*analysis.Analyzer) error { return nil }},
	{"markdown", func(*analysis.Analyzer) error { _, err := samplePosts(5); return err }},
	{"analysis", func(a *analysis.Analyzer) error {
		posts, err := samplePosts(1)
		for range 3 {
			for _, p := range posts {
				a.Occurrences([]string{p.Body})
			}
		}
		return err
	}},
	{"lexicon", func(a *analysis.Analyzer) error {
		posts, err := samplePosts(1)
		b := lexicon.NewBuilder(a)
		for i := range posts {
			b.Replace(nil, &posts[i])
		}
		b.Build(nil)
		return err
	}},
	{"index", func(a *analysis.Analyzer) error {
		dir, err := indexSample(a)
		_ = os.RemoveAll(dir)
		return err
	}},
	{"search", searchSample},
}

// runStage does the work of a stage and prints how many objects were allocated.
func runStage(name string) error {
	analyzer, err := new(dictionary).analyzer()
	if err != nil {
		return err
	}
	for _, s := range stages {
		if s.name == name {
			err = s.work(analyzer)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("allocations %d\n", m.Mallocs)
	return err
}

// samplePosts reads the posts of the sample site so many times, with other IDs each time.
func samplePosts(times int) (posts []search.Document, err error) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "data", "posts", "*.md"))
	if err != nil {
		return nil, err
	}
	for i := range times {
		for _, path := range paths {
			source, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			post, _ := indexer.Parse(fmt.Sprintf("%d/%s", i, filepath.Base(path)), source)
			posts = append(posts, post)
		}
	}
	if len(posts) == 0 {
		return nil, fmt.Errorf("no posts in the sample site")
	}
	return posts, nil
}

// indexSample makes an index of the sample site.
func indexSample(a *analysis.Analyzer) (dir string, err error) {
	if dir, err = os.MkdirTemp("", "chaja-cost-"); err != nil {
		return "", err
	}
	posts, err := samplePosts(1)
	if err != nil {
		return dir, err
	}
	update, err := generation.Begin(dir, bleveindex.NewEngine(a), true)
	if err != nil {
		return dir, err
	}
	if err := update.Apply(context.Background(), search.Batch{Put: posts}); err != nil {
		return dir, err
	}
	if err := update.Commit(context.Background()); err != nil {
		return dir, err
	}
	return dir, update.Close()
}

// searchSample searches for the titles of the sample site, whole and without their last letter, with excerpts.
func searchSample(a *analysis.Analyzer) error {
	dir, err := indexSample(a)
	defer os.RemoveAll(dir)
	if err != nil {
		return err
	}
	g, err := generation.Open(dir, bleveindex.NewEngine(a))
	if err != nil {
		return err
	}
	defer g.Close()
	s := service.New(g, a)
	posts, err := samplePosts(1)
	if err != nil {
		return err
	}
	for _, p := range posts {
		title := []rune(p.Title)
		for _, q := range []string{p.Title, string(title[:max(1, len(title)-1)])} {
			if _, err := s.Search(context.Background(), search.Request{Query: q, PerPage: search.DefaultPerPage}); err != nil {
				return err
			}
		}
	}
	return nil
}
