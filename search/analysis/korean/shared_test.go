package korean

import (
	"bufio"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	ko "github.com/ikawaha/kagome-dict-ko"
	"github.com/ikawaha/kagome/v2/tokenizer"
)

// open returns an analyzer with the user words given, one a line.
func open(t testing.TB, words string) *Analyzer {
	t.Helper()
	user, err := ReadUserWords(strings.NewReader(words), "words.txt")
	if err != nil {
		t.Fatal(err)
	}
	a, err := Open(user)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// openBare returns an analyzer that does what kagome does: an eojeol is a text of its own, and no loanwords are offered.
func openBare(t testing.TB) *Analyzer {
	t.Helper()
	a := open(t, "")
	d := *a.dict
	d.Before = nil
	for left := range d.Lefts {
		d.Before = append(d.Before, d.Row(uint16(left))[0]) // after the edge, column 0
	}
	d.After = d.Row(0)[:d.Rights] // before the edge, row 0
	a.dict = &d
	a.bare = true
	return a
}

// openKagome loads the reference, which takes two seconds, once.
var openKagome = sync.OnceValues(func() (*tokenizer.Tokenizer, error) {
	return tokenizer.New(ko.Dict(), tokenizer.OmitBosEos())
})

func kagome(t testing.TB) *tokenizer.Tokenizer {
	t.Helper()
	k, err := openKagome()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// shared returns a path in the folder of evaluation data, and skips the test where there is none, and in the short run.
func shared(t testing.TB, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("much text, read by one goroutine")
	}
	dir := os.Getenv("CHAJA_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no evaluation data: %v (set CHAJA_SHARED)", err)
	}
	return path
}

// full reports whether to go over all data instead of a sample.
func full() bool { return os.Getenv("CHAJA_FULL") != "" }

var hangulRun = regexp.MustCompile(`[가-힣]+`)

// eachDocument calls visit with each text of a BEIR file, title and all.
func eachDocument(t testing.TB, r io.Reader, visit func(text string)) {
	t.Helper()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var doc struct{ Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		visit(doc.Title + "\n" + doc.Text)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// sentencesOf returns all texts of a BEIR file in the folder of evaluation data.
func sentencesOf(t testing.TB, name string) []string {
	t.Helper()
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	eachDocument(t, f, func(text string) { out = append(out, text) })
	return out
}

// posts returns the Markdown files of the blogs.
func posts(t testing.TB) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(shared(t, "posts"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !slices.Contains([]string{".md", ".markdown"}, filepath.Ext(path)) {
			return err
		}
		b, err := os.ReadFile(path)
		out = append(out, string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// eojeolsOf returns all runs of Hangul in texts.
func eojeolsOf(texts []string) []string {
	var out []string
	for _, text := range texts {
		out = append(out, hangulRun.FindAllString(text, -1)...)
	}
	return out
}

func size(words []string) (bytes int64) {
	for _, w := range words {
		bytes += int64(len(w))
	}
	return bytes
}
