// Package eval measures how well a search finds what it should: BEIR collections with judged documents, and cases
// that name the post and section a reader expects.
package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Doc is one document of a BEIR corpus, and with only an ID and a text one query.
type Doc struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Collection is a folder in the form of BEIR (Thakur et al., 2021): corpus.jsonl, queries.jsonl, qrels/test.tsv.
type Collection struct {
	dir     string
	Queries []Doc                      // those with at least one relevant document, in the order of the file
	Qrels   map[string]map[string]bool // query -> its relevant documents
}

// Open reads the queries and judgments of the folder dir. No query with a relevant document is an error, as there would
// be nothing to measure. Errors about a line begin with path and line.
func Open(dir string) (*Collection, error) {
	c := &Collection{dir: dir}
	var err error
	if c.Qrels, err = readQrels(filepath.Join(dir, "qrels", "test.tsv")); err != nil {
		return nil, err
	}
	err = readLines(filepath.Join(dir, "queries.jsonl"), func(q Doc) error {
		if len(c.Qrels[q.ID]) > 0 {
			c.Queries = append(c.Queries, q)
		}
		return nil
	})
	if err == nil && len(c.Queries) == 0 {
		err = fmt.Errorf("%s: no query of queries.jsonl has a relevant document in qrels/test.tsv; compare their IDs", dir)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Corpus calls f with every document, one at a time.
func (c *Collection) Corpus(f func(Doc) error) error {
	return readLines(filepath.Join(c.dir, "corpus.jsonl"), f)
}

// byteOrderMark is what some editors put before the first line.
const byteOrderMark = "\uFEFF"

// maxLine bounds a line in bytes: the longest document of any collection of BEIR has a hundredth of it.
const maxLine = 64 << 20

// readLines decodes a file with one JSON object a line.
func readLines(path string, f func(Doc) error) error {
	return eachLine(path, func(n int, line []byte) error {
		if len(bytes.TrimSpace(line)) == 0 {
			return nil
		}
		var d Doc
		err := json.Unmarshal(line, &d)
		switch {
		case err != nil:
		case d.ID == "":
			err = errors.New("no _id; every line needs its own")
		case strings.ContainsAny(d.ID, "\t\r\n"):
			err = fmt.Errorf("_id %q has a tab or the end of a line, so that no judgment can name it; write a blank", d.ID)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		return f(d)
	})
}

// eachLine calls f with every line of a file and its number, one at a time.
func eachLine(path string, f func(n int, line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open collection: %w", err)
	}
	defer file.Close()
	r := bufio.NewReader(file)
	for n := 1; ; n++ {
		line, err := readLine(r)
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%s:%d: read collection: %w", path, n, err)
		}
		if err := f(n, line); err != nil {
			return err
		}
		if err != nil {
			return nil
		}
	}
}

// readLine returns the next line with its end. Of one that is too long no more is read than shows it.
func readLine(r *bufio.Reader) (line []byte, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if line = append(line, part...); !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
		if len(line) > maxLine {
			return nil, errLine
		}
	}
}

// errLine says that a line is too long.
var errLine = fmt.Errorf("line of more than %d MiB; want one document a line", maxLine>>20)

// columns splits a line of judgments: at tabs, as BEIR has them, so that an ID may have blanks; else at blanks.
func columns(line string) []string {
	if strings.Contains(line, "\t") {
		return strings.FieldsFunc(line, func(r rune) bool { return r == '\t' || r == '\r' || r == '\n' })
	}
	return strings.Fields(line)
}

// maxJudgments bounds the judgments that are kept: twice those of the largest collection of BEIR.
const maxJudgments = 1 << 20

// readQrels reads lines of query, document and grade; a grade above 0 is relevant, and a first line of column names is
// skipped.
func readQrels(path string) (map[string]map[string]bool, error) {
	qrels, kept := map[string]map[string]bool{}, 0
	err := eachLine(path, func(n int, line []byte) error {
		fields := columns(string(line))
		if len(fields) == 0 || n == 1 && fields[0] == "query-id" {
			return nil
		}
		if len(fields) != 3 {
			return fmt.Errorf("%s:%d: want query, document and grade, got %d columns", path, n, len(fields))
		}
		grade, err := strconv.Atoi(fields[2])
		if err != nil {
			return fmt.Errorf("%s:%d: want a whole number for a grade, got %q", path, n, fields[2])
		}
		if grade <= 0 {
			return nil
		}
		if kept++; kept > maxJudgments {
			return fmt.Errorf("%s:%d: more than %d relevant documents; want the judgments of a test, not of a training", path, n, maxJudgments)
		}
		if qrels[fields[0]] == nil {
			qrels[fields[0]] = map[string]bool{}
		}
		qrels[fields[0]][fields[1]] = true
		return nil
	})
	return qrels, err
}
