package main

import (
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRooms holds the table of rooms in docs/architecture.md against the imports: a room stands on those that it names, all of
// which are below it.
func TestRooms(t *testing.T) {
	t.Chdir("../..")
	page, err := os.ReadFile("docs/architecture.md")
	must(t, err)
	_, table, _ := strings.Cut(string(page), "## The rooms")
	table, _, _ = strings.Cut(table, "\n## ")
	rooms, level := map[string][]string{}, map[string]int{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\|.*\\|([^|]*)\\|$").FindAllStringSubmatch(table, -1) {
		room := row[1]
		level[room] = len(level)
		rooms[room] = []string{}
		for _, on := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[2], -1) {
			if name := on[1]; strings.HasPrefix(name, "indexer") || name == "search" {
				rooms[room] = append(rooms[room], name)
			} else {
				rooms[room] = append(rooms[room], "search/"+name)
			}
		}
	}
	if len(rooms) < 25 {
		t.Fatalf("%d rooms in the table", len(rooms))
	}
	list, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	must(t, err)
	for line := range strings.Lines(string(list)) {
		imports := strings.Fields(strings.ReplaceAll(line, "chaja/", ""))
		room, imports := imports[0], slices.DeleteFunc(imports[1:], func(name string) bool {
			return !strings.HasPrefix(name, "indexer") && !strings.HasPrefix(name, "search")
		})
		on, known := rooms[room]
		inside := room == "cmd/chaja" || strings.Contains(room, "internal/") || room == "search/searchbox/browser"
		if inside {
			continue
		}
		if !known {
			t.Errorf("%s is not in the table", room)
			continue
		}
		slices.Sort(on)
		got := slices.DeleteFunc(imports, func(name string) bool {
			return strings.HasPrefix(name, room+"/internal/") || slices.Contains(on, "indexer/*") && path.Dir(name) == "indexer"
		})
		on = slices.DeleteFunc(slices.Clone(on), func(name string) bool { return name == "indexer/*" })
		if diff := cmp.Diff(on, got); diff != "" {
			t.Errorf("%s (-table +imports):\n%s", room, diff)
		}
		for _, below := range got {
			if level[below] <= level[room] {
				t.Errorf("%s stands on %s, which is not below it", room, below)
			}
		}
	}
}
