package indexer

import (
	"strings"
	"testing"
)

// TestNamesOfNotes: a note of a vault is found by its aliases, and its sections and code stay what they are.
func TestNamesOfNotes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, ".obsidian/app.json", "{}")
	write(t, dir, "a.md", "---\naliases: [쓰레기 수집, GC]\n---\n# 제목\n\n글\n\n```\n코드\n```\n")
	write(t, dir, "b.md", "---\r\nalias: 덤프\r\n---\r\n글\r\n")
	write(t, dir, "c.md", "---\naliases: 숨은 이름\npassword: x\n---\n글\n")
	w := &fakeWriter{}
	run1(t, Options{Site: dir}, w)
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

// TestHomePage: a home page shows texts of its front matter, and is called by its hero or by its site.
func TestHomePage(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, ".vitepress/config.js", "export default { title: '누리집', locales: { root: {}, en: { title: 'Site' } } }")
	write(t, dir, "a.md", "---\nlayout: home\nhero:\n  name: 이름\n  text: 큰 <b>글</b>\n  actions:\n  - text: 시작\nfeatures:\n- title: 하나\n  details: 하나의 글\n---\n## 절\n\n끝\n")
	write(t, dir, "b.md", "---\nlayout: home\n---\n")
	write(t, dir, "en/index.md", "---\nlayout: home\nhero:\n  text: Words\n---\n")
	write(t, dir, "en/c.md", "---\nlayout: home\ntitle: Own\nhero:\n  name: x\n---\n")
	write(t, dir, "en/d.md", "---\nhero:\n  name: x\n---\nText")
	w := &fakeWriter{}
	run1(t, Options{Site: dir}, w)
	for id, want := range map[string][2]string{
		"a.md": {"이름", "이름\n큰 글\n시작\n하나\n하나의 글\n끝"}, "b.md": {"누리집", ""}, "en/index.md": {"Words", "Words\n"},
		"en/c.md": {"Own", "x\n"}, "en/d.md": {"d", "Text"},
	} {
		d := w.documents[id]
		checkDocument(t, id, d)
		if d.Title != want[0] || strings.TrimSpace(d.Body) != strings.TrimSpace(want[1]) {
			t.Errorf("%s: %q, %q; want %q, %q", id, d.Title, d.Body, want[0], want[1])
		}
	}
}
