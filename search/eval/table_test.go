package eval_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"chaja/search"
	"chaja/search/service"
)

// TestTyped: the ways in which people type, and what they find. One row alone:
//
//	go test ./search/eval -run 'TestTyped/2_spacing/search_카카오_뱅크$'
func TestTyped(t *testing.T) { runTable(t, filepath.Join(sampleSite, "eval", "typed.txt")) }

// TestDemands: what users of Korean search ask for, by the numbers of docs/demands.md.
func TestDemands(t *testing.T) { runTable(t, demandsTable) }

const demandsTable = "testdata/demands.txt"

// runTable runs a table, each group on the sample site or on one of its own posts. A row with a leading "!" is known to
// fail: the test fails when it passes, so that the mark goes with what it marks.
func runTable(t *testing.T, path string) {
	analyzer := newAnalyzer(t)
	sample := openSite(t, analyzer, sampleSite)
	for _, g := range readTable(t, path) {
		t.Run(g.name, func(t *testing.T) {
			service := sample
			if len(g.posts) > 0 {
				service = openSite(t, analyzer, g.site(t))
			}
			for _, row := range g.rows {
				t.Run(row.line, func(t *testing.T) {
					got := row.ask(t, service)
					wrong := row.compare(got)
					switch {
					case row.fails && len(wrong) == 0:
						t.Errorf("%s:%d: it passes; take the ! away", path, row.number)
					case row.fails:
						t.Logf("known failure: %s", strings.Join(wrong, "; "))
					case len(wrong) > 0:
						t.Errorf("%s:%d: %s\n%s", path, row.number, strings.Join(wrong, "; "), strings.Join(got["found"], "\n"))
					}
				})
			}
		})
	}
}

// group is the rows under one heading of a table.
type group struct {
	name  string
	posts []string // of a site of its own; none for the sample site
	rows  []tableRow
}

// site writes the posts as files 1.md, 2.md and so on.
func (g group) site(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, post := range g.posts {
		path := filepath.Join(dir, strconv.Itoa(i+1)+".md")
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(post, `\n`, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// tableRow is what one person types, and what is expected: lines "key: value". The head of typed.txt says which.
type tableRow struct {
	number int    // of the line in the file
	line   string // search or suggest, flags, what is typed
	fails  bool
	wants  [][2]string
}

func readTable(t *testing.T, path string) (groups []group) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{} // in its group
	for i, line := range strings.Split(string(data), "\n") {
		text := strings.TrimSpace(line)
		name, isGroup := strings.CutPrefix(line, "= ")
		post, isPost := strings.CutPrefix(line, "post ")
		switch last := len(groups) - 1; {
		case text == "" || line[0] == '#':
		case isGroup:
			groups = append(groups, group{name: name})
			clear(seen)
		case last < 0:
			t.Fatalf("%s:%d: a row before the first group", path, i+1)
		case isPost:
			groups[last].posts = append(groups[last].posts, post)
		case line[0] != ' ':
			row, fails := strings.CutPrefix(line, "! ")
			if seen[row] {
				t.Fatalf("%s:%d: the same row twice", path, i+1)
			}
			seen[row] = true
			groups[last].rows = append(groups[last].rows, tableRow{number: i + 1, line: row, fails: fails})
		default:
			key, value, ok := strings.Cut(text, ": ")
			rows := groups[last].rows
			if !ok || len(rows) == 0 {
				t.Fatalf("%s:%d: want a row, then lines of key: value", path, i+1)
			}
			rows[len(rows)-1].wants = append(rows[len(rows)-1].wants, [2]string{key, norm.NFC.String(value)})
		}
	}
	return groups
}

// answer is what was found, in the words of the table: for each key all values it has.
type answer map[string][]string

func (r tableRow) ask(t *testing.T, service *service.Service) answer {
	t.Helper()
	command, typed, _ := strings.Cut(r.line, " ")
	if command == "suggest" {
		result, err := service.Suggest(t.Context(), typed, search.DefaultSuggestions)
		if err != nil {
			t.Fatal(err)
		}
		return completions(result)
	}
	request := search.Request{Explain: true}
	typed, request.Prefix = strings.CutPrefix(typed, "--prefix ")
	if after, ok := strings.CutPrefix(typed, "--sort newest "); ok {
		typed, request.Sort = after, search.Newest
	}
	words, literal := strings.CutPrefix(typed, "-- ")
	if command != "search" || !literal && strings.HasPrefix(typed, "--") {
		t.Fatalf("%q: want search [--prefix] [--sort newest] [--] WORDS, or suggest WORDS", r.line)
	}
	request.Query = words
	return hits(ask(t, service, request))
}

func completions(result search.Suggestions) answer {
	a := answer{"posts": numbers(len(result.Suggestions))}
	for _, c := range result.Suggestions {
		a["found"] = append(a["found"], string(c.Kind)+" "+c.Text)
		a["shows"] = append(a["shows"], c.TextHTML)
	}
	return a
}

func hits(result search.Result) answer {
	a := answer{"posts": numbers(result.Total), "full": numbers(result.Full), "notice": {result.Warning}}
	if s := result.Suggestion; s != nil {
		a[map[bool]string{true: "instead", false: "maybe"}[s.Applied]] = []string{fmt.Sprintf("%s %s", s.Reason, s.Query)}
	}
	for _, f := range result.Facets.Tags {
		a["facet"] = append(a["facet"], fmt.Sprintf("%s %d", f.Value, f.Count))
	}
	for i, h := range result.Hits {
		found := h.ID
		if len(h.Sections) > 0 {
			found += " # " + h.Sections[0].Heading
		}
		a["found"] = append(a["found"], found)
		if i > 0 {
			continue
		}
		a["lacks"] = []string{strings.Join(h.Missing, ", ")}
		a["shows"] = []string{h.TitleHTML, h.ExcerptHTML}
		for _, s := range h.Sections {
			a["shows"] = append(a["shows"], s.HeadingHTML, s.ExcerptHTML)
		}
		for _, w := range h.Why {
			a["why"] = append(a["why"], w.Text)
		}
	}
	return a
}

// numbers says how many there are, and whether there are some.
func numbers(n int) []string {
	if n == 0 {
		return []string{"0"}
	}
	return []string{strconv.Itoa(n), "some"}
}

// compare returns what is not as wanted. A suggestion that no line speaks of is not wanted either.
func (r tableRow) compare(got answer) (wrong []string) {
	spoken := map[string]bool{}
	for _, want := range r.wants {
		spoken[want[0]] = true
		if !got.fulfils(want[0], want[1]) {
			wrong = append(wrong, fmt.Sprintf("want %s: %s, got %q", want[0], want[1], got.about(want[0])))
		}
	}
	for _, key := range []string{"instead", "maybe"} {
		if !spoken[key] && len(got[key]) > 0 {
			wrong = append(wrong, fmt.Sprintf("got %s: %s", key, got[key][0]))
		}
	}
	if len(r.wants) == 0 {
		wrong = append(wrong, "nothing is expected")
	}
	return wrong
}

func (a answer) fulfils(key, want string) bool {
	is := func(found string) bool {
		post, _, _ := strings.Cut(found, " # ")
		return found == want || post == want
	}
	switch key {
	case "first":
		return len(a["found"]) > 0 && is(a["found"][0])
	case "also":
		return slices.ContainsFunc(a["found"], is)
	case "not":
		return !slices.ContainsFunc(a["found"], is)
	case "shows", "notice":
		return slices.ContainsFunc(a[key], func(s string) bool { return strings.Contains(s, want) })
	}
	return slices.Contains(a[key], want)
}

// about is what the answer has to say on a key, shortened.
func (a answer) about(key string) []string {
	switch key {
	case "first", "also", "not":
		key = "found"
	}
	return a[key][:min(4, len(a[key]))]
}
