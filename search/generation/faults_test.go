package generation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"chaja/search"
	"chaja/search/compile"
	"chaja/search/lexicon"
	"chaja/search/query"
)

// tally counts the faults of one kind that were survived: go test -run Faults -v ./search/generation shows them.
type tally struct {
	kind            string
	tried, survived int
}

// stride is how many faults of a kind there are for one that is tried: all are tried where CHAJA_TEST_FAULTS is "all", as
// make faults does.
func stride() int {
	if os.Getenv("CHAJA_TEST_FAULTS") == "all" {
		return 1
	}
	return 5
}

// try counts one fault; survive returns what was not as it should be, nil for nothing.
func (c *tally) try(t *testing.T, what string, survive func() error) {
	t.Helper()
	c.tried++
	if err := survive(); err != nil {
		t.Errorf("%s: %s: %v", c.kind, what, err)
		return
	}
	c.survived++
}

func (c *tally) report(t *testing.T) {
	t.Helper()
	t.Logf("survived %d of %d faults: %s", c.survived, c.tried, c.kind)
}

// blog is what a site has in a revision: posts that change with it, and posts that do not.
func blog(revision string) (docs []search.Document) {
	for i := range 12 {
		docs = append(docs, post(fmt.Sprintf("same%02d", i), "x"))
	}
	return append(docs, post("new-a", revision), post("new-b", revision))
}

func post(id, revision string) search.Document {
	body := strings.Repeat("server latency queue "+id+" ", 30) + "revision" + revision
	return search.Document{ID: id, Title: "post " + id, Body: body, Tags: []string{"tag" + id[:3], "all"}, Hash: id + revision,
		URL: "/" + id, Date: time.Unix(1_700_000_000, 0), Sections: []search.Section{{End: len(body)}}}
}

// index brings the index in dir up to date with docs, as the indexer does: what has another hash is written, in two batches.
func index(ctx context.Context, d disk, dir string, full bool, docs []search.Document) (damage, err error) {
	u, err := begin(dir, engine(), full, d)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, u.Close()) }()
	known, err := u.Hashes(ctx)
	if err != nil {
		return u.Damage(), err
	}
	var changed []search.Document
	for _, doc := range docs {
		if known[doc.ID] != doc.Hash {
			changed = append(changed, doc)
		}
		delete(known, doc.ID)
	}
	var gone []string
	for id := range known {
		gone = append(gone, id)
	}
	half := len(changed) / 2
	for _, batch := range []search.Batch{{Put: changed[:half]}, {Put: changed[half:], Delete: gone}} {
		if len(batch.Put)+len(batch.Delete) > 0 {
			if err := u.Apply(ctx, batch); err != nil {
				return u.Damage(), err
			}
		}
	}
	return u.Damage(), u.Commit(ctx)
}

// asked are queries whose answers together read all files of an index.
var asked = []string{"server", "latency queue", `"queue same03"`, "revision1", "tag:all server", "nothing"}

// answers asks an index, and tells all that it says.
func answers(ctx context.Context, from interface {
	Acquire(context.Context) (search.Snapshot, *lexicon.Lexicon, error)
}) (string, error) {
	s, words, err := from.Acquire(ctx)
	if err != nil {
		return "", err
	}
	defer s.Close()
	questions := []search.Query{{Size: 100, Facets: true}, {Size: 100, Sort: search.Newest}}
	for _, text := range asked {
		match, _ := compile.Query(query.Parse(text).Tree, engine().Analyzer(), nil)
		questions = append(questions, search.Query{Match: match, Size: 100, Facets: true})
	}
	all := []any{words.Words.Complete("se", 10), words.Learned}
	for _, q := range questions {
		found, err := s.Search(ctx, q)
		if err != nil {
			return "", err
		}
		all = append(all, found)
	}
	doc, ok, err := search.Lookup(ctx, s, "same03")
	if err != nil {
		return "", err
	}
	told, err := json.Marshal(append(all, doc, ok))
	return string(told), err
}

// answersIn asks the index in a folder.
func answersIn(dir string) (told string, err error) {
	g, err := Open(dir, engine())
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	return answers(context.Background(), g)
}

// expected are the answers of an index of docs that nothing happened to.
func expected(t *testing.T, docs []search.Document) string {
	t.Helper()
	dir := t.TempDir()
	_, err := index(t.Context(), system{}, dir, true, docs)
	check(t, err)
	told, err := answersIn(dir)
	check(t, err)
	return told
}

// template is an index of a revision, and copied gives each test its own.
func template(t *testing.T, revision string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "template")
	for _, docs := range [][]search.Document{blog("0")[:7], blog("0"), blog(revision)} {
		_, err := index(t.Context(), system{}, dir, false, docs)
		check(t, err)
	}
	return dir
}

func copied(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "index")
	check(t, os.CopyFS(to, os.DirFS(dir)))
	return to
}

// faulty is a disk on which a step fails, and all that follow if it stays so.
type faulty struct {
	system
	err   error
	only  string // the kind of step that counts; any when empty
	at    int
	stays bool

	steps int
	last  string // what failed first
}

func (f *faulty) step(kind, path string) error {
	if f.only != "" && kind != f.only {
		return nil
	}
	f.steps++
	if f.steps < f.at || f.steps > f.at && !f.stays {
		return nil
	}
	if f.last == "" {
		f.last = kind + " " + filepath.Base(path)
	}
	return &fs.PathError{Op: kind, Path: path, Err: f.err}
}

func (f *faulty) open(path string) (io.ReadCloser, error) {
	if err := f.step("open", path); err != nil {
		return nil, err
	}
	r, err := f.system.open(path)
	return &faultyFile{r, nil, f, path}, err
}

func (f *faulty) create(path string) (io.WriteCloser, error) {
	if err := f.step("create", path); err != nil {
		return nil, err
	}
	w, err := f.system.create(path)
	return &faultyFile{nil, w, f, path}, err
}

func (f *faulty) mkdir(path string) error {
	if err := f.step("mkdir", path); err != nil {
		return err
	}
	return f.system.mkdir(path)
}

func (f *faulty) link(from, to string) error {
	if err := f.step("link", to); err != nil {
		return err
	}
	return f.system.link(from, to)
}

func (f *faulty) chmod(path string, mode fs.FileMode) error {
	if err := f.step("chmod", path); err != nil {
		return err
	}
	return f.system.chmod(path, mode)
}

func (f *faulty) rename(from, to string) error {
	if err := f.step("rename", to); err != nil {
		return err
	}
	return f.system.rename(from, to)
}

func (f *faulty) removeAll(path string) error {
	if err := f.step("remove", path); err != nil {
		return err
	}
	return f.system.removeAll(path)
}

func (f *faulty) sync(path string) error {
	if err := f.step("sync", path); err != nil {
		return err
	}
	return f.system.sync(path)
}

// faultyFile writes half of what it should where its step fails.
type faultyFile struct {
	io.ReadCloser
	w    io.WriteCloser
	f    *faulty
	path string
}

func (w *faultyFile) Read(p []byte) (int, error) {
	if err := w.f.step("read", w.path); err != nil {
		return 0, err
	}
	return w.ReadCloser.Read(p)
}

func (w *faultyFile) Write(p []byte) (int, error) {
	if err := w.f.step("write", w.path); err != nil {
		n, _ := w.w.Write(p[:len(p)/2])
		return n, err
	}
	return w.w.Write(p)
}

func (w *faultyFile) Close() error {
	if w.w != nil {
		return w.w.Close()
	}
	return w.ReadCloser.Close()
}

// TestFaultsOfDisk lets every step of an update fail in turn, once or from then on. Afterwards the index is the old one or
// the new one, whole; what fails is told; nothing is left behind that could be removed; and the next update works.
func TestFaultsOfDisk(t *testing.T) {
	from := template(t, "1")
	want := map[string]string{"1": expected(t, blog("1")), "2": expected(t, blog("2")), "3": expected(t, blog("3"))}
	kinds := []struct {
		name string
		disk faulty
	}{
		{"ENOSPC", faulty{err: syscall.ENOSPC}}, {"ENOSPC that stays", faulty{err: syscall.ENOSPC, stays: true}},
		{"EIO", faulty{err: syscall.EIO}}, {"EMFILE", faulty{err: syscall.EMFILE}},
		{"EROFS", faulty{err: syscall.EROFS, stays: true}}, {"failing fsync", faulty{err: syscall.EIO, only: "sync"}},
		{"short write", faulty{err: io.ErrShortWrite, only: "write"}}, {"no hard links", faulty{err: syscall.EPERM, only: "link", stays: true}},
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel() // they wait for the disk
			c := &tally{kind: kind.name}
			for at, done := 1, false; !done; at += stride() {
				d := kind.disk
				d.at = at
				dir := copied(t, from)
				_, err := index(t.Context(), &d, dir, false, blog("2"))
				if done = d.last == ""; done {
					break // the update had no such step
				}
				c.try(t, fmt.Sprintf("step %d, %s", at, d.last), func() error { return survived(dir, &d, err, want) })
			}
			c.report(t)
			if c.tried == 0 {
				t.Error("nothing failed")
			}
		})
	}
}

// survived returns what is wrong with an index after an update to revision 2 that ended with err.
func survived(dir string, d *faulty, err error, want map[string]string) error {
	told, openErr := answersIn(dir)
	switch {
	case openErr != nil:
		return fmt.Errorf("the index is lost: %w", openErr)
	case told != want["1"] && told != want["2"]:
		return errors.New("the index is neither the old one nor the new one")
	case err == nil && told != want["2"]:
		return errors.New("the update says it is done, and the index is the old one")
	case err != nil && !errors.Is(err, d.err) && !errors.Is(err, search.ErrOutdated):
		return fmt.Errorf("the error says something else: %w", err)
	}
	m, manifestErr := ReadManifest(dir)
	if manifestErr != nil {
		return manifestErr
	}
	mayRemove := !d.stays && !strings.HasPrefix(d.last, "remove") && d.last != "sync index"
	if left := strays(dir, m); mayRemove && len(left) > 0 {
		return fmt.Errorf("left behind: %q", left)
	}
	if _, err := index(context.Background(), system{}, dir, false, blog("3")); err != nil {
		return fmt.Errorf("the next update: %w", err)
	}
	if told, err := answersIn(dir); err != nil || told != want["3"] {
		return fmt.Errorf("the next update gives other answers (%w)", err)
	}
	if m, err = ReadManifest(dir); err != nil || len(strays(dir, m)) > 0 {
		return fmt.Errorf("the next update leaves %q behind (%w)", strays(dir, m), err)
	}
	return nil
}

// strays are what is in a folder beside the generation of a manifest.
func strays(dir string, m Manifest) (left []string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !slices.Contains([]string{manifestName, lockName, ignoreName, m.Generation}, e.Name()) {
			left = append(left, e.Name())
		}
	}
	return left
}
