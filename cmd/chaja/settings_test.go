package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// settingsSite is a folder with a chaja.yaml; it has no index.
func settingsSite(t *testing.T, yaml string) string {
	t.Helper()
	return newSite(t, map[string]string{settingsName: yaml})
}

// config returns value and origin of settings as chaja config prints them, those of one command apart, the site masked.
func config(t *testing.T, site, command string) map[string]string {
	t.Helper()
	answer := decoded[struct{ Settings []configRow }](t, "config", "--site", site, "--json")
	found := map[string]string{}
	for _, row := range answer.Settings {
		for _, c := range row.Commands {
			if c == command {
				found[row.Name] = strings.ReplaceAll(row.Value+" from "+row.From, site, "SITE")
			}
		}
	}
	return found
}

// TestSettingsOrder: a flag goes before a variable, that before the file, there a command's own key before one for all.
func TestSettingsOrder(t *testing.T) {
	site := settingsSite(t, `# what this blog wants
words: words.txt
per-page: 7
index: /var/chaja
tag: [kafka, 스프링 부트]
search:
  per-page: 5
  explain: yes # no word of YAML 1.2
serve:
  addr: 127.0.0.1:1
  watch: true
index:
  full: true
site-url: ""
lang:
`)
	write(t, filepath.Join(site, "words.txt"), "")
	chaja(t, "config", "--site", site).failed(t, exitUsage, `chaja.yaml:8: --explain wants true or false, not "yes"`)
	yaml := filepath.Join(site, settingsName)
	text, err := os.ReadFile(yaml)
	must(t, err)
	write(t, yaml, strings.Replace(string(text), "yes", "true", 1))
	t.Setenv("CHAJA_ADDR", "127.0.0.1:2")
	t.Setenv("CHAJA_SORT", "newest")

	got := config(t, site, "search")
	want := map[string]string{
		"site": "SITE from flag", "words": "SITE/words.txt from SITE/chaja.yaml:2", "index": "/var/chaja from SITE/chaja.yaml:4",
		"per-page": "5 from SITE/chaja.yaml:7", "explain": "true from SITE/chaja.yaml:8", "sort": "newest from CHAJA_SORT",
		"tag": "kafka, 스프링 부트 from SITE/chaja.yaml:5", "page": "1 from default", "lang": " from default",
		"site-url": " from default",
	}
	for name, value := range want {
		if got[name] != value {
			t.Errorf("search %s: %q, want %q", name, got[name], value)
		}
	}
	if got, want := config(t, site, "serve")["addr"], "127.0.0.1:2 from CHAJA_ADDR"; got != want {
		t.Errorf("serve addr: %q, want %q", got, want)
	}
	if got, want := config(t, site, "index")["full"], "true from SITE/chaja.yaml:13"; got != want {
		t.Errorf("index full: %q, want %q", got, want)
	}
	if got, want := config(t, site, "check")["strict"], "false from default"; got != want {
		t.Errorf("check strict: %q, want %q", got, want)
	}
}

// TestSettingsAreUsed: the commands themselves read the file, and a flag overrules it.
func TestSettingsAreUsed(t *testing.T) {
	site := sampleSite(t)
	write(t, filepath.Join(site, settingsName), "index: idx\nsearch:\n  per-page: 2\n  tag: [kafka]\n")
	fine(t, "index", "--site", site)
	if _, err := os.Stat(filepath.Join(site, "idx", "CURRENT")); err != nil {
		t.Errorf("the index is not where the file says: %v", err)
	}
	if got := ids(t, site); len(got) != 2 {
		t.Errorf("%d posts, want the 2 of the file", len(got))
	}
	if diff := cmp.Diff([]string{"posts/2022-06-26-kafka-outbox-pattern.md"}, ids(t, site, "--per-page", "1")); diff != "" {
		t.Errorf("with a flag (-want +got):\n%s", diff)
	}
	t.Chdir(site)
	if out := fine(t, "tags"); !strings.Contains(out, "Kafka") {
		t.Errorf("in the site itself: %s", out)
	}
	if out := fine(t, "__complete", "search", "--tag", "k"); !strings.Contains(out, "kafka\t2 posts") {
		t.Errorf("completion: %s", out)
	}
}

// TestSiteIsAFile: a file given for a site is told apart by every command, as it is by those that read posts.
func TestSiteIsAFile(t *testing.T) {
	file := filepath.Join(newSite(t, map[string]string{"a.md": "x"}), "a.md")
	for _, command := range []string{"index", "serve", "init", "check", "tags"} {
		chaja(t, command, "--site", file).failed(t, exitFailed, "a.md (not a directory); name the folder of your posts with --site")
	}
}

func TestSettingsMistakes(t *testing.T) {
	tests := []struct {
		name, yaml, want string
	}{
		{"too many", "search:\n  per-page: 500\n", `chaja.yaml:2: --per-page wants 1 to 100, not "500"`},
		{"too few", "jobs: 1\nlimit: 0\n", `chaja.yaml:2: --limit wants 1 to 20, not "0"`},
		{"order that is none", "sort: new\n", `chaja.yaml:1: --sort wants one of relevance, newest, oldest, not "new"`},
		{"no file of words", "words: nope.txt\n", "chaja.yaml:1: --words wants an existing file, not "},
		{"folder for a file", "words: .\n", "chaja.yaml:1: --words wants an existing file, not "},
		{"date", "after: yesterday\n", "chaja.yaml:1: --after wants a year, a month or a day"},
		{"language", "lang: 한국어\n", `chaja.yaml:1: --lang wants a language such as ko or en, not "한국어"`},
		{"address", "serve:\n  addr: localhost\n", `chaja.yaml:2: --addr wants host:port, not "localhost"`},
		{"one of several origins", "cors-origin:\n- https://a.example\n- '*'\n", `chaja.yaml:3: --cors-origin wants an origin like https://example.org, not "*"`},
		{"proxy", "trusted-proxy: 10.0.0.1\n", "chaja.yaml:1: --trusted-proxy wants addresses like 127.0.0.1/32"},
		{"server", "server: 127.0.0.1:7310\n", "chaja.yaml:1: --server wants an address like http://127.0.0.1:7310"},
		{"site of another kind", "site-url: blog\n", "chaja.yaml:1: --site-url wants an address such as https://"},
		{"generator", "generator: drupal\n", "chaja.yaml:1: --generator wants one of astro, "},

		{"unknown key", "words: w\nadr: x\n", `chaja.yaml:2: unknown key "adr"; the nearest is "addr"`},
		{"letters swapped", "srot: newest\n", `chaja.yaml:1: unknown key "srot"; the nearest is "sort"`},
		{"near nothing", "x-y: 1\n", `chaja.yaml:1: unknown key "x-y"; keys are flags, as in: chaja search --help` + "\n"},
		{"near nothing in a section", "tags:\n  한글: 1\n", `chaja.yaml:2: unknown key "한글" of tags; its keys are its flags, see: chaja tags --help` + "\n"},
		{"flag of one other command", "search:\n  addr: x\n", `chaja.yaml:2: unknown key "addr" of search; it belongs to serve` + "\n"},
		{"flag of several others", "tags:\n  generator: hugo\n", `chaja.yaml:2: unknown key "generator" of tags; it belongs to check, index, serve` + "\n"},
		{"underscore", "per_page: 5\n", `chaja.yaml:1: unknown key "per_page"; the nearest is "per-page"`},
		{"unknown command", "serv:\n  addr: x\n", `chaja.yaml:1: unknown key "serv"; the nearest is "serve"`},
		{"command has no settings", "version:\n  json: true\n", `chaja.yaml:1: unknown key "version"`},
		{"flag of another command", "tags:\n  server: http://x\n  per-page: 3\n", `chaja.yaml:3: unknown key "per-page" of tags; it belongs to search`},
		{"the site itself", "site: .\n", `chaja.yaml:1: unknown key "site"; the site is the folder of this file` + "\n"},
		{"empty key", "'': 1\n", `chaja.yaml:1: unknown key ""`},
		{"twice", "words: a\nwords: b\n", "chaja.yaml:2: words is set a second time"},
		{"command twice", "serve: {addr: x}\nserve: {watch: true}\n", "chaja.yaml:2: serve is set a second time"},
		{"list where one is wanted", "tags:\n  words: [a, b]\n", "chaja.yaml:2: words wants one value"},
		{"map where one is wanted", "tags:\n  words: {a: b}\n", "chaja.yaml:2: words wants one value"},
		{"no number", "limit: few\nlang: ko\n", `chaja.yaml:1: --limit wants a whole number, not "few"`},
		{"no map", "- words\n", "chaja.yaml:1: wants lines of key: value"},
		{"command of a list", "serve: [addr]\n", "chaja.yaml:1: wants lines of key: value"},
		{"map at the top", "words: {a: b}\n", "chaja.yaml:1: words wants one value"},
		{"alias", "words: &w ''\ntags:\n  words: *w\n", "chaja.yaml:3: words wants one value"},
		{"broken syntax", "words: a\nserve: {addr\n", "chaja.yaml:2:"},
		{"second document", "watch: true\n---\nexclude: [a]\n", "chaja.yaml:3: a second document begins here; remove the line --- above it"},
		{"less indented", " serve:\n   watch: true\n\nexclude: [a]\n", "chaja.yaml:4: less indented than the lines above"},
		{"tab", "serve:\n\taddr: x\n", "chaja.yaml:2: found character that cannot start any token"},
		{"not UTF-8", "words: \xff\n", "chaja.yaml:1:"},
		{"too large", "# " + strings.Repeat("x", maxSettings), "chaja.yaml is larger than 64 KiB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			site := settingsSite(t, test.yaml)
			got := chaja(t, "config", "--site", site)
			got.failed(t, exitUsage, test.want)
			if !strings.Contains(got.err, filepath.Join(site, settingsName)) {
				t.Errorf("%q does not name the file", got.err)
			}
			if chaja(t, "completion", "bash").code != exitFine {
				t.Error("completion of a shell looks at a site")
			}
		})
	}
}

func TestSettingsOfNothing(t *testing.T) {
	for _, yaml := range []string{"", "\n# nothing\n", "---\n", "serve: {}\n", "serve:\n", "words:\n"} {
		if got := config(t, settingsSite(t, yaml), "serve")["addr"]; got != "127.0.0.1:7310 from default" {
			t.Errorf("%q: addr %q", yaml, got)
		}
	}
}

func TestConfigOutput(t *testing.T) {
	t.Chdir(settingsSite(t, "serve:\n  addr: 127.0.0.1:8080\nsearch: {lang: ko, tag: [카프카]}\n"))
	t.Setenv("CHAJA_WATCH", "1")
	out := regexp.MustCompile(" +").ReplaceAllString(fine(t, "config"), " ") // the columns are as wide as their longest value
	for _, want := range []string{
		"addr 127.0.0.1:8080 chaja.yaml:2 serve\n",
		"index .chaja default index, pairs, posts,",
		"tag 카프카 chaja.yaml:3 search\n",
		"watch true CHAJA_WATCH serve\n",
		"words - default analyze, eval,",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
}

func TestNearest(t *testing.T) {
	tests := []struct{ word, want string }{
		{"adr", "addr"}, {"ADDR", "addr"}, {"per_page", "per-page"}, {"wach", "watch"}, {"sortt", "sort"}, {"osrt", "sort"},
		{"", ""}, {"한글", ""}, {"site", ""}, {"x-y", ""}, {"date", ""}, {"a", ""}, {"watches", "watch"},
	}
	for _, test := range tests {
		if got := nearest(test.word, []string{"watch", "per-page", "addr", "sort", "page", "run"}); got != test.want {
			t.Errorf("nearest %q is %q, want %q", test.word, got, test.want)
		}
	}
}

// FuzzSettings: whatever the file holds, it is read or refused as a mistake of usage that names it.
func FuzzSettings(f *testing.F) {
	for _, seed := range []string{"words: w\n", "serve:\n  addr: x\n", "a: &a [*a]\n", "<<: {words: x}\n", "? [a]\n: b\n", "{\"\\0\": ", "--- \n...\n---\n"} {
		f.Add(seed)
	}
	path := filepath.Join(f.TempDir(), settingsName)
	f.Fuzz(func(t *testing.T, text string) {
		write(t, path, text)
		root := newRoot(streams{nil, io.Discard, io.Discard})
		file, err := readSettings(path, root)
		for _, cmd := range root.Commands() {
			if err == nil {
				err = file.apply(cmd, map[string]string{})
			}
		}
		if err == nil {
			return
		}
		if _, usage := errors.AsType[usageError](err); !usage || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%q: %v", text, err)
		}
	})
}
