package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// attacks is the number of rows in docs/hostile.md.
const attacks = 44

// TestHostileIsHeld: docs/hostile.md has every number once, in order, and names for each the tests that hold it, all of which
// exist. What follows a slash is a case of the test: the number of one in a spec file, or the name that stands in the test.
func TestHostileIsHeld(t *testing.T) {
	root := filepath.Join("..", "..")
	doc, err := os.ReadFile(filepath.Join(root, "docs", "hostile.md"))
	must(t, err)
	rows := regexp.MustCompile(`(?m)^\| (\d+) \| (.+) \| (.+) \| (.+) \|$`).FindAllStringSubmatch(string(doc), -1)
	if len(rows) != attacks {
		t.Errorf("%d rows, want %d", len(rows), attacks)
	}
	for i, row := range rows {
		if row[1] != fmt.Sprint(i+1) {
			t.Errorf("row %d has the number %s", i+1, row[1])
		}
		named := regexp.MustCompile("`(\\S+) ((?:Test|Fuzz)\\w+)(?:/([^`]+))?`").FindAllStringSubmatch(row[4], -1)
		if len(named) == 0 || len(named) != strings.Count(row[4], "`")/2 {
			t.Errorf("%s names no test, or something else: %s", row[1], row[4])
		}
		for _, name := range named {
			if !hasTest(t, filepath.Join(root, name[1]), name[2], name[3]) {
				t.Errorf("%s: there is no %s", row[1], name[0])
			}
		}
	}
}

// hasTest reports whether the package in a folder has a test of that name and, if part is not empty, such a case.
func hasTest(t *testing.T, folder, name, part string) bool {
	t.Helper()
	var sources strings.Builder
	for _, pattern := range []string{"*_test.go", "testdata/*.txt"} {
		paths, err := filepath.Glob(filepath.Join(folder, pattern))
		must(t, err)
		for _, path := range paths {
			content, err := os.ReadFile(path)
			must(t, err)
			sources.Write(content)
		}
	}
	text := sources.String()
	isCase := part == "" || strings.Contains(text, `"`+part+`"`) || regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(part)+` `).MatchString(text)
	return strings.Contains(text, "func "+name+"(") && isCase
}
