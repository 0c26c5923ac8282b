package generation

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
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
	disk    disk
	current Manifest
	inForce string          // the generation that the manifest names, also one that this program cannot use
	found   error           // what was wrong with the generation in force
	staged  search.Index    // nil before the first Apply
	name    string          // of the staged generation; empty when there is none
	linked  map[string]File // the files of it that are also those of the generation in force
	changed map[string]bool // IDs of the documents that were applied
	poorer  bool            // see Poorer

	// Pairs is what the site says about its words, nil for nothing. Set it before Commit.
	Pairs *pairs.File
}

var _ search.Writer = (*Update)(nil)

// Begin starts an update of the index in dir, which is created when missing. It begins with the documents of the
// generation in force, or with none when full is set or that generation is outdated or damaged; Damage says whether it is.
// The error wraps ErrForeign when dir holds anything else, and ErrBusy when another process writes. The caller must Close it.
func Begin(dir string, engine Engine, full bool) (*Update, error) {
	return begin(dir, engine, full, system{})
}

func begin(dir string, engine Engine, full bool, d disk) (*Update, error) {
	if err := mkdirAll(d, dir); err != nil {
		return nil, fmt.Errorf("create index folder: %w", err)
	}
	if err := checkFolder(d, dir); err != nil {
		return nil, fmt.Errorf("index into %s: %w", dir, err)
	}
	lock, err := acquire(filepath.Join(dir, lockName))
	if err != nil {
		return nil, err
	}
	u := &Update{dir: dir, engine: engine, disk: d, lock: lock, changed: map[string]bool{}}
	if err := u.open(full); err != nil {
		return nil, errors.Join(err, u.Close())
	}
	return u, nil
}

// ignore keeps the folder of an index out of the history of its site, as it can be made again. A file that is there stays
// as it is, and an index without one is as good.
func ignore(d disk, dir string) {
	file, err := d.create(filepath.Join(dir, ignoreName))
	if err != nil {
		return
	}
	_, _ = io.WriteString(file, "*\n")
	_ = file.Close()
}

// open opens what is in force, with all its files verified. What cannot be read now, but may be whole, is an error: it is
// not replaced.
func (u *Update) open(full bool) error {
	m, err := readManifest(u.disk, u.dir)
	u.inForce = m.Generation
	if err == nil && !full && len(m.Files) > 0 { // else an older chaja made it, and nobody knows whether it is whole
		if u.base, err = openVerified(u.disk, u.dir, u.engine, everything); err == nil {
			u.current = u.base.Manifest
		}
	}
	switch {
	case errors.Is(err, search.ErrOutdated):
		u.found = err
	case errors.Is(err, search.ErrNoIndex):
		ignore(u.disk, u.dir)
	}
	if err == nil || errors.Is(err, search.ErrNoIndex) || errors.Is(err, search.ErrOutdated) {
		return nil
	}
	return err
}

// Damage returns why the generation in force is of no use, for which the update begins with no documents: damage, or that
// another version or analysis made it. It is nil where there is none, or a new one was asked for.
func (u *Update) Damage() error { return u.found }

// Hashes implements search.Writer: those of the generation that the update began with.
func (u *Update) Hashes(ctx context.Context) (hashes map[string]string, err error) {
	switch {
	case u.staged != nil:
		err = u.guard(func() (err error) {
			hashes, err = u.staged.Hashes(ctx)
			return err
		})
		return hashes, err
	case u.base != nil:
		err = u.base.guard(ctx, func() (err error) {
			hashes, err = u.base.index.Hashes(ctx)
			return err
		})
		return hashes, err
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
	return u.guard(func() error { return u.staged.Apply(ctx, batch) })
}

// guard calls f, which reads files of the generation in force. A fault says that they were damaged since Begin.
func (u *Update) guard(f func() error) error {
	err := onFault(f)
	if _, ok := errors.AsType[*fault](err); ok {
		return &damaged{u.dir, err}
	}
	return err
}

// stage makes the folder of the next generation, which has what the present one has, if there is one. After an error there
// is none.
func (u *Update) stage() (err error) {
	if u.inForce != "" { // else it is not known which
		if err := restoreMark(u.disk, filepath.Join(u.dir, u.inForce)); err != nil {
			return err
		}
		if err := removeOthers(u.disk, u.dir, u.inForce); err != nil {
			return err
		}
	}
	u.name, err = newGeneration(u.disk, u.dir, u.inForce)
	if err == nil {
		err = u.guard(u.fill)
	}
	if err != nil {
		return errors.Join(err, u.discard())
	}
	return nil
}

// fill makes the index of the folder that is staged.
func (u *Update) fill() (err error) {
	path := filepath.Join(u.dir, u.name)
	if u.base == nil {
		if u.staged, err = u.engine.Create(path); err == nil {
			u.keepVectors(path)
		}
		return err
	}
	if u.linked, err = takeOver(u.disk, u.base.path(), path, u.current.Files, u.isImmutable); err == nil {
		u.staged, err = u.engine.Open(path, false)
	}
	return err
}

// discard removes the generation that is staged.
func (u *Update) discard() error {
	var errs []error
	if u.staged != nil {
		errs = append(errs, u.staged.Close())
	}
	if u.name != "" {
		errs = append(errs, removeGeneration(u.disk, filepath.Join(u.dir, u.name)))
	}
	u.staged, u.name, u.linked = nil, "", nil
	return errors.Join(errs...)
}

// Commit puts the generation in force and removes what others left behind. Without an Apply it leaves the present one,
// and makes an empty one where there is none. After an error readers see the old generation; only if the very last step
// fails, to make the new one last, they may see that.
func (u *Update) Commit(ctx context.Context) error {
	if u.staged == nil {
		if u.base != nil && u.current.Pairs == u.Pairs.Version() {
			return removeOthers(u.disk, u.dir, u.inForce)
		}
		if err := u.stage(); err != nil {
			return fmt.Errorf("stage index: %w", err)
		}
	}
	m, err := u.finish(ctx)
	if err != nil {
		return errors.Join(fmt.Errorf("finish index: %w", err), u.discard())
	}
	published, err := m.publish(u.disk, u.dir)
	if !published {
		return errors.Join(fmt.Errorf("publish index: %w", err), u.discard())
	}
	u.current, u.inForce, u.name = m, m.Generation, ""
	if err != nil {
		return fmt.Errorf("publish index: %w", err) // nothing is removed: either may be there after a power failure
	}
	_ = removeOthers(u.disk, u.dir, u.inForce) // the index is new; the next update tries again, and says why it cannot
	return nil
}

// finish completes the folder of the staged generation, so that it lasts, and returns the manifest of it.
func (u *Update) finish(ctx context.Context) (m Manifest, err error) {
	m = Manifest{
		Format: u.engine.Format(), Analysis: u.engine.Analyzer().Version(), Pairs: u.Pairs.Version(), Generation: u.name,
		Built: u.disk.now().UTC().Truncate(time.Second),
	}
	err = u.guard(func() error {
		if merger, ok := u.staged.(Merger); ok && u.base == nil {
			_ = merger.ForceMerge(ctx) // without it, as where the disk has no room for both, searches only take longer
		}
		return u.learn(ctx, &m)
	})
	err = errors.Join(err, u.staged.Close())
	u.staged = nil
	if err != nil {
		return m, err
	}
	path := filepath.Join(u.dir, u.name)
	if err := share(u.disk, u.dir, u.name); err != nil {
		return m, err
	}
	if err := settle(u.disk, path, u.linked); err != nil {
		return m, err
	}
	if err := u.disk.sync(u.dir); err != nil {
		return m, err
	}
	m.Files, err = list(ctx, u.disk, path, u.linked)
	for _, f := range m.Files {
		m.Bytes += f.Bytes
	}
	return m, err
}

// learn writes the lexicon of the staged documents beside them, and how many there are into a manifest.
func (u *Update) learn(ctx context.Context, m *Manifest) (err error) {
	snapshot, err := u.staged.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	all, err := search.Ask(ctx, snapshot, search.Query{})
	if err != nil {
		return err
	}
	b, err := u.builder(ctx, snapshot)
	if err != nil {
		return fmt.Errorf("collect words: %w", err)
	}
	l, path := b.Build(u.Pairs), filepath.Join(u.dir, u.name)
	m.Posts, m.Learned = all.Total, len(l.Learned)
	return errors.Join(l.Write(path), b.WriteNotes(path))
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
	err := u.discard()
	if u.base != nil {
		err = errors.Join(err, u.base.Close())
	}
	return errors.Join(err, release(u.lock))
}
