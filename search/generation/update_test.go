package generation

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex"
	"chaja/search/lexicon"
)

// noKorean stands for a Korean analyzer where posts are English; its text is its version.
type noKorean string

func (noKorean) Morphemes(dst []analysis.Morph, _ string) []analysis.Morph {
	return dst
}
func (noKorean) Scripts() []analysis.Script { return []analysis.Script{analysis.Hangul, analysis.Han} }
func (noKorean) IsInflected(string) bool    { return false }
func (noKorean) IsPredicate(string) bool    { return false }
func (noKorean) IsWord(string) bool         { return false }
func (noKorean) IsName(string) bool         { return false }
func (noKorean) IsSuffix(string) bool       { return false }
func (noKorean) IsPlural(string) bool       { return false }
func (v noKorean) Version() string          { return string(v) }

func engine() Engine { return bleveindex.NewEngine(analysis.New(noKorean("none"))) }

// posts makes documents of IDs; the hash of each is its ID and revision.
func posts(revision string, ids ...string) (docs []search.Document) {
	for _, id := range ids {
		body := "post " + id + " " + revision
		docs = append(docs, search.Document{ID: id, Title: id, Body: body, Hash: id + revision,
			Sections: []search.Section{{End: len(body)}}})
	}
	return docs
}

// commit writes one generation.
func commit(t *testing.T, dir string, full bool, batches ...search.Batch) {
	t.Helper()
	u, err := Begin(dir, engine(), full)
	check(t, err)
	for _, b := range batches {
		check(t, u.Apply(t.Context(), b))
	}
	check(t, u.Commit(t.Context()))
	check(t, u.Close())
}

// now returns all documents of the state in force.
func now(t *testing.T, from interface {
	Acquire(context.Context) (search.Snapshot, *lexicon.Lexicon, error)
}) (search.Matches, error) {
	s, _, err := from.Acquire(t.Context())
	if err != nil {
		return search.Matches{}, err
	}
	defer s.Close()
	return search.Ask(t.Context(), s, search.Query{Size: 10})
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// hashes returns the hashes of the generation in force, in order.
func hashes(t *testing.T, dir string) []string {
	t.Helper()
	x, err := Open(dir, engine())
	check(t, err)
	defer x.Close()
	stored, err := x.index.Hashes(t.Context())
	check(t, err)
	return slices.Sorted(maps.Values(stored))
}

func TestUpdate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "index")
	steps := []struct {
		name    string
		full    bool
		batches []search.Batch
		want    []string
	}{
		{"nothing makes an empty index", false, nil, nil},
		{"first documents", false, []search.Batch{{Put: posts("1", "a", "b")}, {Put: posts("1", "c")}}, []string{"a1", "b1", "c1"}},
		{"the rest stays", false, []search.Batch{{Put: posts("2", "b")}, {Delete: []string{"c", "unknown"}}}, []string{"a1", "b2"}},
		{"nothing changes nothing", false, nil, []string{"a1", "b2"}},
		{"full begins with none", true, []search.Batch{{Put: posts("3", "d")}}, []string{"d3"}},
		{"full with nothing empties", true, nil, nil},
	}
	for _, step := range steps {
		commit(t, dir, step.full, step.batches...)
		if diff := cmp.Diff(step.want, hashes(t, dir)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
		if left := leftovers(t, dir); len(left) > 0 {
			t.Errorf("%s leaves %q", step.name, left)
		}
	}
}

// leftovers are the files of an index folder that are not of the generation in force.
func leftovers(t *testing.T, dir string) (left []string) {
	t.Helper()
	m, err := ReadManifest(dir)
	check(t, err)
	entries, err := os.ReadDir(dir)
	check(t, err)
	for _, e := range entries {
		if e.Name() != manifestName && e.Name() != lockName && e.Name() != ignoreName && e.Name() != m.Generation {
			left = append(left, e.Name())
		}
	}
	return left
}

// TestUpdateDiscarded: what is not committed never was.
func TestUpdateDiscarded(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	u, err := Begin(dir, engine(), false)
	check(t, err)
	check(t, u.Apply(t.Context(), search.Batch{Put: posts("2", "a", "b")}))
	inside, err := u.Hashes(t.Context())
	check(t, err)
	if diff := cmp.Diff(map[string]string{"a": "a2", "b": "b2"}, inside); diff != "" {
		t.Errorf("seen by the update (-want +got):\n%s", diff)
	}
	if got := hashes(t, dir); !slices.Equal(got, []string{"a1"}) {
		t.Errorf("seen by a reader: %q", got)
	}
	check(t, u.Close())
	if got := hashes(t, dir); !slices.Equal(got, []string{"a1"}) {
		t.Errorf("after the end: %q", got)
	}
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestCommitInterrupted: a commit that is interrupted leaves the old generation in force, and nothing of its own.
func TestCommitInterrupted(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	u, err := Begin(dir, engine(), false)
	check(t, err)
	check(t, u.Apply(t.Context(), search.Batch{Put: posts("2", "a", "b")}))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := u.Commit(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	check(t, u.Close())
	if got := hashes(t, dir); !slices.Equal(got, []string{"a1"}) {
		t.Errorf("in force: %q", got)
	}
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestUpdateUnderReaders: who has opened a generation keeps it, though its files are removed.
func TestUpdateUnderReaders(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	x, err := Open(dir, engine())
	check(t, err)
	defer x.Close()
	commit(t, dir, false, search.Batch{Put: posts("2", "a", "b")})
	commit(t, dir, true, search.Batch{Put: posts("3", "a", "b", "c")})
	found, err := now(t, x)
	check(t, err)
	if found.Total != 1 || found.Hits[0].Document.Hash != "a1" {
		t.Errorf("the reader sees %d documents: %v", found.Total, found.Hits)
	}
}

func TestUpdateBusy(t *testing.T) {
	dir := t.TempDir()
	u, err := Begin(dir, engine(), false)
	check(t, err)
	if _, err := Begin(dir, engine(), true); !errors.Is(err, ErrBusy) {
		t.Errorf("a second writer: %v, want %v", err, ErrBusy)
	}
	check(t, u.Close())
	commit(t, dir, false)
}

// TestUpdateMends: an index that cannot be used is made anew, and is not touched before that is done.
func TestUpdateMends(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			commit(t, dir, false, search.Batch{Put: posts("1", "a", "b")})
			damage(t, dir)
			before, err := os.ReadFile(filepath.Join(dir, manifestName))
			check(t, err)
			u, err := Begin(dir, engine(), false)
			check(t, err)
			known, err := u.Hashes(t.Context())
			check(t, err)
			if len(known) > 0 {
				t.Errorf("begins with %v", known)
			}
			check(t, u.Apply(t.Context(), search.Batch{Put: posts("2", "a")}))
			if now, _ := os.ReadFile(filepath.Join(dir, manifestName)); string(now) != string(before) {
				t.Error("the manifest changed before Commit")
			}
			check(t, u.Commit(t.Context()))
			check(t, u.Close())
			if got := hashes(t, dir); !slices.Equal(got, []string{"a2"}) {
				t.Errorf("made anew: %q", got)
			}
			if left := leftovers(t, dir); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

// damages are ways in which an index folder turns out unusable.
var damages = map[string]func(t *testing.T, dir string){
	"another format":     replaceInManifest(`"format": `, `"format": 9`),
	"another analysis":   replaceInManifest(`+none"`, `+other"`),
	"manifest no JSON":   replaceInManifest(`{`, ``),
	"generation missing": func(t *testing.T, dir string) { check(t, os.RemoveAll(generation(t, dir))) },
	"generation empty": func(t *testing.T, dir string) {
		check(t, os.RemoveAll(generation(t, dir)))
		check(t, os.Mkdir(generation(t, dir), 0o755))
	},
	"file cut short": func(t *testing.T, dir string) {
		check(t, os.Truncate(filepath.Join(generation(t, dir), "store", "root.bolt"), 20000))
	},
	"file overwritten": func(t *testing.T, dir string) {
		path := filepath.Join(generation(t, dir), "store", "root.bolt")
		content, err := os.ReadFile(path)
		check(t, err)
		garbage := strings.Repeat("\xa5", len(content)-8192)
		check(t, os.WriteFile(path, append(content[:8192], garbage...), 0o600))
	},
}

func replaceInManifest(old, new string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		path := filepath.Join(dir, manifestName)
		content, err := os.ReadFile(path)
		check(t, err)
		changed := strings.Replace(string(content), old, new, 1)
		if changed == string(content) {
			t.Fatalf("no %s in %s", old, content)
		}
		m, err := parseManifest([]byte(changed))
		if m.Generation != "" {
			changedBytes, err := m.encode() // with a sum that fits
			check(t, err)
			changed = string(changedBytes)
		} else if err == nil {
			t.Fatalf("%s is a manifest", changed)
		}
		check(t, os.WriteFile(path, []byte(changed), 0o644))
	}
}

func generation(t *testing.T, dir string) string {
	t.Helper()
	m, err := ReadManifest(dir)
	check(t, err)
	return filepath.Join(dir, m.Generation)
}
