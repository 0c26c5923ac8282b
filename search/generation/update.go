package generation

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/gofrs/flock"

	"chaja/search"
	"chaja/search/lexicon"
	"chaja/search/lexicon/pairs"
)

// ErrBusy is returned when another process is writing the index.
var ErrBusy = errors.New("another chaja is writing the index")

// Update writes the next generation of an index. Nothing changes for readers before Commit, and nothing is written
// before the first Apply, so that an update without changes costs nothing.
type Update struct {
	dir     string
	engine  Engine
	lock    *flock.Flock
	base    *Generation // in force; nil to begin from nothing
	current Manifest
	staged  search.Index    // nil before the first Apply
	name    string          // of the staged generation
	changed map[string]bool // IDs of the documents that were applied
	poorer  bool            // see Poorer

	// Pairs is what the site says about its words, nil for nothing. Set it before Commit.
	Pairs *pairs.File
}

var _ search.Writer = (*Update)(nil)

// Begin starts an update of the index in dir, which is created when missing. It begins with the documents of the
// generation in force, or with none when full is set or that generation is outdated or damaged. The caller must Close it.
func Begin(dir string, engine Engine, full bool) (*Update, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("create index folder: %w", err)
	}
	lock, err := acquire(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, err
	}
	u := &Update{dir: dir, engine: engine, lock: lock, changed: map[string]bool{}}
	if full {
		return u, nil
	}
	switch u.base, err = Open(dir, engine); {
	case err == nil:
		u.current = u.base.Manifest
	case !errors.Is(err, search.ErrNoIndex) && !errors.Is(err, search.ErrOutdated):
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
		return u.base.index.Hashes(ctx)
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
	for _, id := range batch.Delete {
		u.changed[id] = true
	}
	for i := range batch.Put {
		u.changed[batch.Put[i].ID] = true
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
		u.staged, err = u.engine.Create(path)
		return err
	}
	if err := os.CopyFS(path, os.DirFS(filepath.Join(u.dir, u.current.Generation))); err != nil {
		return err
	}
	u.staged, err = u.engine.Open(path, false)
	return err
}

// keep names the generation in force, also one that this program cannot use: it stays until it is replaced.
func (u *Update) keep() string {
	m, _ := ReadManifest(u.dir)
	return m.Generation
}

// Commit puts the generation in force and removes what others left behind. Without an Apply it leaves the present one,
// and makes an empty one where there is none. After an error the old generation is in force.
func (u *Update) Commit(ctx context.Context) error {
	if u.staged == nil {
		if u.base != nil && u.current.Pairs == u.Pairs.Version() {
			return removeOthers(u.dir, u.current.Generation)
		}
		if err := u.stage(); err != nil {
			return fmt.Errorf("stage index: %w", err)
		}
	}
	m, err := u.finish(ctx)
	if err != nil {
		return fmt.Errorf("finish index: %w", err)
	}
	if err := m.write(u.dir); err != nil {
		return fmt.Errorf("publish index: %w", err)
	}
	u.current = m
	return removeOthers(u.dir, m.Generation)
}

// finish completes the folder of the staged generation and returns the manifest of it.
func (u *Update) finish(ctx context.Context) (m Manifest, err error) {
	learned, err := u.learn(ctx)
	err = errors.Join(err, u.staged.Close())
	u.staged = nil
	if err != nil {
		return m, err
	}
	if err := share(u.dir, u.name); err != nil {
		return m, err
	}
	m = Manifest{
		Format: u.engine.Format(), Analysis: u.engine.Analyzer().Version(), Pairs: u.Pairs.Version(), Generation: u.name,
		Learned: learned, Built: time.Now().UTC().Truncate(time.Second),
	}
	m.Bytes, err = Size(filepath.Join(u.dir, u.name))
	return m, err
}

// learn writes the lexicon of the staged documents beside them. It returns the number of pairs that were learned.
func (u *Update) learn(ctx context.Context) (learned int, err error) {
	snapshot, err := u.staged.Snapshot(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	b, err := u.builder(ctx, snapshot)
	if err != nil {
		return 0, fmt.Errorf("collect words: %w", err)
	}
	l, path := b.Build(u.Pairs), filepath.Join(u.dir, u.name)
	return len(l.Learned), errors.Join(l.Write(path), b.WriteNotes(path))
}

// builder returns what is known of the words of the staged documents. What is known from the generation before holds for all
// but those that changed.
func (u *Update) builder(ctx context.Context, staged search.Snapshot) (*lexicon.Builder, error) {
	if u.base != nil {
		b, err := lexicon.ReadNotes(filepath.Join(u.dir, u.current.Generation), u.engine.Analyzer())
		if err == nil {
			if ok, err := b.Update(ctx, u.base.snapshot, staged, slices.Sorted(maps.Keys(u.changed))); ok || err != nil {
				return b, err
			}
		} // else there are none, or they cannot be used, which costs nothing but time
	}
	return lexicon.Collect(ctx, staged, u.engine.Analyzer())
}

// Manifest describes the generation in force: the one that the update began with, until Commit.
func (u *Update) Manifest() Manifest { return u.current }

// Close ends the update and discards what was not committed.
func (u *Update) Close() error {
	var errs []error
	if u.staged != nil {
		errs = append(errs, u.staged.Close())
	}
	if u.name != "" && u.name != u.keep() {
		errs = append(errs, os.RemoveAll(filepath.Join(u.dir, u.name)))
	}
	if u.base != nil {
		errs = append(errs, u.base.Close())
	}
	return errors.Join(append(errs, release(u.lock))...)
}
