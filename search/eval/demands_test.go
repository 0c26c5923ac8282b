package eval_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// demands is the number of demands in docs/demands.md.
const demands = 39

// TestDemandsAreTrue: docs/demands.md has every number once, in order, and says of each by which tests it is handled, all
// of which exist, or where else. A group of rows of the table is named there.
func TestDemandsAreTrue(t *testing.T) {
	root := filepath.Join("..", "..")
	doc, err := os.ReadFile(filepath.Join(root, "docs", "demands.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^\| (\d+) \| (.+) \| (.+) \|$`).FindAllStringSubmatch(string(doc), -1)
	if len(rows) != demands {
		t.Errorf("%d rows, want %d", len(rows), demands)
	}
	for i, row := range rows {
		if row[1] != fmt.Sprint(i+1) {
			t.Errorf("row %d has the number %s", i+1, row[1])
		}
		named := regexp.MustCompile("`(\\S+) ((?:Test|Fuzz)\\w+)(?:/(\\w+))?`").FindAllStringSubmatch(row[3], -1)
		if len(named) == 0 && !strings.HasPrefix(row[3], "not here: **") {
			t.Errorf("%s names no test", row[1])
		}
		for _, name := range named {
			if !hasTest(t, filepath.Join(root, name[1]), name[2], name[3]) {
				t.Errorf("%s: there is no %s", row[1], name[0])
			}
		}
	}
	for _, g := range readTable(t, demandsTable) {
		number, _, _ := strings.Cut(g.name, " ")
		if !strings.Contains(string(doc), "`search/eval TestDemands/"+number+"`") {
			t.Errorf("docs/demands.md does not name the group %q", g.name)
		}
	}
}

// hasTest reports whether the package in dir has a test of that name and, if part is not empty, a case in it that begins
// with part: a group of a table, a case of a spec file ("8: a homograph ..."), or a literal.
func hasTest(t *testing.T, dir, name, part string) bool {
	t.Helper()
	var sources strings.Builder
	for _, pattern := range []string{"*_test.go", "testdata/*.txt", "../../data/eval/*.txt"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			sources.WriteString("\n")
			sources.Write(content)
		}
	}
	text := sources.String()
	begins := func(with string) bool { return strings.Contains(text, with) }
	return begins("\nfunc "+name+"(") &&
		(part == "" || slices.ContainsFunc([]string{"\n= " + part + " ", "\n" + part + ": ", `"` + part + `"`}, begins))
}
