package generation

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// Published is what Publish did.
type Published struct {
	Manifest Manifest // in force in both folders
	Copied   int64    // bytes; what the folder had already is not copied
}

var errItself = errors.New("it is the folder that is published; name another one")

// Publish brings the folder at to, which is made when missing, to the generation in force in the folder at from, for servers
// that read it there. Its files are copied, but for those that to has already, compared with their checksums and synced; then
// the manifest is put in place and what was there before removed. Readers of to never see a part of a generation, and an
// interrupted Publish leaves what was in force.
//
// The error wraps search.ErrNoIndex or search.ErrOutdated when there is nothing whole to copy, ErrForeign when to holds
// anything but an index, and ErrBusy when another process writes there.
func Publish(ctx context.Context, from, to string) (p Published, err error) {
	if isSame(from, to) {
		return p, fmt.Errorf("publish %s: %w", from, errItself)
	}
	for attempt := 0; ; attempt++ {
		m, err := ReadManifest(from)
		if err != nil {
			return p, err
		}
		if !generationName.MatchString(m.Generation) || len(m.Files) == 0 {
			return p, &damaged{from, errors.New("its manifest names no files")}
		}
		p, err := publish(ctx, system{}, filepath.Join(from, m.Generation), to, m)
		if now, _ := ReadManifest(from); err == nil || now.is(m) || attempt > 10 {
			return p, err
		} // else a writer has replaced what was copied
	}
}

// publish copies one generation.
func publish(ctx context.Context, d disk, source, to string, m Manifest) (p Published, err error) {
	if err := mkdirAll(d, to); err != nil {
		return p, fmt.Errorf("create index folder: %w", err)
	}
	if err := checkFolder(d, to); err != nil {
		return p, fmt.Errorf("publish into %s: %w", to, err)
	}
	lock, err := acquire(filepath.Join(to, lockName))
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, release(lock)) }()
	before, _ := readManifest(d, to) // whatever is wrong with it is replaced
	if before.is(m) {
		if all, err := m.verify(ctx, d, filepath.Join(to, m.Generation), everything, false); all && err == nil {
			return Published{Manifest: m}, nil
		}
		before = Manifest{}
	}
	if err := removeOthers(d, to, before.Generation); err != nil {
		return p, err
	}
	p.Copied, err = copyGeneration(ctx, d, source, to, before, m)
	if err != nil && ctx.Err() == nil && len(before.Files) > 0 { // a file that is there already may be damaged
		p.Copied, err = copyGeneration(ctx, d, source, to, Manifest{}, m)
	}
	if err != nil {
		return p, fmt.Errorf("copy %s: %w", m.Generation, err)
	}
	if published, err := m.publish(d, to); !published || err != nil {
		return p, fmt.Errorf("publish index: %w", err)
	}
	_ = removeOthers(d, to, m.Generation) // the next one tries again, and says why it cannot
	p.Manifest = m
	return p, nil
}

// copyGeneration makes the files of a generation in its folder in to, so that they last: by a link where the generation
// before has the same file, else by a copy. After an error there is no such folder.
func copyGeneration(ctx context.Context, d disk, source, to string, before, m Manifest) (copied int64, err error) {
	target := filepath.Join(to, m.Generation)
	if err := d.mkdir(target); err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, removeGeneration(d, target))
		}
	}()
	if err := writeMark(d, target); err != nil { // first, so that the next one removes what an interruption leaves
		return 0, err
	}
	for _, f := range m.Files {
		name := filepath.FromSlash(f.Name)
		switch {
		case !filepath.IsLocal(name):
			return copied, fmt.Errorf("%s is no name of a file", f.Name)
		case f.Name == markName:
			continue
		}
		if err := mkdirIn(d, filepath.Dir(filepath.Join(target, name))); err != nil {
			return copied, err
		}
		if slices.Contains(before.Files, f) && d.link(filepath.Join(to, before.Generation, name), filepath.Join(target, name)) == nil {
			continue
		}
		if err := copyWhile(ctx, d, filepath.Join(source, name), filepath.Join(target, name)); err != nil {
			return copied, err
		}
		copied += f.Bytes
	}
	if _, err := m.verify(ctx, d, target, everything, false); err != nil {
		return copied, err
	}
	if err := share(d, to, m.Generation); err != nil {
		return copied, err
	}
	return copied, errors.Join(settle(d, target, nil), d.sync(to))
}

// copyWhile copies a file until ctx ends.
func copyWhile(ctx context.Context, d disk, from, to string) error {
	r, err := d.open(from)
	if err != nil {
		return err
	}
	w, err := d.create(to)
	if err != nil {
		return errors.Join(err, r.Close())
	}
	for err == nil {
		if err = ctx.Err(); err == nil {
			_, err = io.CopyN(w, r, chunk)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, w.Close(), r.Close())
}

// isSame reports whether two folders are one.
func isSame(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}
