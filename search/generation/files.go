package generation

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

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

// share lets everyone read the generation who may read the index folder: an engine may keep its files to their owner, and a
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
