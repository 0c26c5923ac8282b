package bleveindex

// An index folder holds one generation of the index at a time:
//
//	CURRENT    a manifest in JSON that names the generation in force
//	gen-…/     the generation, a folder of Bleve's, with the words of the site beside (lexicon.go)
//	lock       held by the process that writes
//
// A writer makes the next generation in a folder of its own, puts the new manifest in place by renaming it, which is
// atomic, and then removes the old generation. Whoever is interrupted before the rename leaves the old one in force,
// and a folder that the next writer removes. Readers that have the old generation open keep it until they close it.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"chaja/search"
	"chaja/search/analysis"
)

// Format is the version of the index on disk. It changes with the fields, the stored record and the matching of terms.
const Format = 4

const (
	manifestName     = "CURRENT"
	generationPrefix = "gen-"
)

// ErrOtherAnalysis is an index whose terms are not those of this analyzer. It wraps search.ErrOutdated, but the words
// that the index was made with, or the chaja that made it, would do as well as making it anew.
var ErrOtherAnalysis = fmt.Errorf("%w: it was made by another version of chaja, or with other words", search.ErrOutdated)

// Manifest describes the generation in force.
type Manifest struct {
	Format     int       `json:"format"`
	Analysis   string    `json:"analysis"`        // Analyzer.Version; terms of another do not fit
	Pairs      string    `json:"pairs,omitempty"` // pairs.File.Version; another one makes another lexicon
	Learned    int       `json:"learned"`         // pairs of words learned from the documents
	Generation string    `json:"generation"`
	Bytes      int64     `json:"bytes"` // of the generation's files, which never change; fewer are a copy cut short
	Built      time.Time `json:"built"`
}

// damaged is an index that is there and cannot be read. To be made anew is what mends it, as it mends one of another
// version: so it counts as search.ErrOutdated.
type damaged struct {
	dir   string
	cause error
}

func (d *damaged) Error() string {
	cause, _, _ := strings.Cut(d.cause.Error(), "\n") // Bleve adds what it could not read
	return fmt.Sprintf("the index in %s is damaged: %s", d.dir, cause)
}

func (d *damaged) Unwrap() []error { return []error{search.ErrOutdated, d.cause} }

// ReadManifest reads the manifest of the index in dir. The error wraps search.ErrNoIndex when there is none, and
// search.ErrOutdated when it is damaged.
func ReadManifest(dir string) (Manifest, error) {
	var m Manifest
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("%w in %s", search.ErrNoIndex, dir)
	}
	if err != nil {
		return m, fmt.Errorf("read manifest: %w", err)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, &damaged{dir, fmt.Errorf("read %s: %w", manifestName, err)}
	}
	return m, nil
}

// check returns nil when this program can use the generation.
func (m Manifest) check(version string) error {
	if m.Format != Format {
		return fmt.Errorf("%w: it has format %d, and this chaja reads %d", search.ErrOutdated, m.Format, Format)
	}
	if m.Analysis != version {
		return ErrOtherAnalysis
	}
	return nil
}

// write puts the manifest in force.
func (m Manifest) write(dir string) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, manifestName+"-*")
	if err != nil {
		return err
	}
	_, err = file.Write(append(data, '\n'))
	err = errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(dir, manifestName))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return syncDir(dir)
}

// syncDir makes renames in dir last through a power failure, on systems that can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync() // not supported everywhere
	return d.Close()
}

// OpenCurrent opens the generation in force in dir, for reading. The error wraps search.ErrNoIndex when there is none,
// and search.ErrOutdated when it must be made anew: of another version, or damaged.
func OpenCurrent(dir string, analyzer *analysis.Analyzer) (*Index, Manifest, error) {
	for attempt := 0; ; attempt++ {
		m, err := ReadManifest(dir)
		if err != nil {
			return nil, m, err
		}
		if err := m.check(analyzer.Version()); err != nil {
			return nil, m, err
		}
		index, err := openGeneration(dir, m, analyzer)
		if err == nil {
			return index, m, nil
		}
		if now, _ := ReadManifest(dir); now == m || attempt > 10 {
			return nil, m, err
		} // else a writer has replaced it since
	}
}

// openGeneration opens the generation of a manifest for reading. Bleve and its store trust their files: what is wrong
// in one panics, or faults, as files are memory-mapped. Here that too is an error of type *damaged. What the system
// refuses is not damage.
func openGeneration(dir string, m Manifest, analyzer *analysis.Analyzer) (index *Index, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			index, err = nil, &damaged{dir, fmt.Errorf("open %s: %v", m.Generation, p)}
		}
	}()
	path := filepath.Join(dir, m.Generation)
	size, err := Size(path)
	if err != nil {
		err = fmt.Errorf("open index: %w", err)
	} else if size != m.Bytes {
		err = fmt.Errorf("%s has %d bytes of %d", m.Generation, size, m.Bytes)
	}
	if err == nil {
		index, err = Open(path, analyzer, true)
	}
	switch {
	case err == nil:
		return index, nil
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return nil, err
	}
	return nil, &damaged{dir, err}
}

// Size returns the bytes of all files below dir. An error is that of the file system, and names the file.
func Size(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// share lets everyone read the generation who may read the index folder: Bleve keeps its files to their owner, and a
// server may run as another user than the one who indexes.
func share(dir, generation string) error {
	folder, err := os.Stat(dir)
	if err != nil {
		return err
	}
	may := folder.Mode().Perm()
	return filepath.WalkDir(filepath.Join(dir, generation), func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return os.Chmod(path, 0o700|may&0o055)
		}
		return os.Chmod(path, 0o600|may&0o044)
	})
}

// removeOthers removes what is not of generation keep: older ones and those never finished.
func removeOthers(dir, keep string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		old := strings.HasPrefix(e.Name(), generationPrefix) && e.Name() != keep
		if old || strings.HasPrefix(e.Name(), manifestName+"-") {
			errs = append(errs, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(errs...)
}
