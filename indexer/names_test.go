package indexer

import (
	"strings"
	"testing"

	"chaja/indexer/site"
)

// TestNamesOfNotes: a note of a vault is found by its aliases, and its sections and code stay what they are.
func TestNamesOfNotes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, ".obsidian/app.json", "{}")
	write(t, dir, "a.md", "---\naliases: [쓰레기 수집, GC]\n---\n# 제목\n\n글\n\n```\n코드\n```\n")
	write(t, dir, "b.md", "---\r\nalias: 덤프\r\n---\r\n글\r\n")
	write(t, dir, "c.md", "---\naliases: 숨은 이름\npassword: x\n---\n글\n")
	w := &fakeWriter{}
	run1(t, Options{Site: dir, As: site.Options{}}, w)
	a := w.documents["a.md"]
	checkDocument(t, "a.md", a)
	if !strings.HasPrefix(a.Body, "쓰레기 수집, GC\n") || len(a.Sections) != 2 || a.Sections[1].Heading != "제목" {
		t.Errorf("a.md: %q, %+v", a.Body, a.Sections)
	}
	if code := a.Body[a.Code[0].Start:a.Code[0].End]; strings.TrimSpace(code) != "코드" {
		t.Errorf("code %q", code)
	}
	if b := w.documents["b.md"]; b.Body[:len("덤프\n글")] != "덤프\n글" {
		t.Errorf("b.md: %q", b.Body)
	}
	if c := w.documents["c.md"]; strings.Contains(c.Body, "숨은") {
		t.Errorf("c.md: %q", c.Body)
	}
}
