package main

import (
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/bleveindex"
	"chaja/search/generation"
)

// realSite returns a folder of real posts, or skips the test where it is absent, and in a short run.
func realSite(t *testing.T, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("real posts take a while; run without -short")
	}
	root := os.Getenv("CHAJA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	dir := filepath.Join(root, "posts", name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("real posts are not here: set CHAJA_SHARED to the folder that holds posts/%s", name)
	}
	return dir
}

// indexReal indexes a real site, which may be read-only, and checks that no post is lost: each is indexed or reported.
func indexReal(t *testing.T, site string) (indexer.Report, map[string]search.Document, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	report := decoded[indexer.Report](t, "index", "--site", site, "--index", dir, "--json")
	documents := documents(t, dir)
	if report.Added+report.Failed+len(report.Hidden) != report.Found || len(documents) != report.Added {
		t.Errorf("%d posts found, %d added, %d hidden, %d failed, %d in the index", report.Found, report.Added, len(report.Hidden),
			report.Failed, len(documents))
	}
	if reported := len(report.Problems); report.Failed > reported {
		t.Errorf("%d posts failed, %d problems reported", report.Failed, reported)
	}
	for id, d := range documents {
		if d.Title == "" {
			t.Errorf("%s has no title", id)
		}
	}
	t.Logf("%d posts, %d problems", report.Found, len(report.Problems))
	return report, documents, dir
}

// documents returns all documents of an index by ID.
func documents(t *testing.T, dir string) map[string]search.Document {
	t.Helper()
	analyzer, err := (&dictionary{}).analyzer()
	must(t, err)
	live := generation.NewManager(dir, bleveindex.NewEngine(analyzer), slog.New(slog.DiscardHandler))
	defer live.Close()
	snapshot, _, err := live.Acquire(t.Context())
	must(t, err)
	defer snapshot.Close()
	found, err := search.Ask(t.Context(), snapshot, search.Query{Size: 10000, Sort: search.Newest})
	must(t, err)
	all := map[string]search.Document{}
	for _, hit := range found.Hits {
		all[hit.Document.ID] = hit.Document
	}
	return all
}

// TestRealOwnerNext: front matter that other programs cannot read keeps its title and tags.
func TestRealOwnerNext(t *testing.T) {
	site := realSite(t, "owner-next")
	report, documents, _ := indexReal(t, site)
	posts := 0
	for id := range documents {
		if strings.HasPrefix(id, "content/posts/") {
			posts++
		}
	}
	if posts != 871 {
		t.Errorf("%d posts of content/posts, want 871", posts)
	}
	if len(report.Problems) != 41 {
		t.Errorf("%d problems, want 41: 37 posts closed by --->, 2 that begin with an empty line, 2 with hidden characters", len(report.Problems))
	}
	title := regexp.MustCompile(`(?m)^title *: *["']?(.*?)["']? *$`)
	tags := regexp.MustCompile(`(?m)^tags *: *\[(.*)\] *$`)
	for _, p := range report.Problems {
		source, err := os.ReadFile(filepath.Join(site, p.Path))
		must(t, err)
		d, ok := documents[p.Path]
		if m := title.FindSubmatch(source); !ok || m == nil || string(m[1]) != d.Title {
			t.Errorf("%s: title %q, source %q", p.Path, d.Title, m)
		}
		if m := tags.FindSubmatch(source); m != nil && len(strings.TrimSpace(string(m[1]))) > 0 && len(d.Tags) == 0 {
			t.Errorf("%s: no tags, source %q", p.Path, m[1])
		}
	}
}

func TestRealOwnerHexo(t *testing.T) {
	const (
		day     = "source/_posts/2019-08-29-if_kakao_2019_day1.md"
		section = "초당옥수수의 취소를 막아라!"
	)
	site := realSite(t, "owner-hexo")
	_, _, dir := indexReal(t, site)
	for _, query := range []string{
		"초당옥수수 취소", "오징어슬라이스", "elasticloadbalancing 응답지연", "데이터 레이크 airflow", "카카오뱅크 검색서비스", "tag:ifkakao 성장",
	} {
		t.Run(query, func(t *testing.T) {
			found := decoded[search.Result](t, "search", "--index", dir, "--json", query).Hits
			if i := slices.IndexFunc(found, func(h search.Hit) bool { return h.ID == day }); i != 0 {
				t.Errorf("found at place %d of %d, want the first", i+1, len(found))
			}
		})
	}
	hit := decoded[search.Result](t, "search", "--index", dir, "--json", "초당옥수수 취소").Hits[0]
	if len(hit.Sections) == 0 || !strings.HasPrefix(hit.Sections[0].Heading, section) {
		t.Errorf("sections %v, want %q first", hit.Sections, section)
	}
}

// largeReal is the bytes of text from which on a site of TestRealSites takes a minute.
const largeReal = 5 << 20

// TestRealSites indexes what many generators and hands have made; large ones with CHAJA_FULL=1, as indexer reads them anyway.
func TestRealSites(t *testing.T) {
	root := realSite(t, "")
	folders, err := os.ReadDir(root)
	must(t, err)
	for _, f := range folders {
		if !f.IsDir() || f.Name() == "owner-next" || f.Name() == "owner-hexo" {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			site := filepath.Join(root, f.Name())
			if os.Getenv("CHAJA_FULL") == "" && textOf(t, site) > largeReal {
				t.Skip("a large site: set CHAJA_FULL=1")
			}
			_, documents, _ := indexReal(t, site)
			if len(documents) == 0 {
				t.Error("no post indexed")
			}
		})
	}
}

// textOf returns the bytes of the Markdown in a folder.
func textOf(t *testing.T, dir string) (size int64) {
	must(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			info, err := entry.Info()
			if err != nil {
				return err
			}
			size += info.Size()
		}
		return err
	}))
	return size
}
