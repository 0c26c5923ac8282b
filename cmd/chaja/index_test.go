package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/indexer"
	"chaja/search/generation"
)

// counts are the numbers of a report.
type counts struct{ Found, Added, Updated, Unchanged, Failed, Deleted, Problems, Earlier int }

// index indexes a site and returns the numbers of the report.
func index(t *testing.T, site string, args ...string) counts {
	t.Helper()
	r := decoded[indexer.Report](t, append([]string{"index", "--site", site, "--json"}, args...)...)
	return counts{r.Found, r.Added, r.Updated, r.Unchanged, r.Failed, r.Deleted, len(r.Problems), r.Earlier}
}

func TestIndexOutput(t *testing.T) {
	site := sampleSite(t)
	first := chaja(t, "index", "--site", site)
	golden(t, "index", site, first.err+first.out)
	golden(t, "index-again", site, fine(t, "index", "--site", site))
	golden(t, "index-json", site, fine(t, "index", "--site", site, "--full", "--json"))
}

// TestIndexNamesTheRest: whoever misses a post sees why it is not indexed.
func TestIndexNamesTheRest(t *testing.T) {
	files := map[string]string{"a.md": "글", "README.md": "읽어 주세요", "x/b.rst": "글", "c.RST": "글", "d.ipynb": "{}"}
	for i := range 12 {
		files[fmt.Sprintf("draft%02d.md", i)] = "---\ndraft: true\n---\n글"
	}
	out := fine(t, "index", "--site", newSite(t, files))
	for _, want := range []string{
		"\nnot published, draft: true (12): draft00.md, draft01.md, ", "draft09.md and 2 more\n",
		"\ntaken for no posts: README.md\n", "\nnot read, as they are no Markdown: 1 .ipynb, 2 .rst\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// TestNothingHiddenIsFound: what a site keeps from its readers is not in the index, and is told with its reason.
func TestNothingHiddenIsFound(t *testing.T) {
	site := newSite(t, map[string]string{
		"_config.yml":            "encrypt:\n  tags: [{name: 일기, password: x}]\n",
		"source/_posts/open.md":  "---\ntitle: 열린 글\n---\n모두 읽습니다.\n",
		"source/_posts/own.md":   "---\ntitle: 잠긴 글\npassword: 1234\nabstract: 앞부분만 보입니다.\n---\n## 비밀 제목\n비밀 본문\n",
		"source/_posts/tag.md":   "---\ntags: [일기]\n---\n# 비밀 제목\n비밀 본문\n",
		"source/_posts/quiet.md": "---\ntitle: 조용한 글\nsearch: false\n---\n비밀 본문\n",
		"source/wip/note.md":     "비밀 본문\n",
	})
	for _, run := range []string{"first", "second"} {
		out := fine(t, "index", "--site", site, "--exclude", "source/wip")
		for _, want := range []string{
			"not published, exclude: source/wip (1): source/wip/note.md\n",
			"not published, search: false (1): source/_posts/quiet.md\n",
			"title and abstract alone, password (2): source/_posts/own.md, source/_posts/tag.md\n",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("%s run: no %q in\n%s", run, want, out)
			}
		}
	}
	if out := chaja(t, "search", "--site", site, "비밀").out; strings.Contains(out, "source/") || strings.Contains(out, "본문") {
		t.Errorf("a secret is found:\n%s", out)
	}
	for _, shown := range []string{"잠긴", "앞부분"} {
		if out := fine(t, "search", "--site", site, shown); !strings.Contains(out, "잠긴 글") {
			t.Errorf("%s is not found:\n%s", shown, out)
		}
	}
	out := fine(t, "check", "--site", site, "--exclude", "source/wip")
	for _, want := range []string{
		"not published (2)\nsource/_posts/quiet.md: search: false\nsource/wip/note.md: exclude: source/wip\n",
		"title and abstract alone (2)\nsource/_posts/own.md: password\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestExclude(t *testing.T) {
	site := newSite(t, map[string]string{
		"chaja.yaml": "exclude: [memo, \"*.tmp.md\", /deep/x/**]\n",
		"a.md":       "글", "a.tmp.md": "글", "deep/memo/b.md": "글", "deep/x/c.md": "글", "x/d.md": "글",
	})
	out := fine(t, "index", "--site", site)
	for _, want := range []string{
		"5 posts", "2 added", "3 not published", "exclude: *.tmp.md (1): a.tmp.md", "exclude: memo (1): deep/memo/b.md", "exclude: /deep/x/** (1): deep/x/c.md",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for _, glob := range []string{"", "/", "!a.md", "../x"} {
		if r := chaja(t, "index", "--site", site, "--exclude", glob); r.code != 2 || !strings.Contains(r.err, "--exclude") {
			t.Errorf("--exclude %q: code %d, %s", glob, r.code, r.err)
		}
	}
}

func TestIndexOnlyWhatChanged(t *testing.T) {
	site := sampleSite(t)
	post := func(name string) string { return filepath.Join(site, "posts", name) }
	step := func(name string, want counts, args ...string) {
		t.Helper()
		if diff := cmp.Diff(want, index(t, site, args...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	step("first run", counts{Found: 26, Added: 26, Problems: 2})
	step("nothing changed", counts{Found: 26, Unchanged: 26, Earlier: 2})

	write(t, post("2024-03-01-new.md"), "---\ntitle: 새 글\n---\n동네 도서관의 자원봉사 이야기")
	step("a post added", counts{Found: 27, Added: 1, Unchanged: 26, Earlier: 2})
	if got := ids(t, site, "자원봉사"); !slices.Contains(got, "posts/2024-03-01-new.md") {
		t.Errorf("the new post is not found: %q", got)
	}

	write(t, post("2024-03-01-new.md"), "---\ntitle: 고친 글\n---\n동네 빵집의 발효 이야기")
	step("a post edited", counts{Found: 27, Updated: 1, Unchanged: 26, Earlier: 2})
	if got := ids(t, site, "자원봉사"); slices.Contains(got, "posts/2024-03-01-new.md") {
		t.Errorf("the old text is still found: %q", got)
	}
	if got := ids(t, site, "발효"); !slices.Contains(got, "posts/2024-03-01-new.md") {
		t.Errorf("the new text is not found: %q", got)
	}

	if err := os.Remove(post("2024-03-01-new.md")); err != nil {
		t.Fatal(err)
	}
	step("a post deleted", counts{Found: 26, Unchanged: 26, Deleted: 1, Earlier: 2})
	if got := ids(t, site, "발효"); slices.Contains(got, "posts/2024-03-01-new.md") {
		t.Errorf("the deleted post is still found: %q", got)
	}
	step("--full", counts{Found: 26, Added: 26, Problems: 2}, "--full")
	step("one job", counts{Found: 26, Unchanged: 26, Earlier: 2}, "--jobs", "1")
}

// TestIndexTellsEarlierProblems: a second run does not look as if the posts had become well.
func TestIndexTellsEarlierProblems(t *testing.T) {
	site := sampleSite(t)
	index(t, site)
	if got := fine(t, "index", "--site", site); !strings.Contains(got, "0 problems, and 2 as before in unchanged posts") {
		t.Errorf("the second run says nothing of the problems of the first:\n%s", got)
	}
}

// TestIndexOfNoPosts: the index of a site whose last post is gone stays as it is, unless it is asked for.
func TestIndexOfNoPosts(t *testing.T) {
	site := t.TempDir()
	write(t, filepath.Join(site, "only.md"), "---\ntitle: 하나뿐인 글\n---\n도서관 이야기")
	index(t, site)
	must(t, os.Remove(filepath.Join(site, "only.md")))
	refused := chaja(t, "index", "--site", site)
	refused.failed(t, exitFailed, "the index keeps those it has")
	refused.failed(t, exitFailed, "--allow-missing")
	if got := ids(t, site, "도서관"); len(got) != 1 {
		t.Errorf("the index has %q, want the post that is gone", got)
	}
	if diff := cmp.Diff(counts{Deleted: 1}, index(t, site, "--allow-missing")); diff != "" {
		t.Errorf("--allow-missing (-want +got):\n%s", diff)
	}
	if got := ids(t, site, "도서관"); len(got) != 0 {
		t.Errorf("the empty index has %q", got)
	}
}

// TestIndexIsKeptOutOfGit: the folder of an index says itself that it is nothing for a history.
func TestIndexIsKeptOutOfGit(t *testing.T) {
	site := sampleSite(t)
	index(t, site)
	text, err := os.ReadFile(filepath.Join(site, ".chaja", ".gitignore"))
	must(t, err)
	if string(text) != "*\n" {
		t.Errorf(".chaja/.gitignore is %q", text)
	}
}

// TestIndexUnchangedWritesNothing: not a byte of the index changes, so neither do backups of it.
func TestIndexUnchangedWritesNothing(t *testing.T) {
	site := indexedSite(t)
	before := tree(t, filepath.Join(site, ".chaja"))
	fine(t, "index", "--site", site)
	if diff := cmp.Diff(before, tree(t, filepath.Join(site, ".chaja"))); diff != "" {
		t.Errorf("the index changed (-before +after):\n%s", diff)
	}
}

// tree returns the content of the files below dir by path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		files[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestIndexLearnsWhatChanged: whatever is done to posts one after the other, the words and pairs are those of an index that is
// made of the last posts at once.
func TestIndexLearnsWhatChanged(t *testing.T) {
	site := indexedSite(t)
	posts, err := filepath.Glob(filepath.Join(site, "posts", "*.md"))
	must(t, err)
	random := rand.New(rand.NewPCG(5, 6))
	for step := range 24 {
		path := posts[random.IntN(len(posts))]
		content, err := os.ReadFile(path)
		switch from, _ := os.ReadFile(posts[random.IntN(len(posts))]); random.IntN(5) {
		case 0:
			_ = os.Remove(path)
		case 1:
			if err == nil {
				must(t, os.Rename(path, strings.TrimSuffix(path, ".md")+"-2.md"))
			}
		case 2:
			write(t, path, string(from))
		default:
			write(t, path, string(content)+fmt.Sprintf("\n\n에어플로우(Airflow)와 새낱말%c, newword%d\n", '가'+rune(step), step)+string(from[len(from)/2:]))
		}
		fine(t, "index", "--site", site)
		if step%6 > 0 {
			continue
		}
		anew := t.TempDir()
		fine(t, "index", "--site", site, "--index", anew)
		for _, name := range []string{"words", "pairs.json"} {
			if got, want := ofGeneration(t, filepath.Join(site, ".chaja"), name), ofGeneration(t, anew, name); got != want {
				t.Fatalf("step %d: %s differs, %d bytes and %d", step, name, len(got), len(want))
			}
		}
	}
}

// ofGeneration returns a file of the generation in force.
func ofGeneration(t *testing.T, dir, name string) string {
	t.Helper()
	m, err := generation.ReadManifest(dir)
	must(t, err)
	content, err := os.ReadFile(filepath.Join(dir, m.Generation, name))
	must(t, err)
	return string(content)
}

func TestIndexStrict(t *testing.T) {
	site := sampleSite(t)
	for _, run := range []string{"first", "second"} {
		got := chaja(t, "index", "--site", site, "--strict")
		if got.code != exitFailed || !strings.HasSuffix(got.err, "chaja: 2 problems found, and --strict was given\n") {
			t.Errorf("%s run: exit %d\n%s", run, got.code, got.err)
		}
	}
	if got := ids(t, site, "카프카"); len(got) == 0 {
		t.Error("what could be read is not indexed")
	}
	clean := newSite(t, map[string]string{"a.md": "---\ntitle: A\n---\ntext"})
	fine(t, "index", "--site", clean, "--strict")
}

func TestIndexElsewhere(t *testing.T) {
	site, elsewhere := sampleSite(t), filepath.Join(t.TempDir(), "deep", "index")
	fine(t, "index", "--site", site, "--index", elsewhere)
	if _, err := os.Stat(filepath.Join(site, ".chaja")); err == nil {
		t.Error("an index was made in the site too")
	}
	if out := fine(t, "search", "--index", elsewhere, "Debezium"); !strings.HasPrefix(out, "1 post\n") {
		t.Errorf("search printed %q", out)
	}
}

func TestTags(t *testing.T) {
	site := indexedSite(t)
	golden(t, "tags", site, fine(t, "tags", "--site", site))
	answer := decoded[map[string][]map[string]any](t, "tags", "--site", site, "--json")
	if keys := slices.Collect(maps.Keys(answer)); !slices.Equal(keys, []string{"tags"}) {
		t.Errorf("keys %q", keys)
	}
	if first := answer["tags"][0]; first["value"] != "spring boot" || first["count"] != 5.0 {
		t.Errorf("first tag %v", first)
	}
}
