package indexer

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"chaja/indexer/markdown"
	"chaja/indexer/site"
	"chaja/search"

	"github.com/google/go-cmp/cmp"
)

func TestRunDoesOnlyWhatChanged(t *testing.T) {
	dir := newSite(t, "a.md", "하나", "b.md", "둘", "sub/c.md", "셋")
	w := &fakeWriter{}
	o := Options{Site: dir, Jobs: 3}
	wantReport(t, Report{Found: 3, Added: 3}, run1(t, o, w))

	w.batches = nil
	wantReport(t, Report{Found: 3, Unchanged: 3}, run1(t, o, w))
	if len(w.batches) != 0 {
		t.Errorf("a run without changes applied %v", w.batches)
	}

	write(t, dir, "a.md", "하나 더")
	write(t, dir, "d.md", "넷")
	if err := os.Remove(filepath.Join(dir, "b.md")); err != nil {
		t.Fatal(err)
	}
	wantReport(t, Report{Found: 3, Added: 1, Updated: 1, Unchanged: 1, Deleted: 1}, run1(t, o, w))
	if diff := cmp.Diff([]string{"a.md", "d.md", "sub/c.md"}, w.ids()); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if got := w.documents["a.md"].Body; got != "하나 더" {
		t.Errorf("body = %q", got)
	}
}

func TestRunKeepsWhatItCannotRead(t *testing.T) {
	dir := newSite(t, "a.md", "하나", "b.md", "둘", "c.md", "셋", "d.md", "넷")
	w := &fakeWriter{}
	o := Options{Site: dir}
	run1(t, o, w)
	if err := os.Truncate(filepath.Join(dir, "a.md"), site.MaxPost+1); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b.md", "c.md", "d.md"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "c.md")); err != nil {
		t.Fatal(err)
	}
	wantReport(t, Report{Found: 1, Failed: 1, Deleted: 2, Problems: []Problem{
		{FileKind, "a.md", 0, "longer than 8 MiB"},
		{FileKind, "c.md", 0, "a link that cannot be followed: path escapes from parent"},
	}}, run1(t, o, w))
	if diff := cmp.Diff([]string{"a.md", "c.md"}, w.ids()); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
}

func TestRunReportsProblems(t *testing.T) {
	dir := newSite(t, "b.md", "---\ntitle: b\ndate: soon\n--->\n글", "a.md", "글 \xff\n"+strings.Repeat("> ", 200)+"깊다")
	r := run1(t, Options{Site: dir}, &fakeWriter{})
	var got []string
	for _, p := range r.Problems {
		got = append(got, p.String())
	}
	want := []string{
		"a.md:1: bytes that are not UTF-8 were replaced; save the file as UTF-8",
		"a.md:1: lists or quotes too deep; read as plain text",
		`b.md:3: date "soon" is not a date, that of the file name is used if it has one; write it like 2019-08-29 19:59 +0900`,
		"b.md:4: front matter is closed by --->, and read all the same; write ---",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestRunSurvivesHostileFiles(t *testing.T) {
	dir := newSite(t,
		"good.md", "---\ntitle: 성한 글\n---\n본문",
		"empty.md", "",
		"mark.md", "\ufeff",
		"nul.md", strings.Repeat("\x00", 1<<20),
		"returns.md", "# 하나\r\r둘\r",
		"binary.md", "\xff\xfe\x00\xd8\x00\x00\x01",
		"open.md", "---\n"+strings.Repeat("key: value\n", 100_000),
		"closed.md", "---\n"+strings.Repeat("key: value\n", 100_000)+"---\n",
		"word.md", strings.Repeat("가", 1<<20),
		"lines.md", strings.Repeat("\n", 1<<20),
		"code.md", "```\n"+strings.Repeat("f(a[1]*b_c);", 400_000)+"\n```",
		"deep/"+strings.Repeat("d/", 500)+"post.md", "깊다",
		"quotes\"<&>?%#.md", "이름",
	)
	for name, make := range map[string]func(string) error{
		"pipe.md": makePipe,
		"socket.md": func(name string) error {
			l, err := net.ListenUnix("unix", &net.UnixAddr{Name: name})
			if err == nil {
				t.Cleanup(func() { _ = l.Close() })
			}
			return err
		},
		"folder.md": func(name string) error { return os.Mkdir(name, 0o755) },
		"zero.md":   func(name string) error { return os.Symlink("/dev/zero", name) },
		"loop.md":   func(name string) error { return os.Symlink("loop.md", name) },
		"around":    func(name string) error { return os.Symlink(".", name) },
		"large.md": func(name string) error {
			return errors.Join(os.WriteFile(name, nil, 0o644), os.Truncate(name, 1<<40))
		},
	} {
		if err := make(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	w := &fakeWriter{}
	r := run1(t, Options{Site: dir}, w)
	t.Log(r.Problems)
	if r.Found != 14 || r.Failed != 1 || len(w.documents) != 13 {
		t.Errorf("report %+v, documents %q", r, w.ids())
	}
	reported := map[string]bool{}
	for _, p := range r.Problems {
		reported[p.Path] = true
	}
	for _, name := range []string{"pipe.md", "socket.md", "folder.md", "zero.md", "loop.md", "around", "large.md", "open.md", "closed.md"} {
		if !reported[name] {
			t.Errorf("%s is not reported", name)
		}
	}
	if got := w.documents["good.md"]; got.Title != "성한 글" || got.Body != "본문" {
		t.Errorf("good.md = %+v", got)
	}
	if got, want := w.documents["quotes\"<&>?%#.md"].URL, "/quotes%22%3C&%3E%3F%25%23/"; got != want {
		t.Errorf("URL = %s, want %s", got, want)
	}
}

// TestRunWhileWritten: posts that are written, cut, renamed and removed while they are read stop no run, and a run after the
// last change has what is there.
func TestRunWhileWritten(t *testing.T) {
	dir := newSite(t, "good.md", "본문")
	ctx, cancel := context.WithCancel(t.Context())
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			path := filepath.Join(dir, fmt.Sprintf("%d.md", i%5))
			_ = os.WriteFile(path, []byte(strings.Repeat("글 ", i%7*1000)), 0o644)
			_ = os.Truncate(path, int64(i%1000))
			_ = os.Rename(path, filepath.Join(dir, fmt.Sprintf("%d.md", (i+3)%5)))
			if i%11 == 0 {
				_ = os.Remove(filepath.Join(dir, fmt.Sprintf("%d.md", i%5)))
			}
		}
	})
	w := &fakeWriter{}
	for range 100 {
		r := run1(t, Options{Site: dir}, w)
		if w.documents["good.md"].Body != "본문" {
			t.Fatalf("%+v, documents %q", r, w.ids())
		}
	}
	cancel()
	writer.Wait()
	write(t, dir, "0.md", "끝")
	run1(t, Options{Site: dir}, w)
	left, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(left) != len(w.documents) || w.documents["0.md"].Body != "끝" {
		t.Errorf("%q in the site, %q in the index (%v)", left, w.ids(), err)
	}
}

// quarter is a post of nearly a quarter of the weight of a batch.
func quarter() string {
	unit := strings.Repeat("word ", 1000) + "\n\n"
	weight := markdown.Read(unit, markdown.Options{}).Weight + len(unit)
	return strings.Repeat(unit, (maxBatch/4-documentWeight)/weight)
}

func TestRunBoundsBatches(t *testing.T) {
	dir := t.TempDir()
	var names []string
	for i := range 10 {
		names = append(names, fmt.Sprintf("%02d.md", i))
		write(t, dir, names[i], quarter())
	}
	w := &fakeWriter{}
	var progress []int
	run1(t, Options{Site: dir, Jobs: 4, Progress: func(done, total int) { progress = append(progress, done, total) }}, w)
	var order []string
	for _, b := range w.batches {
		if len(b.Put) > 4 {
			t.Errorf("a batch of %d posts of a quarter of its size", len(b.Put))
		}
		for _, d := range b.Put {
			order = append(order, d.ID)
		}
	}
	if diff := cmp.Diff(names, order); diff != "" {
		t.Errorf("order of writing (-want +got):\n%s", diff)
	}
	if len(progress) != 20 || progress[18] != 10 || progress[19] != 10 {
		t.Errorf("progress = %v", progress)
	}
}

func TestRunStopsWithoutAPartialBatch(t *testing.T) {
	dir := t.TempDir()
	for i := range 10 {
		write(t, dir, fmt.Sprintf("%02d.md", i), quarter())
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := &fakeWriter{applied: cancel}
	r, err := Run(ctx, Options{Site: dir}, w)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("Run = %v", err)
	}
	if len(w.batches) != 1 || r.Added != len(w.documents) || r.Added != 4 {
		t.Errorf("%d batches, %d documents, report %+v", len(w.batches), len(w.documents), r)
	}
	w.applied = nil
	wantReport(t, Report{Found: 10, Added: 6, Unchanged: 4}, run1(t, Options{Site: dir}, w))
}

func TestRunErrors(t *testing.T) {
	full := errors.New("disk full")
	for _, tt := range []struct {
		name string
		site string
		want error
	}{
		{"missing folder", filepath.Join(t.TempDir(), "none"), site.ErrNoSite},
		{"empty folder", t.TempDir(), site.ErrNoPosts},
		{"failing index", newSite(t, "a.md", "글"), full},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Run(t.Context(), Options{Site: tt.site}, &fakeWriter{fail: full})
			if !errors.Is(err, tt.want) || strings.Contains(err.Error(), "\n") || r.Added != 0 {
				t.Errorf("Run = %+v, %v; want %v", r, err, tt.want)
			}
		})
	}
}

// TestRunDropsWhatIsNotPublished: a post that becomes a draft leaves the index, and comes back.
func TestRunDropsWhatIsNotPublished(t *testing.T) {
	dir := newSite(t, "a.md", "하나", "b.md", "---\ntitle: 둘\n---\n")
	w := &fakeWriter{}
	o := Options{Site: dir}
	wantReport(t, Report{Found: 2, Added: 2}, run1(t, o, w))

	write(t, dir, "b.md", "---\ntitle: 둘\ndraft: true\n---\n")
	hidden := []Hidden{{Path: "b.md", Reason: "draft: true"}}
	wantReport(t, Report{Found: 2, Unchanged: 1, Deleted: 1, Hidden: hidden}, run1(t, o, w))
	wantReport(t, Report{Found: 2, Unchanged: 1, Hidden: hidden}, run1(t, o, w))

	write(t, dir, "b.md", "---\ntitle: 둘\n---\n")
	wantReport(t, Report{Found: 2, Added: 1, Unchanged: 1}, run1(t, o, w))
}

// TestRunFollowsTheConfiguration: other rules make other documents of the same posts.
func TestRunFollowsTheConfiguration(t *testing.T) {
	dir := newSite(t, "_config.yml", "permalink: pretty\n", "_posts/2019-08-29-a.md", "하나")
	w := &fakeWriter{}
	o := Options{Site: dir}
	wantReport(t, Report{Found: 1, Added: 1}, run1(t, o, w))
	write(t, dir, "_config.yml", "permalink: /:title\n")
	wantReport(t, Report{Found: 1, Updated: 1}, run1(t, o, w))
	if got := w.documents["_posts/2019-08-29-a.md"].URL; got != "/a" {
		t.Errorf("URL = %s", got)
	}
}

// TestRunFollowsTheClock: Jekyll reads dates without a zone by the clock of the machine, whose zone is called Local in
// any country.
func TestRunFollowsTheClock(t *testing.T) {
	old := time.Local
	t.Cleanup(func() { time.Local = old })
	dir := newSite(t, "_config.yml", "title: x\n", "_posts/2019-08-29-a.md", "---\ndate: 2019-08-29 03:00\n---\n하나")
	w := &fakeWriter{}
	for _, hours := range []int{9, -5} {
		time.Local = time.FixedZone("Local", hours*60*60)
		run1(t, Options{Site: dir}, w)
		if _, offset := w.documents["_posts/2019-08-29-a.md"].Date.Zone(); offset != hours*60*60 {
			t.Errorf("at %+d hours the date is %v", hours, w.documents["_posts/2019-08-29-a.md"].Date)
		}
	}
}

// TestRunDropsWhatExpires: time passes, the post stays as it is.
func TestRunDropsWhatExpires(t *testing.T) {
	dir := newSite(t, "hugo.toml", "baseURL = '/'\n", "content/a.md", "---\nexpiryDate: 2000-01-01\n---\n하나")
	w := &fakeWriter{}
	o := Options{Site: dir}
	run1(t, o, w)
	source, err := os.ReadFile(filepath.Join(dir, "content/a.md"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := site.Open(dir, site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	post := site.Post{ID: "content/a.md", Path: "content/a.md"}
	w.documents = map[string]search.Document{post.ID: {ID: post.ID, Hash: hashOf(s.Stamp, post, source)}}
	r := run1(t, o, w)
	if r.Deleted != 1 || len(r.Hidden) != 1 || len(w.documents) != 0 {
		t.Errorf("%+v", r)
	}
}
