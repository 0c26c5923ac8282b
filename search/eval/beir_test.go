package eval

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A small collection: q1 has two relevant documents, q2 one, q3 none.
const (
	corpus  = `{"_id":"d1","title":"제목","text":"본문"}` + "\n" + `{"_id":"d2","title":"","text":"body"}` + "\n"
	queries = `{"_id":"q1","text":"첫 질문"}` + "\n" + `{"_id":"q2","text":"second"}` + "\n" + `{"_id":"q3","text":"no judgment"}` + "\n"
	qrels   = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t2\nq2\td2\t1\nq2\td1\t0\nq3\td1\t-1\n"
)

// writeCollection writes a collection and returns its folder. A file whose content is empty is left out.
func writeCollection(t *testing.T, corpus, queries, qrels string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "qrels"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"corpus.jsonl": corpus, "queries.jsonl": queries, "qrels/test.tsv": qrels} {
		if content != "" {
			writeFile(t, filepath.Join(dir, name), content)
		}
	}
	return dir
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestOpen(t *testing.T) {
	tests := []struct {
		name   string
		change func(string) string // of every file
	}{
		{"as it should be", func(s string) string { return s }},
		{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
		{"no line end at the end", func(s string) string { return strings.TrimSuffix(s, "\n") }},
		{"byte order mark", func(s string) string { return byteOrderMark + s }},
		{"empty lines", func(s string) string { return strings.ReplaceAll(s, "\n", "\n \n\n") }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := Open(writeCollection(t, test.change(corpus), test.change(queries), test.change(qrels)))
			if err != nil {
				t.Fatal(err)
			}
			wantQueries := []Doc{{ID: "q1", Text: "첫 질문"}, {ID: "q2", Text: "second"}}
			if diff := cmp.Diff(wantQueries, c.Queries); diff != "" {
				t.Errorf("queries (-want +got)\n%s", diff)
			}
			wantQrels := map[string]map[string]bool{"q1": {"d1": true, "d2": true}, "q2": {"d2": true}}
			if diff := cmp.Diff(wantQrels, c.Qrels); diff != "" {
				t.Errorf("judgments (-want +got)\n%s", diff)
			}
			var docs []Doc
			if err := c.Corpus(func(d Doc) error { docs = append(docs, d); return nil }); err != nil {
				t.Fatal(err)
			}
			wantDocs := []Doc{{"d1", "제목", "본문"}, {"d2", "", "body"}}
			if diff := cmp.Diff(wantDocs, docs); diff != "" {
				t.Errorf("corpus (-want +got)\n%s", diff)
			}
		})
	}
}

func TestQrelsWithoutColumnNames(t *testing.T) {
	c, err := Open(writeCollection(t, corpus, queries, "q1 d1 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]map[string]bool{"q1": {"d1": true}}, c.Qrels); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestLineOfAnyLength(t *testing.T) {
	long := strings.Repeat("가", 1<<20)
	c, err := Open(writeCollection(t, `{"_id":"d1","text":"`+long+`"}`, queries, qrels))
	if err != nil {
		t.Fatal(err)
	}
	err = c.Corpus(func(d Doc) error {
		if d.Text != long {
			t.Errorf("got %d bytes of text, want %d", len(d.Text), len(long))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCollectionErrors(t *testing.T) {
	tests := []struct {
		name                   string
		corpus, queries, qrels string
		want                   string // part of the error
	}{
		{"no judgments", corpus, queries, "", "test.tsv: no such file"},
		{"no queries", corpus, "", qrels, "queries.jsonl: no such file"},
		{"no corpus", "", queries, qrels, "corpus.jsonl: no such file"},
		{"queries not JSON", corpus, queries + "q4 text\n", qrels, "queries.jsonl:4: invalid character"},
		{"queries cut off", corpus, queries + `{"_id":"q4",`, qrels, "queries.jsonl:4: unexpected end"},
		{"corpus not JSON", corpus + "\n{]\n", queries, qrels, "corpus.jsonl:4: invalid character"},
		{"text of another type", `{"_id":"d1","text":["a"]}`, queries, qrels, "corpus.jsonl:1: json: cannot unmarshal array"},
		{"document without ID", corpus + `{"id":"d3","text":"x"}`, queries, qrels, "corpus.jsonl:3: no _id"},
		{"two columns", corpus, queries, qrels + "q2\td1\n", "test.tsv:7: want query, document and grade, got 2 columns"},
		{"four columns", corpus, queries, "q1 0 d1 1\n", "test.tsv:1: want query, document and grade, got 4 columns"},
		{"grade in words", corpus, queries, qrels + "q2\td1\tyes\n", `test.tsv:7: want a whole number for a grade, got "yes"`},
		{"column names on the second line", corpus, queries, "\n" + qrels, `test.tsv:2: want a whole number for a grade, got "score"`},
		{"judgments of other queries", corpus, queries, "x1\td1\t1\n", "no query of queries.jsonl has a relevant document"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := Open(writeCollection(t, test.corpus, test.queries, test.qrels))
			if err == nil {
				err = c.Corpus(func(Doc) error { return nil })
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestCorpusStopsWhenAsked(t *testing.T) {
	c, err := Open(writeCollection(t, corpus, queries, qrels))
	if err != nil {
		t.Fatal(err)
	}
	enough, calls := errors.New("enough"), 0
	err = c.Corpus(func(Doc) error { calls++; return enough })
	if !errors.Is(err, enough) || calls != 1 {
		t.Errorf("got error %v after %d calls, want %v after one", err, calls, enough)
	}
}

// endless is a file without line ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// TestEndlessLine: a line that does not end is given up.
func TestEndlessLine(t *testing.T) {
	if line, err := readLine(bufio.NewReader(endless{})); !errors.Is(err, errLine) || line != nil {
		t.Errorf("readLine = %d bytes, %v", len(line), err)
	}
}

// TestJudgmentsAreBounded: of a file without end no more is read than shows it, in lines or in one line.
func TestJudgmentsAreBounded(t *testing.T) {
	dir := writeCollection(t, corpus, queries, strings.Repeat("q1 d1 1\n", maxJudgments+1))
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "test.tsv:1048577: more than 1048576 relevant documents") {
		t.Errorf("too many judgments: %v", err)
	}
	path := filepath.Join(dir, "qrels", "test.tsv")
	writeFile(t, path, "")
	if err := os.Truncate(path, 1<<40); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, errLine) {
		t.Errorf("a line without end: %v", err)
	}
}
