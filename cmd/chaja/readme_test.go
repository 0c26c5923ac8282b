package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// TestReadme: the searches that README shows print what it says. A console block is a command after "$ ", then what it
// prints.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	t.Setenv("CHAJA_INDEX", t.TempDir())
	fine(t, "index", "--site", "data")
	server := serveSite(t, "--site", "data")

	readme, err := os.ReadFile("README.md")
	must(t, err)
	shown := 0
	for _, block := range regexp.MustCompile("(?s)```console\n\\$ (.*?)```").FindAllSubmatch(readme, -1) {
		command, want, _ := strings.Cut(string(block[1]), "\n")
		var got string
		switch {
		case strings.HasPrefix(command, "./bin/chaja search "):
			got = fine(t, strings.Fields(command)[1:]...)
		case strings.HasPrefix(command, "curl "):
			got = curl(t, server.base, command)
		default:
			continue
		}
		shown++
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-README +printed):\n%s", command, diff)
		}
	}
	if shown < 2 {
		t.Errorf("found %d commands with output in README, want a search and a curl", shown)
	}
}

// curl does what README does with curl and jq, against another server.
func curl(t *testing.T, server, command string) string {
	t.Helper()
	m := regexp.MustCompile(`^curl -sG http://[^/]+(/\S+) --data-urlencode 'q=([^']*)' \| jq '.hits\[0\].sections\[0\]'$`).FindStringSubmatch(command)
	if m == nil {
		t.Fatalf("not a curl this test knows: %s", command)
	}
	response, err := http.Get(server + m[1] + "?q=" + url.QueryEscape(m[2]))
	must(t, err)
	defer response.Body.Close()
	var answer search.Result
	must(t, json.NewDecoder(response.Body).Decode(&answer))
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	must(t, e.Encode(answer.Hits[0].Sections[0]))
	return out.String()
}

// TestReadmeKorean: README.ko.md has the console blocks of README.md, which TestReadme runs, the same figures and all
// commands.
func TestReadmeKorean(t *testing.T) {
	t.Chdir("../..")
	read := func(path string) string {
		t.Helper()
		text, err := os.ReadFile(path)
		must(t, err)
		return string(text)
	}
	english, korean := read("README.md"), read("README.ko.md")
	block := regexp.MustCompile("(?s)```console\n.*?```")
	shown := block.FindAllString(english, -1)
	if got := len(block.FindAllString(korean, -1)); got != len(shown) {
		t.Fatalf("%d console blocks in README.ko.md, %d in README.md", got, len(shown))
	}
	next := 0
	page(t, "README.ko.md", block.ReplaceAllStringFunc(korean, func(string) string {
		next++
		return shown[next-1]
	}))
	figure := regexp.MustCompile(`\| \*\*[0-9.]+\*\* \| [0-9.]+ \|`)
	if diff := cmp.Diff(figure.FindAllString(english, -1), figure.FindAllString(korean, -1)); diff != "" {
		t.Errorf("figures (-README.md +README.ko.md):\n%s", diff)
	}
	for _, cmd := range newRoot(streams{nil, io.Discard, io.Discard}).Commands() {
		if name := "chaja " + cmd.Name(); name != "chaja help" && name != "chaja version" && !strings.Contains(korean, name) {
			t.Errorf("README.ko.md lacks %s", name)
		}
	}
}
