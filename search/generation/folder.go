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
func checkFolder(dir string) error {
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
		case isGeneration(path), isGone(path): // another writer removes it
		default:
			return fmt.Errorf("%w: chaja has not made %s", ErrForeign, path)
		}
	}
	return nil
}

// isGeneration reports whether path is a folder that chaja has made, by its name and the mark in it. One without a mark is
// chaja's when it holds nothing else than a generation does.
func isGeneration(path string) bool {
	if !generationName.MatchString(filepath.Base(path)) {
		return false
	}
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return false
	}
	if _, err := os.Lstat(filepath.Join(path, markName)); err == nil {
		return true
	}
	entries, err := os.ReadDir(path)
	return err == nil && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !slices.Contains(generationFiles, e.Name()) })
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
			return name, writeFile(d, filepath.Join(path, markName), []byte("A generation of an index, made by chaja, which removes it when it is replaced.\n"))
		}
	}
}
