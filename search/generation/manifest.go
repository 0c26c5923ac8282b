package generation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"chaja/search"
)

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
func (m Manifest) check(engine Engine) error {
	if m.Format != engine.Format() {
		return fmt.Errorf("%w: it has format %d, and this chaja reads %d", search.ErrOutdated, m.Format, engine.Format())
	}
	if a := engine.Analyzer(); a != nil && m.Analysis != a.Version() {
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
