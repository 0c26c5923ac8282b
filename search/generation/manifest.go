package generation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/cespare/xxhash/v2"

	"chaja/search"
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
	Posts      int       `json:"posts"`
	Bytes      int64     `json:"bytes"` // of the generation's files, which never change
	Built      time.Time `json:"built"`
	Files      []File    `json:"files,omitempty"` // in order of their names; none where an older chaja made the generation
	Sum        string    `json:"sum,omitempty"`   // of the manifest, with zeros in place of this
}

// unsealed stands for the sum of a manifest while the sum is computed.
const unsealed = "0000000000000000"

// ReadManifest reads the manifest of the index in dir. The error wraps search.ErrNoIndex when there is none, and
// search.ErrOutdated when it is damaged.
func ReadManifest(dir string) (Manifest, error) { return readManifest(system{}, dir) }

func readManifest(d disk, dir string) (m Manifest, err error) {
	data, err := readFile(d, filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("%w in %s", search.ErrNoIndex, dir)
	}
	if err != nil {
		return m, fmt.Errorf("read manifest: %w", err)
	}
	if m, err = parseManifest(data); err != nil {
		return Manifest{}, &damaged{dir, fmt.Errorf("read %s: %w", manifestName, err)}
	}
	return m, nil
}

// maxManifest bounds what is read of a manifest: an index has hundreds of files at most.
const maxManifest = 16 << 20

func readFile(d disk, path string) ([]byte, error) {
	r, err := d.open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxManifest))
	return data, errors.Join(err, r.Close())
}

func parseManifest(data []byte) (m Manifest, err error) {
	if err := json.Unmarshal(data, &m); err != nil {
		return m, err
	}
	if m.Sum == "" && len(m.Files) == 0 {
		return m, nil // an older chaja wrote it
	}
	at := bytes.LastIndex(data, []byte(m.Sum))
	if len(m.Sum) != len(unsealed) || at < 0 {
		return m, errors.New("it has no checksum")
	}
	copy(data[at:], unsealed)
	if sum := sumOfManifest(data); sum != m.Sum {
		return m, fmt.Errorf("it is not what was written: its checksum is %s, not %s", sum, m.Sum)
	}
	return m, nil
}

func sumOfManifest(data []byte) string { return fmt.Sprintf("%016x", xxhash.Sum64(data)) }

// encode returns the manifest as it is written, with its sum.
func (m Manifest) encode() ([]byte, error) {
	m.Sum = unsealed
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	data = append(data, '\n')
	at := bytes.LastIndex(data, []byte(unsealed))
	copy(data[at:], sumOfManifest(data))
	return data, nil
}

// check returns nil when this program can use the generation.
func (m Manifest) check(engine Engine) error {
	if !generationName.MatchString(m.Generation) {
		return fmt.Errorf("%w: its manifest names no generation, but %q", search.ErrOutdated, m.Generation)
	}
	if m.Format != engine.Format() {
		return fmt.Errorf("%w: it has format %d, and this chaja reads %d", search.ErrOutdated, m.Format, engine.Format())
	}
	if a := engine.Analyzer(); a != nil && m.Analysis != a.Version() {
		return ErrOtherAnalysis
	}
	return nil
}

// is reports whether both describe one generation.
func (m Manifest) is(other Manifest) bool {
	return m.Generation == other.Generation && m.Sum == other.Sum && m.Built.Equal(other.Built)
}

// publish puts the manifest in force: it is written in the folder of its generation and renamed into place. published
// reports whether it is in force also where there is an error.
func (m Manifest) publish(d disk, dir string) (published bool, err error) {
	data, err := m.encode()
	if err != nil {
		return false, err
	}
	aside := filepath.Join(dir, m.Generation, manifestName)
	if err := writeFile(d, aside, data); err != nil {
		return false, err
	}
	if err := d.chmod(aside, 0o644); err != nil {
		return false, err
	}
	if err := d.rename(aside, filepath.Join(dir, manifestName)); err != nil {
		return false, err
	}
	return true, d.sync(dir)
}
