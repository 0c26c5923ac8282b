package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/httpapi/querylog"
	"chaja/search/lexicon/pairs"
	"chaja/search/query"
)

// page compares a page of docs with what it should be; with -update it writes it.
func page(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	must(t, err)
	if *update {
		write(t, path, want)
		return
	}
	if diff := gocmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is stale (-is +should be); go test ./cmd/chaja -update writes it\n%s", path, diff)
	}
}

// code is what a cell of a table shows as code.
var code = regexp.MustCompile("^`(.*)`$")

// TestQueryGuide: the queries of docs/query.md find what its tables say, and are read as they say.
func TestQueryGuide(t *testing.T) {
	t.Chdir("../..")
	t.Setenv("CHAJA_INDEX", t.TempDir())
	fine(t, "index", "--site", "data")
	guide, err := os.ReadFile("docs/query.md")
	must(t, err)

	var out strings.Builder
	run, header := 0, ""
	for line := range strings.Lines(string(guide)) {
		cells := strings.Split(strings.Trim(line, "|\n"), " | ")
		typed := code.FindStringSubmatch(strings.TrimSpace(cells[0]))
		switch {
		case !strings.HasPrefix(line, "|"):
			header = ""
		case header == "":
			header = line
		case typed == nil: // the line below the header
		case strings.Contains(header, "is read as"):
			run++
			node := query.Parse(typed[1]).Tree
			line = fmt.Sprintf("| `%s` | `%s` |\n", typed[1], node)
			if again := query.Parse(node.String()).Tree; !reflect.DeepEqual(node, again) {
				t.Errorf("%s is read as %s, and that as %s", typed[1], node, again)
			}
		case strings.Contains(header, "the answer says"):
			run++
			answer := decoded[search.Result](t, "search", "--site", "data", "--json", "--", typed[1])
			line = fmt.Sprintf("| `%s` | %s |\n", typed[1], answer.Warning)
			if answer.Warning == "" {
				t.Errorf("%s: the answer says nothing", typed[1])
			}
		default:
			run++
			answer := decoded[search.Result](t, "search", "--site", "data", "--json", "--", typed[1])
			first := "–"
			if answer.Full > 0 {
				first = answer.Hits[0].Title
			}
			line = fmt.Sprintf("| `%s` | %s | %d | %s |\n", typed[1], strings.TrimSpace(cells[1]), answer.Full, first)
			if answer.Full == 0 {
				t.Errorf("%s finds nothing", typed[1])
			}
		}
		out.WriteString(line)
	}
	if run < 40 {
		t.Errorf("%d queries were run", run)
	}
	page(t, "docs/query.md", out.String())
}

// TestConfigurationReference: the table at the end of docs/configuration.md has all flags as they are.
func TestConfigurationReference(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "configuration.md")
	text, err := os.ReadFile(path)
	must(t, err)
	const mark = "<!-- generated -->\n"
	prose, _, ok := strings.Cut(string(text), mark)
	if !ok {
		t.Fatalf("%s lacks the line %s", path, mark)
	}
	page(t, path, prose+mark+reference())
}

// reference is the table of all flags, one row for those that are one in several commands.
func reference() string {
	type row struct{ name, fallback, usage string }
	commands := map[row][]string{}
	for _, cmd := range newRoot(streams{nil, io.Discard, io.Discard}).Commands() {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" {
				r := row{f.Name, strings.Trim(f.DefValue, "[]"), f.Usage}
				commands[r] = append(commands[r], cmd.Name())
			}
		})
	}
	rows := slices.SortedFunc(maps.Keys(commands), func(a, b row) int {
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(commands[a][0], commands[b][0]))
	})
	var out strings.Builder
	out.WriteString("\n| key | variable | default | what it is | commands |\n|---|---|---|---|---|\n")
	for _, r := range rows {
		fallback := r.fallback
		if fallback != "" {
			fallback = "`" + fallback + "`"
		}
		fmt.Fprintf(&out, "| `%s` | `%s` | %s | %s | %s |\n", r.name, variable(r.name), fallback,
			strings.ReplaceAll(r.usage, "|", `\|`), strings.Join(commands[r], ", "))
	}
	return out.String()
}

// TestConfigurationExample: the chaja.yaml that docs/configuration.md shows is one.
func TestConfigurationExample(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	must(t, err)
	_, example, _ := strings.Cut(string(text), "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	site := settingsSite(t, example)
	write(t, filepath.Join(site, "words.txt"), "")
	if got, want := config(t, site, "serve")["watch"], "true from SITE/chaja.yaml:11"; got != want {
		t.Errorf("watch %q, want %q", got, want)
	}
}

// TestJSONReference: docs/cli.md has every command that prints JSON, and names every key of it.
func TestJSONReference(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "cli.md"))
	must(t, err)
	site := indexedSite(t)
	collection := filepath.Join(site, "collection")
	write(t, filepath.Join(collection, "corpus.jsonl"), `{"_id":"1","title":"가","text":"나"}`)
	write(t, filepath.Join(collection, "queries.jsonl"), `{"_id":"q","text":"나"}`)
	write(t, filepath.Join(collection, "qrels", "test.tsv"), "query-id\tcorpus-id\tscore\nq\t1\t1\n")
	calls := map[string][][]string{ // the usual one is with the site alone
		"search":  {{"--site", site, "--explain", "카프카 quetzalcoatl"}, {"--site", site, "zkvmzk"}, {"--site", site, "?"}},
		"suggest": {{"--site", site, "카"}}, "index": {{"--site", site, "--full"}},
		"analyze": {{"검색서비스"}}, "version": {{}}, "eval": {{collection}}, "publish": {{"--site", site, t.TempDir()}},
	}
	for _, cmd := range newRoot(streams{nil, io.Discard, io.Discard}).Commands() {
		if cmd.Flags().Lookup("json") == nil {
			continue
		}
		t.Run(cmd.Name(), func(t *testing.T) {
			_, section, _ := strings.Cut(string(text), "\n### "+cmd.CommandPath()+"\n")
			section, _, _ = strings.Cut(section, "\n##")
			if section == "" {
				t.Fatalf("docs/cli.md lacks the heading ### %s", cmd.CommandPath())
			}
			if calls[cmd.Name()] == nil {
				calls[cmd.Name()] = [][]string{{"--site", site}}
			}
			for _, args := range calls[cmd.Name()] {
				for key := range keys(t, fine(t, append([]string{cmd.Name(), "--json"}, args...)...)) {
					if !strings.Contains(section, "`"+key+"`") {
						t.Errorf("%s %s prints %q, which docs/cli.md does not name", cmd.CommandPath(), strings.Join(args, " "), key)
					}
				}
			}
		})
	}
}

// TestJSONLists: a list is [] where it is empty, in all that commands print about a site that has nothing to tell.
func TestJSONLists(t *testing.T) {
	site := newSite(t, map[string]string{"a.md": "글"})
	fine(t, "index", "--site", site)
	for _, cmd := range newRoot(streams{nil, io.Discard, io.Discard}).Commands() {
		args := map[string][][]string{
			"search": {{"글"}, {"없다"}, {""}, {"글", "--explain"}}, "suggest": {{"없다"}, {"글"}, {""}}, "analyze": {{""}, {"?"}}, "eval": nil, "version": nil, "publish": nil,
		}
		calls, special := args[cmd.Name()]
		if !special {
			calls = [][]string{nil}
		}
		for _, call := range calls {
			if cmd.Flags().Lookup("json") == nil {
				continue
			}
			full := append([]string{cmd.Name(), "--json"}, call...)
			if cmd.Flags().Lookup("site") != nil {
				full = append(full, "--site", site)
			}
			out := fine(t, full...)
			if rest := strings.ReplaceAll(out, `"suggestion":null`, ""); strings.Contains(rest, "null") {
				t.Errorf("chaja %q printed %s", full, out)
			}
		}
	}
}

// TestJSONFields: docs/cli.md names every field that an answer can have, also those that are seldom there.
func TestJSONFields(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "cli.md"))
	must(t, err)
	for name, answer := range map[string]any{
		"search": search.Result{}, "suggest": search.Suggestions{}, "tags": search.Facet{}, "posts": post{}, "pairs": pairs.Pair{},
		"index": indexReport{}, "check": indexer.CheckReport{}, "queries": querylog.Query{}, "config": configRow{},
		"analyze": analysis.Token{}, "eval": evalReport{}, "publish": publishReport{},
	} {
		_, section, _ := strings.Cut(string(text), "\n### chaja "+name+"\n")
		section, _, _ = strings.Cut(section, "\n##")
		found := fields(reflect.TypeOf(answer))
		if len(found) < 2 {
			t.Errorf("chaja %s: found only the fields %q", name, found)
		}
		for _, field := range found {
			if !strings.Contains(section, "`"+field+"`") {
				t.Errorf("chaja %s can print %q, which docs/cli.md does not name", name, field)
			}
		}
	}
}

// fields returns the names in JSON of all that a type holds.
func fields(t reflect.Type) (names []string) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return fields(t.Elem())
	case reflect.Struct:
		for f := range t.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
				names = append(names, name)
			}
			names = append(names, fields(f.Type)...)
		}
	}
	return names
}

// keys returns the keys of all objects in lines of JSON.
func keys(t *testing.T, lines string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	var walk func(any)
	walk = func(value any) {
		switch v := value.(type) {
		case []any:
			for _, element := range v {
				walk(element)
			}
		case map[string]any:
			for key, value := range v {
				found[key] = true
				walk(value)
			}
		}
	}
	for line := range strings.Lines(lines) {
		var value any
		must(t, json.Unmarshal([]byte(line), &value))
		walk(value)
	}
	return found
}
