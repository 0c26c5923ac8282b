package generation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Names in the folder of an index.
const (
	manifestName     = "CURRENT"
	lockName         = "lock"
	ignoreName       = ".gitignore"
	generationPrefix = "gen-"
	markName         = "chaja-generation" // in a generation: chaja made this folder, and may remove it
)

// ErrForeign is a folder that holds what chaja has not made: posts, say, or the index of another program. An index needs a
// folder of its own, as what is old in it is removed.
var ErrForeign = errors.New("the folder is not only for an index")

var (
	generationName = regexp.MustCompile(`^` + generationPrefix + `[0-9a-z]{12,13}$`)
	asideName      = regexp.MustCompile(`^` + manifestName + `-[0-9]+$`) // a manifest that an older chaja did not finish
	queriesName    = regexp.MustCompile(`^queries\.json(\.new)?$`)       // what is searched for, kept by the server
)

// generationFiles are all that a generation had before there was a mark.
var generationFiles = []string{"index_meta.json", "pairs.json", "store", "words"}

// checkFolder returns an error that wraps ErrForeign when a folder holds what is not chaja's. Hidden files are nobody's
// posts, and systems put them, and lost+found, where they like: they are left alone.
func checkFolder(d disk, dir string) error {
	m, manifestErr := readManifest(d, dir) // before the entries, as the generation of an older one may be gone
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		path := filepath.Join(dir, name)
		switch {
		case strings.HasPrefix(name, "."), name == "lost+found":
		case e.Type().IsRegular() && (name == manifestName || name == lockName || queriesName.MatchString(name) || isAside(path)):
		case isGeneration(path), manifestErr == nil && m.isOf(path), isGone(path): // another writer removes it
		case manifestErr != nil && isRefused(manifestErr):
			return manifestErr // it would say whether this is the generation in force
		default:
			return fmt.Errorf("%w: chaja has not made %s", ErrForeign, path)
		}
	}
	return nil
}

// isGeneration reports whether path is a folder that chaja has made, by its name and the mark in it. One without a mark is
// chaja's when it holds nothing else than a generation does. All is told from one listing, as another writer may put the
// mark there, or remove it, at any moment.
func isGeneration(path string) bool {
	if !generationName.MatchString(filepath.Base(path)) {
		return false
	}
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return false
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return false
	}
	hasMark := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == markName })
	return hasMark || !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !slices.Contains(generationFiles, e.Name()) })
}

// isOf reports whether path is the folder of the manifest's generation, which may have lost its mark: it has the name, and
// no file that the manifest does not have.
func (m Manifest) isOf(path string) bool {
	if filepath.Base(path) != m.Generation || !generationName.MatchString(m.Generation) {
		return false
	}
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return false
	}
	err = filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(path, file)
		if err == nil && !slices.ContainsFunc(m.Files, func(f File) bool { return f.Name == filepath.ToSlash(name) }) {
			err = ErrForeign
		}
		return err
	})
	return err == nil
}

func isGone(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

func isAside(path string) bool {
	if !asideName.MatchString(filepath.Base(path)) {
		return false
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	content, err := os.ReadFile(path)
	return err == nil && (len(content) == 0 || content[0] == '{')
}

// removeOthers removes the generations but keep, and manifests that were not finished.
func removeOthers(d disk, dir, keep string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.Name() != keep && isGeneration(path) || isAside(path) {
			errs = append(errs, removeGeneration(d, path))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("remove what is left of older indexes: %w", err)
	}
	return nil
}

// removeGeneration removes a folder so that the mark goes last: whoever interrupts it leaves what is known as chaja's.
func removeGeneration(d disk, path string) error {
	entries, _ := os.ReadDir(path) // none in a file
	for _, e := range entries {
		if e.Name() != markName {
			if err := d.removeAll(filepath.Join(path, e.Name())); err != nil {
				return err
			}
		}
	}
	return d.removeAll(path)
}

// newGeneration makes the folder of a generation after the one named last, with its mark. Its name is the time, but a clock
// that stands or goes back gives no name twice.
func newGeneration(d disk, dir, last string) (name string, err error) {
	n := uint64(d.now().UnixNano())
	if before, err := strconv.ParseUint(strings.TrimPrefix(last, generationPrefix), 36, 64); err == nil {
		n = max(n, before+1)
	}
	for ; ; n++ {
		name = fmt.Sprintf("%s%012s", generationPrefix, strconv.FormatUint(n, 36))
		path := filepath.Join(dir, name)
		switch err := d.mkdir(path); {
		case errors.Is(err, fs.ErrExist):
		case err != nil:
			return "", err
		default:
			return name, writeMark(d, path)
		}
	}
}

func writeMark(d disk, generation string) error {
	return writeFile(d, filepath.Join(generation, markName), []byte("A generation of an index, made by chaja, which removes it when it is replaced.\n"))
}

// restoreMark gives the generation in force the mark that it lost, so that it goes when it is replaced. checkFolder has seen
// that it is chaja's.
func restoreMark(d disk, generation string) error {
	info, err := os.Lstat(generation)
	if err != nil || !info.IsDir() || isGeneration(generation) || !generationName.MatchString(filepath.Base(generation)) {
		return nil
	}
	return writeMark(d, generation)
}
