package eval_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/analysis/korean"
	"chaja/search/bleveindex"
	"chaja/search/eval"
	"chaja/search/generation"
	"chaja/search/lexicon/pairs"
	"chaja/search/service"
)

var update = flag.Bool("update", false, "write the golden files of data/eval anew")

// sampleSite is the folder of the posts that the cases of its folder eval expect.
const sampleSite = "../../data"

// TestGolden compares how the sample site answers the cases of data/eval with the golden files beside them. A change
// of ranking shows as a change of these files, to be judged line by line:
//
//	go test ./search/eval -run Golden -update
func TestGolden(t *testing.T) {
	service := openSite(t, newAnalyzer(t), sampleSite)
	for _, name := range []string{"ko", "en", "mixed"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(sampleSite, "eval", name)
			cases, err := eval.ReadCases(path + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			report, err := eval.Judge(t.Context(), service, cases)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(report.Summary())
			compareWithGolden(t, path+".golden", report.String())
		})
	}
}

// TestCasesMeetPosts finds cases that nothing could pass: their post or section is not there, or not under that name.
func TestCasesMeetPosts(t *testing.T) {
	for _, name := range []string{"ko", "en", "mixed"} {
		cases, err := eval.ReadCases(filepath.Join(sampleSite, "eval", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			doc := parsed(t, c.Post)
			named := func(s search.Section) bool { return s.Heading == c.Section }
			if c.Section != "" && !slices.ContainsFunc(doc.Sections, named) {
				t.Errorf("%s:%d: %s has no heading %q", c.Path, c.Line, c.Post, c.Section)
			}
		}
	}
}

// parsed is a post of the sample site.
func parsed(t *testing.T, post string) search.Document {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(sampleSite, filepath.FromSlash(post)))
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := indexer.Parse(post, source)
	return doc
}

func newAnalyzer(t *testing.T) *analysis.Analyzer {
	t.Helper()
	ko, err := korean.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	return analysis.New(ko)
}

// openSite indexes a site as chaja index does.
func openSite(t *testing.T, analyzer *analysis.Analyzer, site string) *service.Service {
	t.Helper()
	dir := t.TempDir()
	if err := indexSite(t.Context(), site, dir, analyzer); err != nil {
		t.Fatal(err)
	}
	return openIndex(t, analyzer, dir)
}

// openIndex serves the index in a folder.
func openIndex(t *testing.T, analyzer *analysis.Analyzer, dir string) *service.Service {
	t.Helper()
	index, err := generation.Open(dir, bleveindex.NewEngine(analyzer))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	})
	return service.New(index, analyzer)
}

// indexSite commits an index of a site in dir: only then are its words and pairs known.
func indexSite(ctx context.Context, site, dir string, analyzer *analysis.Analyzer) (err error) {
	update, err := generation.Begin(dir, bleveindex.NewEngine(analyzer), true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, update.Close()) }()
	if update.Pairs, err = readPairs(filepath.Join(site, "chaja-pairs.txt")); err != nil {
		return err
	}
	if _, err := indexer.Run(ctx, indexer.Options{Site: site}, update); err != nil {
		return err
	}
	return update.Commit(ctx)
}

// readPairs reads what a site says about its words, if it does.
func readPairs(path string) (*pairs.File, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	read, mistakes := pairs.ReadFile(file, path)
	if len(mistakes) > 0 {
		return nil, fmt.Errorf("%s: %v", path, mistakes)
	}
	return read, nil
}

func compareWithGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); judge each line, then run with -update:\n%s", path, diff)
	}
}
