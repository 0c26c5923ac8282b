package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"chaja/search"
)

// TestReadme: the searches that README shows print what it says. A console block is a command after "$ ", then what it
// prints. (What is shown over HTTP is in docs/api.md: TestAPIGuide.)
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	t.Setenv("CHAJA_INDEX", t.TempDir())
	fine(t, "index", "--site", "data")
	readme, err := os.ReadFile("README.md")
	must(t, err)
	shown := 0
	for _, block := range regexp.MustCompile("(?s)```console\n\\$ (.*?)```").FindAllSubmatch(readme, -1) {
		command, want, _ := strings.Cut(string(block[1]), "\n")
		if !strings.HasPrefix(command, "./bin/chaja search ") {
			continue
		}
		shown++
		if diff := cmp.Diff(want, fine(t, strings.Fields(command)[1:]...)); diff != "" {
			t.Errorf("%s (-README +printed):\n%s", command, diff)
		}
	}
	if shown < 1 {
		t.Error("README shows no search with what it prints")
	}
}

// TestReadmeExamples: what README suggests to type finds something in the sample blog, with all that it asks for.
func TestReadmeExamples(t *testing.T) {
	t.Chdir("../..")
	t.Setenv("CHAJA_INDEX", t.TempDir())
	fine(t, "index", "--site", "data")
	readme, err := os.ReadFile("README.md")
	must(t, err)
	tried := 0
	_, rows, _ := strings.Cut(string(readme), "\n| what people really type |")
	rows, _, _ = strings.Cut(rows, "\n\n")
	for _, row := range strings.Split(rows, "\n")[1:] {
		cell, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " |")
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
			tried++
			answer := decoded[search.Result](t, "search", "--site", "data", "--json", "--", m[1])
			if answer.Total == 0 || answer.Full == 0 {
				t.Errorf("%s finds %d posts, %d of them with all of it", m[1], answer.Total, answer.Full)
			}
		}
	}
	if tried < 15 {
		t.Errorf("%d examples were tried, want all of the table", tried)
	}
}

// TestKorean: a Korean page has, section by section, all of the English one that needs no translation.
func TestKorean(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.ko.md")
	must(t, err)
	for _, path := range append(pages, "../../README.ko.md", "../../docs/themes/README.ko.md") {
		english, korean := sections(t, strings.Replace(path, ".ko.md", ".md", 1)), sections(t, path)
		if len(english) != len(korean) {
			t.Errorf("%s has %d sections, the English page %d", path, len(korean), len(english))
			continue
		}
		for i, section := range english {
			title, _, _ := strings.Cut(section, "\n")
			if strings.Contains(section, "<!-- generated -->") {
				continue // one table for both
			}
			want := parts(section)
			got := slices.DeleteFunc(parts(korean[i]), func(part string) bool { // English has words for small numbers
				_, err := strconv.ParseFloat(part, 64)
				return err == nil && !slices.Contains(want, part)
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (-English +Korean):\n%s", path, title, diff)
			}
		}
	}
}

// sections returns a page in sections, without its link to the other language.
func sections(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	text = regexp.MustCompile(`(?m)^\[(English|한국어)\]\(.*\)$`).ReplaceAll(text, nil)
	return strings.Split(string(text), "\n## ")
}

// parts returns, in order of the alphabet, what is the same in every language: blocks and words of code, where links and
// pictures lead, figures, and how many rows the tables have.
func parts(section string) []string {
	part := regexp.MustCompile("(?s)```.*?```|`[^`]+`|\\]\\([^)]+\\)|https?://[\\w.:/-]*\\w|src(?:set)?=\"[^\"]+\"|\\b[0-9]+(?:\\.[0-9]+)?\\b")
	section = strings.ReplaceAll(section, ".ko.md)", ".md)")
	section = regexp.MustCompile(`\]\(#[^)]*\)`).ReplaceAllString(section, "](#)") // the titles of sections are translated
	found := part.FindAllString(section, -1)
	slices.Sort(found)
	return append(slices.Compact(found), fmt.Sprintf("%d rows", strings.Count(section, "\n| ")))
}

// TestReadmeIsComplete: README.md links to every page of docs, docs/commands.md names every command, and it or docs/cli.md
// every flag.
func TestReadmeIsComplete(t *testing.T) {
	var pages [3]string
	for i, path := range []string{"README.md", "docs/commands.md", "docs/cli.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", path))
		must(t, err)
		pages[i] = string(text)
	}
	docs, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.md"))
	must(t, err)
	for _, path := range docs {
		if link := "](docs/" + filepath.Base(path) + ")"; !strings.HasSuffix(path, ".ko.md") && !strings.Contains(pages[0], link) {
			t.Errorf("README.md does not link to docs/%s", filepath.Base(path))
		}
	}
	names := func(text, name string) bool { return regexp.MustCompile("`" + name + "[` ]").MatchString(text) }
	for _, cmd := range newRoot(streams{nil, io.Discard, io.Discard}).Commands() {
		if !names(pages[1], cmd.CommandPath()) {
			t.Errorf("docs/commands.md does not name `%s`", cmd.CommandPath())
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if flag := "--" + f.Name; !names(pages[1]+pages[2], flag) {
				t.Errorf("neither docs/commands.md nor docs/cli.md names `%s` of %s", flag, cmd.CommandPath())
			}
		})
	}
}
