package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// asMain makes the test binary the program itself, so that tests can start it as a process of its own.
const asMain = "CHAJA_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
	}
	if stage := os.Getenv(stageVariable); stage != "" {
		if err := runStage(stage); err != nil {
			log.Fatal(err)
		}
		os.Exit(0)
	}
	for _, pair := range os.Environ() { // what stands for flags must not reach the tests
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "CHAJA_") && name != "CHAJA_SHARED" && !strings.HasPrefix(name, "CHAJA_TEST_") {
			os.Unsetenv(name)
		}
	}
	os.Setenv("LC_ALL", "C") // tests read English
	os.Exit(m.Run())
}

// outcome is what a command did.
type outcome struct {
	code     int
	out, err string
}

// chaja runs a command in this process.
func chaja(t *testing.T, args ...string) outcome {
	t.Helper()
	return chajaWith(t, "", args...)
}

func chajaWith(t *testing.T, stdin string, args ...string) outcome {
	t.Helper()
	var out, err bytes.Buffer
	args = append([]string{}, args...) // cobra takes nil for the arguments of this process
	code := run(t.Context(), args, streams{strings.NewReader(stdin), &out, &err})
	return outcome{code, out.String(), err.String()}
}

// fine runs a command that must succeed and returns what it prints.
func fine(t *testing.T, args ...string) string {
	t.Helper()
	got := chaja(t, args...)
	if got.code != exitFine {
		t.Fatalf("chaja %q: exit %d\n%s", args, got.code, got.err)
	}
	return got.out
}

// decoded runs a command that must succeed and print one JSON object.
func decoded[T any](t *testing.T, args ...string) (value T) {
	t.Helper()
	out := fine(t, args...)
	if err := json.Unmarshal([]byte(out), &value); err != nil {
		t.Fatalf("chaja %q printed %q: %v", args, out, err)
	}
	return value
}

// ids returns the posts that a search finds, in order.
func ids(t *testing.T, site string, args ...string) []string {
	t.Helper()
	answer := decoded[struct{ Hits []struct{ ID string } }](t, append([]string{"search", "--site", site, "--json"}, args...)...)
	found := []string{}
	for _, hit := range answer.Hits {
		found = append(found, hit.ID)
	}
	return found
}

// sampleSite is a copy of the project's sample site.
func sampleSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	posts := filepath.Join("..", "..", "data", "posts") // without an index that make run has left
	if err := os.CopyFS(filepath.Join(dir, "posts"), os.DirFS(posts)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// indexedSite is a copy of the sample site with its index.
func indexedSite(t *testing.T) string {
	t.Helper()
	dir := sampleSite(t)
	fine(t, "index", "--site", dir)
	return dir
}

// newSite makes a site of files by their paths.
func newSite(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for path, content := range files {
		write(t, filepath.Join(dir, path), content)
	}
	return dir
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// varying is what differs from run to run: times.
var varying = regexp.MustCompile(`\b[0-9.]+(µs|ms|s)\b|"duration_ns":[0-9]+|"took_ms":[0-9.]+`)

// golden compares got with testdata/name.golden, times and the site's folder masked.
func golden(t *testing.T, name, site, got string) {
	t.Helper()
	if site != "" {
		got = strings.ReplaceAll(got, site, "SITE")
	}
	got = varying.ReplaceAllStringFunc(got, func(s string) string {
		if key, _, ok := strings.Cut(s, ":"); ok {
			return key + ":TIME"
		}
		return "TIME"
	})
	path := filepath.Join("testdata", name+".golden")
	if *update {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./cmd/chaja -run %s -update", err, t.Name())
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); if it is right: go test ./cmd/chaja -update\n%s", path, diff)
	}
}

// failed checks that a command failed with code and said why in one line, with at most one more that says what to do.
func (got outcome) failed(t *testing.T, code int, want string) {
	t.Helper()
	if got.code != code {
		t.Errorf("exit %d, want %d", got.code, code)
	}
	lines := strings.Split(strings.TrimSuffix(got.err, "\n"), "\n")
	if len(lines) > 2 || !strings.HasPrefix(lines[0], "chaja: ") || len(lines) == 2 && !strings.HasPrefix(lines[1], "       ") {
		t.Errorf("stderr is not one line and one hint:\n%s", got.err)
	}
	if !strings.Contains(got.err, want) {
		t.Errorf("stderr %q lacks %q", got.err, want)
	}
	if got.out != "" {
		t.Errorf("stdout of a failure: %q", got.out)
	}
}

func TestUsage(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"unknown command", []string{"serach"}, `no command "serach"; there is search`},
		{"wrong keyboard", []string{"ㄴㄷㅁㄱ초", "카프카"}, `no command "ㄴㄷㅁㄱ초"; there is search`},
		{"unknown flag near one", []string{"search", "--tags", "x"}, "unknown flag: --tags; there is --tag"},
		{"unknown topic of help", []string{"help", "nothing"}, `no command "nothing"`},
		{"unknown shell", []string{"completion", "csh"}, `no command "csh"`},
		{"unknown flag", []string{"index", "--fast"}, "unknown flag: --fast; see: chaja index --help"},
		{"argument too many", []string{"index", "posts"}, `does not take "posts"`},
		{"minus before a word", []string{"search", "kafka", "-테스트"}, "chaja search -- '-테스트'"},
		{"flag without value", []string{"search", "--tag"}, "needs an argument: --tag"},
		{"page is no number", []string{"search", "--page", "two", "x"}, `--page wants a whole number, not "two"`},
		{"page of zero", []string{"search", "--page", "0", "x"}, "--page wants 1 to 1000"},
		{"page too deep", []string{"search", "--page", "101", "x"}, "--page wants 1 to 100 with 10 posts on a page, not 101"},
		{"too many on a page", []string{"search", "--per-page", "101", "x"}, `--per-page wants 1 to 100, not "101"`},
		{"unknown order", []string{"search", "--sort", "best", "x"}, `relevance, newest, oldest, not "best"`},
		{"bad date", []string{"search", "--after", "yesterday", "x"}, `--after wants a year, a month or a day: 2019, 2019-08 or 2019-08-29, not "yesterday"`},
		{"impossible date", []string{"search", "--before", "2019-13", "x"}, `--before wants a year, a month or a day: 2019, 2019-08 or 2019-08-29, not "2019-13"`},
		{"server without scheme", []string{"search", "--server", "127.0.0.1:7310", "x"}, "--server wants an address like http://127.0.0.1:7310"},
		{"tags of what", []string{"tags", "kafka"}, `does not take "kafka"`},
		{"address without port", []string{"serve", "--addr", "localhost"}, "--addr wants host:port"},
		{"impossible port", []string{"serve", "--addr", "127.0.0.1:99999"}, "--addr wants host:port"},
		{"any origin", []string{"serve", "--cors-origin", "*"}, `--cors-origin wants an origin like https://example.org, not "*"`},
		{"origin with a path", []string{"serve", "--cors-origin", "https://a.example/"}, "--cors-origin wants an origin"},
		{"proxy without a mask", []string{"serve", "--trusted-proxy", "10.0.0.1"}, "like 127.0.0.1/32"},
		{"rate below zero", []string{"serve", "--rate-limit", "-1"}, "--rate-limit wants 0 to "},
		{"no language", []string{"search", "--lang", "!!", "x"}, `--lang wants a language such as ko or en, not "!!"`},
		{"unknown generator", []string{"check", "--generator", "drupal"}, "--generator wants one of astro, "},
		{"no suggestion", []string{"suggest", "--limit", "0", "x"}, "--limit wants 1 to 20"},
		{"server and words of nobody", []string{"tags", "--words", "nope.txt"}, `--words wants an existing file, not "nope.txt"`},
		{"queries of what", []string{"queries", "kafka"}, `does not take "kafka"`},
		{"jobs below zero", []string{"index", "--jobs", "-1"}, "--jobs wants 0 to 256"},
		{"jobs without end", []string{"index", "--jobs", "1000000000"}, "--jobs wants 0 to 256"},
		{"eval of nothing", []string{"eval"}, "one folder, got 0"},
		{"eval of two", []string{"eval", "a", "b"}, "one folder, got 2"},
		{"version of what", []string{"version", "bleve"}, `does not take "bleve"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			chaja(t, test.args...).failed(t, exitUsage, test.want)
		})
	}
}

func TestHelp(t *testing.T) {
	root := fine(t)
	golden(t, "help", "", root)
	for _, args := range [][]string{{"--help"}, {"help"}, {"-h"}} {
		if got := fine(t, args...); got != root {
			t.Errorf("chaja %q prints other help", args)
		}
	}
	for _, cmd := range newRoot(streams{nil, io.Discard, io.Discard}).Commands() {
		if cmd.Name() == "help" || cmd.Name() == "completion" {
			continue
		}
		if got := fine(t, "help", cmd.Name()); got != fine(t, cmd.Name(), "--help") {
			t.Errorf("help %s and %[1]s --help differ", cmd.Name())
		}
		if cmd.Name() != "version" && cmd.Name() != "tags" && cmd.Example == "" {
			t.Errorf("%s has no example", cmd.Name())
		}
	}
}

func TestCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish"} {
		if got := fine(t, "completion", shell); !strings.Contains(got, "__complete") {
			t.Errorf("%s: %.80q is no script", shell, got)
		}
	}
	if got := fine(t, "__complete", "s"); !strings.Contains(got, "search\t") || !strings.Contains(got, "serve\t") {
		t.Errorf("commands that begin with s: %q", got)
	}
	if got := fine(t, "__complete", "search", "--per"); !strings.Contains(got, "--per-page") {
		t.Errorf("flags that begin with --per: %q", got)
	}
}

func TestVersion(t *testing.T) {
	of := regexp.MustCompile(`^chaja \S+( \([0-9a-f]{12} of \d{4}-\d\d-\d\d\))?, index format \d+, bleve v\S+, go\S+\n$`)
	for _, args := range []string{"version", "--version", "-v"} {
		if got := fine(t, args); !of.MatchString(got) {
			t.Errorf("%s printed %q", args, got)
		}
	}
	v := decoded[map[string]any](t, "version", "--json")
	for _, key := range []string{"version", "commit", "date", "index_format", "bleve", "go"} {
		if v[key] == nil {
			t.Errorf("no %s in %v", key, v)
		}
	}
}

func TestEnvironment(t *testing.T) {
	site := indexedSite(t)
	t.Setenv("CHAJA_SITE", site)
	t.Setenv("CHAJA_PER_PAGE", "2")
	count := func(args ...string) int {
		t.Helper()
		return len(decoded[struct{ Hits []any }](t, append([]string{"search", "--json"}, args...)...).Hits)
	}
	if got := count(); got != 2 {
		t.Errorf("%d hits, want the 2 of CHAJA_PER_PAGE", got)
	}
	if got := count("--per-page", "3"); got != 3 {
		t.Errorf("%d hits, want the 3 of the flag", got)
	}
	t.Setenv("CHAJA_PER_PAGE", "")
	if got := count(); got != 10 {
		t.Errorf("%d hits, want the usual 10 when the variable is empty", got)
	}
	t.Setenv("CHAJA_INDEX", filepath.Join(site, "nowhere"))
	chaja(t, "search", "x").failed(t, exitFailed, "no index in "+site)
	t.Setenv("CHAJA_PER_PAGE", "many")
	chaja(t, "search", "x").failed(t, exitUsage, `CHAJA_PER_PAGE: --per-page wants a whole number, not "many"`)
}

func TestInterrupted(t *testing.T) {
	site := sampleSite(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, stderr bytes.Buffer
	code := run(ctx, []string{"index", "--site", site}, streams{nil, &out, &stderr})
	outcome{code, out.String(), stderr.String()}.failed(t, exitFailed, "run it again to finish")
}
