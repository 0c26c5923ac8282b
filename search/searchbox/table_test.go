package searchbox

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rows returns the first cells of the table in a section of docs/themes, and the whole rows by each name in them.
func rows(t *testing.T, section, name string) map[string]string {
	t.Helper()
	page, err := os.ReadFile("../../docs/themes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(page), "\n## "+section+"\n")
	if !found {
		t.Fatalf("docs/themes/README.md has no section %q", section)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	table := map[string]string{}
	for line := range strings.Lines(text) {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			for _, m := range regexp.MustCompile("`("+name+")").FindAllStringSubmatch(cells[1], -1) {
				table[m[1]] = line
			}
		}
	}
	return table
}

// names returns what a pattern finds in files of the box, each once, in order.
func names(t *testing.T, pattern, glob string) []string {
	t.Helper()
	files, err := fs.Glob(assets, glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v", glob, err)
	}
	found := map[string]string{}
	for _, file := range files {
		content, err := assets.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(content), -1) {
			found[m[1]] = ""
		}
	}
	return sorted(found)
}

func sorted(table map[string]string) []string {
	var keys []string
	for key := range table {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// TestTables holds the tables of attributes, events and custom properties in docs/themes against the code and the types.
func TestTables(t *testing.T) {
	source, err := assets.ReadFile("assets/box/settings.js")
	if err != nil {
		t.Fatal(err)
	}
	var attributes []string
	list := regexp.MustCompile(`names = \[(.*)\]`).FindStringSubmatch(string(source))
	for _, m := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(list[1], -1) {
		attributes = append(attributes, m[1])
	}
	slices.Sort(attributes)
	types, err := assets.ReadFile("assets/npm/search-box.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	_, typed, _ := strings.Cut(string(types), "interface ChajaSearchAttributes {")
	typed, _, _ = strings.Cut(typed, "}")
	var known []string
	for _, m := range regexp.MustCompile(`(?m)^  (\w+)\?:`).FindAllStringSubmatch(typed, -1) {
		known = append(known, m[1])
	}
	slices.Sort(known)
	events := names(t, `"(chaja-(?:open|close|select|submit|search))"`, "assets/box/[bop]*.js")
	events = slices.DeleteFunc(events, func(name string) bool { return !strings.Contains(string(types), `"`+name+`": CustomEvent`) })
	for _, table := range []struct {
		name      string
		want, got []string
	}{
		{"attributes in the types", attributes, known},
		{"attributes", attributes, sorted(rows(t, "Attributes", `\w+`))},
		{"events", events, sorted(rows(t, "Events and functions", `chaja-[a-z]+`))},
		{"custom properties", names(t, `(--chaja-[a-z]+)`, "assets/box/box.css"), sorted(rows(t, "Looks", `--chaja-[a-z]+`))},
	} {
		if diff := cmp.Diff(table.want, table.got); diff != "" {
			t.Errorf("docs/themes/README.md, %s (-code +docs):\n%s", table.name, diff)
		}
	}
	css, err := assets.ReadFile("assets/box/box.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(--chaja-[a-z]+), light-dark\((#\w+), (#\w+)\)`).FindAllStringSubmatch(string(css), -1) {
		if row := rows(t, "Looks", `--chaja-[a-z]+`)[m[1]]; !strings.Contains(row, fmt.Sprintf("`%s`, `%s`", m[2], m[3])) {
			t.Errorf("docs/themes/README.md: %s is %s, in the dark %s; the table says %s", m[1], m[2], m[3], row)
		}
	}
}
