package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/gofrs/flock"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/lexicon/pairs"
)

// ErrBusy is returned when another process is writing the index.
var ErrBusy = errors.New("another chaja is writing the index")

// Update writes the next generation of an index. Nothing changes for readers before Commit, and nothing is written
// before the first Apply, so that an update without changes costs nothing.
type Update struct {
	dir      string
	analyzer *analysis.Analyzer
	lock     *flock.Flock
	base     *Index // the generation in force, for reading; nil to begin from nothing
	current  Manifest
	staged   *Index // nil before the first Apply
	name     string // of the staged generation

	// Pairs is what the site says about its words, nil for nothing. Set it before Commit.
	Pairs *pairs.File
}

var _ search.Writer = (*Update)(nil)

// Begin starts an update of the index in dir, which is created when missing. It begins with the documents of the
// generation in force, or with none when full is set or that generation is outdated or damaged. The caller must Close it.
func Begin(dir string, analyzer *analysis.Analyzer, full bool) (*Update, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("create index folder: %w", err)
	}
	u := &Update{dir: dir, analyzer: analyzer, lock: flock.New(filepath.Join(dir, "lock"), flock.SetPermissions(0o644))}
	locked, err := u.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock index: %w", err)
	}
	if !locked {
		return nil, fmt.Errorf("%w in %s", ErrBusy, dir)
	}
	if full {
		return u, nil
	}
	u.base, u.current, err = OpenCurrent(dir, analyzer)
	if errors.Is(err, search.ErrNoIndex) || errors.Is(err, search.ErrOutdated) {
		err = nil
	}
	if err != nil {
		return nil, errors.Join(err, u.Close())
	}
	return u, nil
}

// Hashes implements search.Writer: those of the generation that the update began with.
func (u *Update) Hashes(ctx context.Context) (map[string]string, error) {
	switch {
	case u.staged != nil:
		return u.staged.Hashes(ctx)
	case u.base != nil:
		return u.base.Hashes(ctx)
	}
	return map[string]string{}, nil
}

// Apply implements search.Writer, in the generation being written.
func (u *Update) Apply(ctx context.Context, batch search.Batch) error {
	if u.staged == nil {
		if err := u.stage(); err != nil {
			return fmt.Errorf("stage index: %w", err)
		}
	}
	return u.staged.Apply(ctx, batch)
}

// stage makes the folder of the next generation, a copy of the present one if there is one.
func (u *Update) stage() (err error) {
	if err := removeOthers(u.dir, u.keep()); err != nil {
		return err
	}
	u.name = generationPrefix + strconv.FormatInt(time.Now().UnixNano(), 36)
	path := filepath.Join(u.dir, u.name)
	if u.base == nil {
		u.staged, err = Create(path, u.analyzer)
		return err
	}
	if err := os.CopyFS(path, os.DirFS(filepath.Join(u.dir, u.current.Generation))); err != nil {
		return err
	}
	u.staged, err = Open(path, u.analyzer, false)
	return err
}

// keep names the generation in force, also one that this program cannot use: it stays until it is replaced.
func (u *Update) keep() string {
	m, _ := ReadManifest(u.dir)
	return m.Generation
}

// Commit puts the generation in force and removes what others left behind. Without an Apply it leaves the present one,
// and makes an empty one where there is none. After an error the old generation is in force.
func (u *Update) Commit() error {
	if u.staged == nil {
		if u.base != nil && u.current.Pairs == u.Pairs.Version() {
			return removeOthers(u.dir, u.current.Generation)
		}
		if err := u.stage(); err != nil {
			return fmt.Errorf("stage index: %w", err)
		}
	}
	learned, err := u.staged.writeLexicon(u.Pairs)
	err = errors.Join(err, u.staged.Close())
	u.staged = nil
	if err == nil {
		err = tidy(filepath.Join(u.dir, u.name), u.analyzer)
	}
	if err != nil {
		return fmt.Errorf("finish index: %w", err)
	}
	if err := share(u.dir, u.name); err != nil {
		return fmt.Errorf("finish index: %w", err)
	}
	m := Manifest{
		Format: Format, Analysis: u.analyzer.Version(), Pairs: u.Pairs.Version(), Generation: u.name,
		Learned: learned, Built: time.Now().UTC().Truncate(time.Second),
	}
	if m.Bytes, err = Size(filepath.Join(u.dir, u.name)); err != nil {
		return fmt.Errorf("finish index: %w", err)
	}
	if err := m.write(u.dir); err != nil {
		return fmt.Errorf("publish index: %w", err)
	}
	u.current = m
	return removeOthers(u.dir, m.Generation)
}

// tidy removes the files of segments that were merged into others: Bleve does that when it comes to it, and may be closed
// before. The index at path must be closed.
func tidy(path string, analyzer *analysis.Analyzer) error {
	x, err := Open(path, analyzer, true)
	if err != nil {
		return err
	}
	used := map[string]bool{}
	err = x.read(func(r index.IndexReader) error {
		snapshot, ok := r.(*scorch.IndexSnapshot)
		if !ok {
			return fmt.Errorf("list segments of %T", r)
		}
		for _, s := range snapshot.Segments() {
			if file, ok := s.Segment().(interface{ Path() string }); ok {
				used[filepath.Base(file.Path())] = true
			}
		}
		return nil
	})
	if err = errors.Join(err, x.Close()); err != nil {
		return err
	}
	store := filepath.Join(path, "store")
	files, err := os.ReadDir(store)
	for _, file := range files {
		if filepath.Ext(file.Name()) == ".zap" && !used[file.Name()] {
			err = errors.Join(err, os.Remove(filepath.Join(store, file.Name())))
		}
	}
	return err
}

// Manifest describes the generation in force: the one that the update began with, until Commit.
func (u *Update) Manifest() Manifest { return u.current }

// Close ends the update and discards what was not committed.
func (u *Update) Close() error {
	var errs []error
	if u.staged != nil {
		errs = append(errs, u.staged.Close(), os.RemoveAll(filepath.Join(u.dir, u.name)))
	}
	if u.base != nil {
		errs = append(errs, u.base.Close())
	}
	return errors.Join(append(errs, u.lock.Unlock())...)
}
