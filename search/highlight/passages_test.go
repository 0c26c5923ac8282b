package highlight_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chaja/search/analysis"
	"chaja/search/analysis/korean"
	"chaja/search/compile"
	"chaja/search/query"
	"chaja/search/snippet"
)

// TestPassages: what is left out of a text has nothing to mark. The queries and posts are those of the sample blog and, where the
// folder is there, of ../shared.
func TestPassages(t *testing.T) {
	ko, err := korean.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	analyzer := analysis.New(ko)
	queries, texts := sample(t)
	for _, set := range []string{"korquad-keyword", "ko-questions", "laws-spacing", "en-cacm"} {
		more, bodies := shared(t, set)
		queries, texts = append(queries, more...), append(texts, bodies...)
	}
	looked, all, marks := 0, 0, 0
	for i, text := range queries {
		_, h := compile.Query(query.Parse(text).Tree, analyzer, nil)
		for j := range 4 {
			body := texts[(i*31+j*997)%len(texts)]
			got, want := sorted(h.Spans(body)), sorted(h.AllSpans(body))
			if !slices.Equal(got, want) {
				t.Errorf("%q: %d marks in the words that are looked at, %d in all:\n%s", text, len(got), len(want), missing(body, got, want))
			}
			looked, all, marks = looked+h.LooksAt(body), all+len(body), marks+len(want)
		}
	}
	t.Logf("%d queries, %d marks; analyzed %d of %d bytes", len(queries), marks, looked, all)
	if looked*5 > all || marks < len(queries) {
		t.Errorf("%d of %d bytes were analyzed, for %d marks", looked, all, marks)
	}
}

// TestForms: a word is marked in the forms in which it begins otherwise than its term.
func TestForms(t *testing.T) {
	ko, err := korean.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	analyzer := analysis.New(ko)
	for _, tt := range []struct{ query, text, form string }{
		{"돕다", "서로 도와 주자", "도와"},
		{"빠르다", "더 빨라 보인다", "빨라"},
		{"흐르다", "강이 흘러 간다", "흘러"},
		{"막다", "길을 막고 선다", "막"}, // the term is another verb
		{"흔하다", "그리 흔치 않은 일", "흔치"},
		{"씌어", "벽에 쓰여 있다", "쓰여"},
		{"이제", "우리는 이젠 안다", "이젠"},
		{"얘기", "그런 얘긴 없었다", "얘긴"},
		{"그때", "이미 그땐 늦었다", "그땐"},
		{"xray", "an x‑ray of it", "x‑ray"},
		{"사전", "이 사\x08전을 본다", "사\x08전"},
	} {
		_, h := compile.Query(query.Parse(tt.query).Tree, analyzer, nil)
		got, want := sorted(h.Spans(tt.text)), sorted(h.AllSpans(tt.text))
		if !slices.Equal(got, want) {
			t.Errorf("%s: marks %v of %v", tt.query, got, want)
		}
		at := strings.Index(tt.text, tt.form)
		if !slices.ContainsFunc(want, func(s snippet.Span) bool { return s.Start == at && s.End <= at+len(tt.form) }) {
			t.Errorf("%s: %s is not marked at all", tt.query, tt.form)
		}
	}
}

func sorted(spans []snippet.Span) []snippet.Span {
	slices.SortFunc(spans, func(a, b snippet.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End, a.Term-b.Term) })
	return spans
}

func missing(body string, got, want []snippet.Span) string {
	for _, s := range want {
		if !slices.Contains(got, s) {
			return body[s.Start:s.End]
		}
	}
	return "one too many"
}

// sample returns queries, which are titles, and bodies of the sample blog.
func sample(t *testing.T) (queries, texts []string) {
	t.Helper()
	paths, err := filepath.Glob("../../data/*/*.md")
	more, _ := filepath.Glob("../../data/*/*/*.md")
	if paths = append(paths, more...); err != nil || len(paths) == 0 {
		t.Fatalf("no sample posts: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
		if _, title, ok := strings.Cut(string(text), "title:"); ok {
			title, _, _ = strings.Cut(title, "\n")
			queries = append(queries, strings.Trim(title, " \"'"))
		}
	}
	return queries, texts
}

// shared returns some queries and texts of a set, none where it is not there.
func shared(t *testing.T, set string) (queries, texts []string) {
	t.Helper()
	dir := cmp.Or(os.Getenv("CHAJA_SHARED"), "../../../shared")
	return column(t, filepath.Join(dir, "eval", set, "queries.jsonl"), 50), column(t, filepath.Join(dir, "eval", set, "corpus.jsonl"), 200)
}

// column returns some texts of a file of JSON lines.
func column(t *testing.T, path string, most int) (texts []string) {
	t.Helper()
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() && len(texts) < most {
		var d struct {
			Text string `json:"text"`
		}
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, d.Text)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}
