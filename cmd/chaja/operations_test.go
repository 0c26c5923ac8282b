package main

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"chaja/search/catalog"
)

func operations(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	must(t, err)
	return string(text)
}

// literals returns the texts in the sources of a folder that say what to do: what hint returns, and what the log gets as fix.
func literals(t *testing.T, dir string) (found []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	must(t, err)
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, 0)
		must(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "hint" {
					ast.Inspect(n, func(n ast.Node) bool {
						if result, ok := n.(*ast.ReturnStmt); ok {
							found = appendTexts(found, result.Results)
						}
						return true
					})
				}
			case *ast.CallExpr:
				for i, arg := range n.Args {
					if name := appendTexts(nil, []ast.Expr{arg}); len(name) == 1 && name[0] == "fix" && i+1 < len(n.Args) {
						found = appendTexts(found, n.Args[i+1:i+2])
					}
				}
			}
			return true
		})
	}
	return found
}

func appendTexts(to []string, expressions []ast.Expr) []string {
	for _, e := range expressions {
		if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == gotoken.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil && text != "" {
				to = append(to, text)
			}
		}
	}
	return to
}

// TestEveryRemedy: docs/operations.md has whatever a message says to do, and the code of every error of the API.
func TestEveryRemedy(t *testing.T) {
	guide := operations(t)
	var fixes []string
	for _, dir := range []string{".", filepath.Join("..", "..", "search", "httpapi"), filepath.Join("..", "..", "search", "httpapi", "querylog"),
		filepath.Join("..", "..", "search", "generation")} {
		fixes = append(fixes, literals(t, dir)...)
	}
	if len(fixes) < 15 {
		t.Fatalf("found only %q", fixes)
	}
	for _, fix := range fixes {
		if !strings.Contains(guide, "\n| "+strings.ReplaceAll(fix, "|", `\|`)+" | ") {
			t.Errorf("docs/operations.md has no row for: %s", fix)
		}
	}
	for code := range catalog.Embedded().Match("en").Errors {
		if !strings.Contains(guide, "`"+code+"`") {
			t.Errorf("docs/operations.md does not name the code %s", code)
		}
	}
}

// TestAlarms: the rules in docs/operations.md can be read, and every metric in them is one.
func TestAlarms(t *testing.T) {
	_, text, _ := strings.Cut(operations(t), "```yaml\n")
	text, _, _ = strings.Cut(text, "```")
	var file struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr, For string
				Annotations      map[string]string
			}
		}
	}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(false)
	must(t, decoder.Decode(&file))
	s := serveSite(t, "--site", indexedSite(t))
	s.total(t, "kafka")
	response, err := http.Get(s.base + "/metrics")
	must(t, err)
	defer response.Body.Close()
	metrics, err := io.ReadAll(response.Body)
	must(t, err)
	if len(file.Groups) != 1 || len(file.Groups[0].Rules) < 5 {
		t.Fatalf("rules: %+v", file)
	}
	name := regexp.MustCompile(`\b(chaja|process|go)_[a-z_]+`)
	for _, rule := range file.Groups[0].Rules {
		if rule.Alert == "" || rule.Annotations["summary"] == "" {
			t.Errorf("%+v has no name or does not say what to do", rule)
		}
		found := name.FindAllString(rule.Expr, -1)
		if len(found) == 0 && !strings.HasPrefix(rule.Expr, "up{") {
			t.Errorf("%s looks at no metric", rule.Alert)
		}
		for _, metric := range found {
			if !regexp.MustCompile(`(?m)^` + metric + `[ {]`).Match(metrics) {
				t.Errorf("%s looks at %s, which there is not", rule.Alert, metric)
			}
		}
	}
}
