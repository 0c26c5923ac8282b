package site

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"

	"github.com/google/go-cmp/cmp"
)

func TestList(t *testing.T) {
	for _, tt := range []struct {
		name  string
		taken bool
	}{
		{"a.md", true},
		{"content/posts/2019-08-29-글.md", true},
		{"deep/er/글.MARKDOWN", true},
		{"docs/README.md", true},
		{"content/themes/a.md", true},
		{"_posts/a.b.md", true},
		{"a.txt", false},
		{"md", false},
		{"README.md", false},
		{"Code_of_Conduct.md", false},
		{"AGENTS.md", false},
		{"agents.md", true},
		{".hidden.md", false},
		{".chaja/a.md", false},
		{"a/node_modules/b/c.md", false},
		{"a/_includes/b.md", false},
		{"_drafts/b.md", false},
		{"scaffolds/post.md", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := list(fstest.MapFS{tt.name: {}}, PlainRules())
			if taken := len(l.Posts) == 1; taken != tt.taken || len(l.Skipped) > 0 {
				t.Errorf("%+v; want taken %v", l, tt.taken)
			}
		})
	}
}

func TestListKeepsOneOfUnicodeTwins(t *testing.T) {
	nfc, nfd := "글/역색인.md", norm.NFD.String("글/역색인.md")
	l := list(fstest.MapFS{nfc: {}, nfd: {}}, PlainRules())
	if diff := cmp.Diff([]Post{{nfc, nfc}}, l.Posts); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	if len(l.Skipped) != 1 || l.Skipped[0].Path != nfc {
		t.Errorf("skipped = %v", l.Skipped)
	}
}

// brokenFS fails to read one folder.
type brokenFS struct{ fstest.MapFS }

func (b brokenFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "broken" {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.ReadDir(name)
}

func TestListGoesOnAfterAnUnreadableFolder(t *testing.T) {
	l := list(brokenFS{fstest.MapFS{"a.md": {}, "broken/b.md": {}, "c.md": {}}}, PlainRules())
	if diff := cmp.Diff([]Post{{"a.md", "a.md"}, {"c.md", "c.md"}}, l.Posts); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Skipped{{"broken", "permission denied", true}}, l.Skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

// TestListLeavesWhatIsNoFile: a device may do something when it is opened, so it is not.
func TestListLeavesWhatIsNoFile(t *testing.T) {
	l := list(fstest.MapFS{
		"a.md": {}, "device.md": {Mode: fs.ModeDevice}, "terminal.md": {Mode: fs.ModeDevice | fs.ModeCharDevice}, "socket.md": {Mode: fs.ModeSocket},
	}, PlainRules())
	var left []string
	for _, s := range l.Skipped {
		left = append(left, s.Path+": "+s.Reason)
	}
	want := []string{"device.md: not a regular file", "socket.md: not a regular file", "terminal.md: not a regular file"}
	if diff := cmp.Diff(want, left); diff != "" || len(l.Posts) != 1 {
		t.Errorf("posts %v, skipped (-want +got):\n%s", l.Posts, diff)
	}
}

// oddSite has two good posts among files that must not be read. Beside it lies secret.md.
func oddSite(t *testing.T) string {
	t.Helper()
	outside := t.TempDir()
	dir := filepath.Join(outside, "site")
	write(t, filepath.Join(dir, "good.md"), "글")
	write(t, filepath.Join(dir, "sub/other.md"), "글")
	write(t, filepath.Join(outside, "secret.md"), "비밀")
	big, err := os.Create(filepath.Join(dir, "big.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer big.Close()
	for _, err := range []error{
		big.Truncate(1 << 30),
		os.Mkdir(filepath.Join(dir, "folder.md"), 0o755),
		makePipe(filepath.Join(dir, "pipe.md")),
		os.Symlink("good.md", filepath.Join(dir, "link.md")),
		os.Symlink("/dev/zero", filepath.Join(dir, "zero.md")),
		os.Symlink(filepath.Join(outside, "secret.md"), filepath.Join(dir, "secret.md")),
		os.Symlink("loop.md", filepath.Join(dir, "loop.md")),
		os.Symlink("nowhere", filepath.Join(dir, "broken.md")),
		os.Symlink("nowhere", filepath.Join(dir, "broken.txt")),
		os.Symlink("..", filepath.Join(dir, "sub/up")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestPostsOfOddFiles(t *testing.T) {
	dir := oddSite(t)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l, err := s.Posts()
	if err != nil {
		t.Fatal(err)
	}
	var taken, left []string
	for _, p := range l.Posts {
		taken = append(taken, p.ID)
	}
	for _, k := range l.Skipped {
		left = append(left, k.Path)
	}
	if diff := cmp.Diff([]string{"big.md", "good.md", "link.md", "sub/other.md"}, taken); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	want := []string{"broken.md", "folder.md", "loop.md", "pipe.md", "secret.md", "sub/up", "zero.md"}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	for _, tt := range []struct{ path, want string }{
		{"good.md", ""},
		{"link.md", ""},
		{"big.md", "longer than 8 MiB"},
		{"pipe.md", "not a regular file"},
		{"secret.md", "path escapes from parent"},
		{"../secret.md", "path escapes from parent"},
		{"gone.md", "no such file"},
	} {
		_, err := s.Read(Post{tt.path, tt.path}, func(int64) error { return nil })
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Read(%s) = %v, want %q", tt.path, err, tt.want)
		}
	}
}

func TestNameThatIsNotUTF8(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "\xb1\xdb.md"), "글")
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l, err := s.Posts()
	if err != nil || len(l.Posts) != 1 || len(l.Skipped) != 0 || l.Posts[0].ID != "\ufffd.md" {
		t.Fatalf("Posts = %+v, %v", l, err)
	}
	if content, err := s.Read(l.Posts[0], func(int64) error { return nil }); err != nil || string(content) != "글" {
		t.Errorf("Read = %q, %v", content, err)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), "")
	for _, name := range []string{"missing", "file"} {
		_, err := Open(filepath.Join(dir, name), Options{})
		if !errors.Is(err, ErrNoSite) || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "--site") {
			t.Errorf("Open(%s) = %v", name, err)
		}
	}
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Posts(); !errors.Is(err, ErrNoPosts) || !strings.Contains(err.Error(), dir) {
		t.Errorf("Posts of a folder without posts: %v", err)
	}
}

func TestURLAndName(t *testing.T) {
	for _, tt := range []struct{ id, url, date, name string }{
		{"content/posts/2019-08-29-if_kakao_2019_day1.md", "/2019/08/if_kakao_2019_day1/", "2019-08-29", "if_kakao_2019_day1"},
		{"_posts/2013-10-3-a.md", "/2013/10/a/", "2013-10-3", "a"},
		{"content/posts/2024-10-25-Stable Diffusion_100%.md", "/2024/10/Stable%20Diffusion_100%25/", "2024-10-25", "Stable Diffusion_100%"},
		{"content/ko/docs/한글.md", "/ko/docs/%ED%95%9C%EA%B8%80/", "", "한글"},
		{"content/docs/_index.md", "/docs/", "", "docs"},
		{"contents/posts/unicode/what/index.md", "/posts/unicode/what/", "", "what"},
		{"posts/2020/06/a.b.md", "/2020/06/a.b/", "", "a.b"},
		{"source/_posts/a.md", "/a/", "", "a"},
		{"source/about/index.md", "/about/", "", "about"},
		{"index.md", "/", "", "index"},
		{"a?b#c.md", "/a%3Fb%23c/", "", "a?b#c"},
		{"posts/2020-01-01.md", "/2020-01-01/", "", "2020-01-01"},
	} {
		t.Run(tt.id, func(t *testing.T) {
			if got := URL(tt.id); got != tt.url {
				t.Errorf("URL = %q, want %q", got, tt.url)
			}
			if date, name := Name(tt.id); date != tt.date || name != tt.name {
				t.Errorf("Name = %q, %q; want %q, %q", date, name, tt.date, tt.name)
			}
		})
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestListSaysWhatItLeavesOut(t *testing.T) {
	l := list(fstest.MapFS{"a.md": {}, "README.md": {}, "public/b.md": {}, "_drafts/c.md": {}, ".git/d.md": {}, "security.md": {}}, PlainRules())
	if diff := cmp.Diff([]string{"README.md", "public/"}, l.LeftOut); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	if len(l.Posts) != 2 {
		t.Errorf("posts = %v", l.Posts)
	}
}
