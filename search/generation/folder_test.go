package generation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

func bg() context.Context { return context.Background() }

func quietLog() *slog.Logger { return slog.New(slog.DiscardHandler) }

// tree are the files below a folder with their contents.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	check(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir+"/")] = string(content)
		return err
	}))
	return files
}

// TestForeignFolder: nothing is written in, or removed from, a folder that holds what chaja has not made, whatever it is
// called. It is the same with an index beside it.
func TestForeignFolder(t *testing.T) {
	for _, name := range []string{
		"post.md", "gen-ai/post.md", "gen-ai", "gen-introduction/post.md", "gen-introduction", "CURRENT-events.md", "CURRENT-2024",
		"CURRENT-2024/post.md", "lock/post.md", "CURRENT/post.md", "queries.json/post.md", "MANIFEST-000001", "gen-0dlbjkq2w6ix/store/../notes.txt",
	} {
		for _, with := range []string{"alone", "beside an index"} {
			t.Run(name+" "+with, func(t *testing.T) {
				dir := t.TempDir()
				if with != "alone" {
					dir = copied(t, template(t, "1"))
				}
				path := filepath.Join(dir, name)
				if _, err := os.Stat(filepath.Join(dir, strings.Split(name, "/")[0])); err == nil {
					t.Skip("it is there")
				}
				check(t, os.MkdirAll(filepath.Dir(path), 0o755))
				check(t, os.WriteFile(path, []byte("# what people wrote"), 0o644))
				before := tree(t, dir)
				for _, full := range []bool{false, true} {
					_, err := index(t.Context(), system{}, dir, full, blog("2"))
					if !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), filepath.Join(dir, strings.Split(name, "/")[0])) {
						t.Errorf("error %v, want %v with the path", err, ErrForeign)
					}
				}
				if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
					t.Errorf("the folder (-before +after):\n%s", diff)
				}
			})
		}
	}
}

// TestOwnFolder: what chaja itself, or the system, keeps in the folder is no reason to refuse it, and is left alone; what an
// interrupted writer left goes.
func TestOwnFolder(t *testing.T) {
	dir := copied(t, template(t, "1"))
	kept := []string{"queries.json", "queries.json.new", ".gitignore", ".DS_Store", "lost+found/file"}
	gone := []string{"gen-0dlbjkq2w6ix/store/root.bolt", "gen-0dlbjkq2w6iy/" + markName, "gen-0dlbjkq2w6iy/anything", "gen-0dlbjkq2w6iz/CURRENT/", "CURRENT-123"}
	for _, name := range append(slices.Clone(kept), gone...) {
		check(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755))
		if name = strings.TrimSuffix(name, "CURRENT/"); !strings.HasSuffix(name, "/") {
			check(t, os.WriteFile(filepath.Join(dir, name), []byte("{"), 0o644))
		}
	}
	check(t, os.RemoveAll(filepath.Join(dir, "gen-0dlbjkq2w6iz", "CURRENT"))) // an empty folder is left
	_, err := index(t.Context(), system{}, dir, false, blog("1"))
	check(t, err)
	entries, err := os.ReadDir(dir)
	check(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := []string{".DS_Store", ".gitignore", "CURRENT", filepath.Base(generation(t, dir)), "lock", "lost+found", "queries.json", "queries.json.new"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("the folder (-want +got):\n%s", diff)
	}
}

// TestLostMark: the generation in force without its mark is chaja's as long as it holds only what its manifest names. It goes
// when it is replaced, also where the writer is killed in between. A file of others in it stays, and so does the folder.
func TestLostMark(t *testing.T) {
	from := template(t, "1")
	name := filepath.Base(generation(t, from))
	t.Run("replaced", func(t *testing.T) {
		for _, full := range []bool{false, true} {
			dir := copied(t, from)
			check(t, os.Remove(filepath.Join(dir, name, markName)))
			u, err := begin(dir, engine(), full, system{})
			check(t, err)
			if named := u.Damage() != nil && strings.Contains(u.Damage().Error(), name+"/"+markName); named == full { // a full one asks nobody
				t.Errorf("full %t: damage %v", full, u.Damage())
			}
			check(t, u.Apply(t.Context(), search.Batch{Put: blog("2")}))
			if !isGeneration(filepath.Join(dir, name)) {
				t.Error("who is killed now leaves a folder that nobody knows as chaja's")
			}
			check(t, u.Commit(t.Context()))
			check(t, u.Close())
			if left := leftovers(t, dir); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		}
	})
	t.Run("with a file of others", func(t *testing.T) {
		dir := copied(t, from)
		check(t, os.Rename(filepath.Join(dir, name, markName), filepath.Join(dir, name, "post.md")))
		before := tree(t, dir)
		if _, err := index(t.Context(), system{}, dir, true, blog("2")); !errors.Is(err, ErrForeign) {
			t.Errorf("error %v, want %v", err, ErrForeign)
		}
		if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
			t.Errorf("the folder (-before +after):\n%s", diff)
		}
	})
	t.Run("of another manifest", func(t *testing.T) {
		dir := copied(t, from)
		check(t, os.Mkdir(filepath.Join(dir, "gen-0dlbjkq2w6ix"), 0o755))
		check(t, os.WriteFile(filepath.Join(dir, "gen-0dlbjkq2w6ix", "notes"), []byte("what people wrote"), 0o644))
		if _, err := index(t.Context(), system{}, dir, true, blog("2")); !errors.Is(err, ErrForeign) {
			t.Errorf("error %v, want %v", err, ErrForeign)
		}
	})
}

// TestSegmentsAreShared: of an index where one post changed only what is new is written; the rest are links, and the
// generation before is the same for who reads it. Bleve merges small indexes whole, so this one is not small.
func TestSegmentsAreShared(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	var docs []search.Document
	for i := range 5000 {
		docs = append(docs, posts("1", fmt.Sprintf("%05d", i))...)
	}
	commit(t, dir, true, search.Batch{Put: docs})
	before := generation(t, dir)
	infos := map[string]fs.FileInfo{}
	for name := range tree(t, before) {
		info, err := os.Stat(filepath.Join(before, name))
		check(t, err)
		infos[name] = info
	}
	reader, err := Open(dir, engine())
	check(t, err)
	defer reader.Close()
	commit(t, dir, false, search.Batch{Put: posts("2", "00007")})
	var shared, written int64
	after := generation(t, dir)
	for name := range tree(t, after) {
		info, err := os.Stat(filepath.Join(after, name))
		check(t, err)
		same := infos[name] != nil && os.SameFile(info, infos[name])
		switch {
		case same && !engine().IsImmutable(name):
			t.Errorf("%s may change, and is shared", name)
		case same:
			shared += info.Size()
		case engine().IsImmutable(name): // what lists the segments has 64 KB for however few
			written += info.Size()
		}
	}
	t.Logf("%d bytes are shared, %d are written for one post of %d", shared, written, len(docs))
	if shared < 4*written {
		t.Error("much is written anew")
	}
	doc, _, err := search.Lookup(t.Context(), reader.snapshot, "00007")
	check(t, err)
	if doc.Hash != "000071" {
		t.Errorf("who reads the generation before gets %s", doc.Hash)
	}
	if told := hashes(t, dir); len(told) != len(docs) || !slices.Contains(told, "000072") {
		t.Errorf("%d posts are there, or not the new one", len(told))
	}
}
