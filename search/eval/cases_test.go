package eval

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadCases(t *testing.T) {
	const plain = "# comment\n\n초당 처리량\n  posts/a.md # 병목을 찾는 순서\nC# or Go\n\tposts/b.md\n"
	want := []Case{
		{Query: "초당 처리량", Post: "posts/a.md", Section: "병목을 찾는 순서", Line: 3},
		{Query: "C# or Go", Post: "posts/b.md", Line: 5},
	}
	tests := []struct {
		name, content string
		want          []Case
	}{
		{"as it should be", plain, want},
		{"CRLF", strings.ReplaceAll(plain, "\n", "\r\n"), want},
		{"no line end at the end", strings.TrimSuffix(plain, "\n"), want},
		{"byte order mark", byteOrderMark + plain, want},
		{"byte order mark before a query", byteOrderMark + "q\n p", []Case{{Query: "q", Post: "p", Line: 1}}},
		{"blanks at the ends of lines", strings.ReplaceAll(plain, "\n", " \t\n"), want},
		{"comment between query and answer", "q\n# why\n  # why, indented\n\n p", []Case{{Query: "q", Post: "p", Line: 1}}},
		{"heading with a hash", "q\n p # C # and F#", []Case{{Query: "q", Post: "p", Section: "C # and F#", Line: 1}}},
		{"hash without blanks is part of the name", "q\n a#b.md", []Case{{Query: "q", Post: "a#b.md", Line: 1}}},
		{"answer in NFD is NFC", "q\n \u1100\u1161.md # \u1102\u1161", []Case{{Query: "q", Post: "가.md", Section: "나", Line: 1}}},
		{"query stays as typed", "\u1100\u1161  \"b\"\n p", []Case{{Query: "\u1100\u1161  \"b\"", Post: "p", Line: 1}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "cases.txt")
			writeFile(t, path, test.content)
			got, err := ReadCases(path)
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				if got[i].Path != path {
					t.Errorf("case %d is of %q, want %q", i, got[i].Path, path)
				}
				got[i].Path = ""
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestReadCasesErrors(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"empty", "", ":1: no case; write a query"},
		{"only comments", "# a\n\n# b\n", ":1: no case; write a query"},
		{"answer first", "# a\n  posts/a.md\n", ":2: an answer without a query; write the query above"},
		{"no answer at the end", "q\n p\nq2\n\n", `:3: write the post that answers "q2" below it`},
		{"no answer in between", "q\nq2\n p\n", `:2: the query above has no answer: write the post that answers "q"`},
		{"two answers", "q\n p\n p2\n", ":3: a second answer"},
		{"the same query twice", "q\n p\n\nq \n p2\n", ":4: line 1 asks the same"},
		{"not UTF-8", "q\n p\n\xb0\xcb\xbb\xf6\n p\n", ":3: not UTF-8; save the file as UTF-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "cases.txt")
			writeFile(t, path, test.content)
			cases, err := ReadCases(path)
			if err == nil || !strings.HasPrefix(err.Error(), path+test.want) {
				t.Errorf("got %d cases and error %v, want one that begins with %q", len(cases), err, path+test.want)
			}
		})
	}
	if _, err := ReadCases(filepath.Join(t.TempDir(), "none.txt")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: got error %v, want one that wraps fs.ErrNotExist", err)
	}
}
