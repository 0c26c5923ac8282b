package indexer

import (
	"slices"
	"strings"
	"testing"
)

// TestIncludedFiles: a post is read again when a file changes that it puts into its text, and problems name its own lines.
func TestIncludedFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "book.toml", "")
	write(t, dir, "src/a.md", "# 글\n\n{{#include ../code.txt}}\n\n{{#include gone.txt}}\n")
	write(t, dir, "code.txt", "하나\n\n둘\n\n셋\n")
	w := &fakeWriter{}
	o := Options{Site: dir}
	report := run1(t, o, w)
	if !slices.Equal(report.Includes, []string{"code.txt", "src/gone.txt"}) {
		t.Errorf("includes = %q", report.Includes)
	}
	if len(report.Problems) != 1 || report.Problems[0].Line != 5 || !strings.Contains(report.Problems[0].Message, "includes src/gone.txt: ") {
		t.Errorf("problems = %v; want one in line 5", report.Problems)
	}
	if body := w.documents["src/a.md"].Body; body != "하나\n둘\n셋\n" && body != "하나\n둘\n셋" {
		t.Errorf("body = %q", body)
	}
	if again := run1(t, o, w); again.Unchanged != 1 {
		t.Errorf("nothing changed: %+v", again)
	}
	write(t, dir, "code.txt", "넷\n")
	if again := run1(t, o, w); again.Updated != 1 || !strings.HasPrefix(w.documents["src/a.md"].Body, "넷") {
		t.Errorf("the file changed: %+v, %q", again, w.documents["src/a.md"].Body)
	}
}
