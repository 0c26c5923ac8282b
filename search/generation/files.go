package generation

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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
func share(d disk, dir, generation string) error {
	folder, err := os.Stat(dir)
	if err != nil {
		return err
	}
	may := folder.Mode().Perm()
	return filepath.WalkDir(filepath.Join(dir, generation), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		want := 0o600 | may&0o044
		if entry.IsDir() {
			want = 0o700 | may&0o055
		}
		info, err := entry.Info()
		if err != nil || info.Mode().Perm() == want {
			return err // a file that is shared with the generation before may be another owner's
		}
		return d.chmod(path, want)
	})
}

// takeOver makes the files of the generation at from also those of the one at to: those that never change by a link, where
// the system has them, the others by a copy. It returns the linked ones by name.
func takeOver(d disk, from, to string, files []File, immutable func(name string) bool) (linked map[string]File, err error) {
	linked = map[string]File{}
	for _, f := range files {
		if f.Name == markName {
			continue // it is there
		}
		source, target := filepath.Join(from, filepath.FromSlash(f.Name)), filepath.Join(to, filepath.FromSlash(f.Name))
		if err := mkdirIn(d, filepath.Dir(target)); err != nil {
			return nil, err
		}
		if immutable(f.Name) && d.link(source, target) == nil {
			linked[f.Name] = f
			continue
		}
		if err := copyFile(d, source, target); err != nil {
			return nil, err
		}
	}
	return linked, nil
}

func mkdirIn(d disk, path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := d.mkdir(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := mkdirIn(d, filepath.Dir(path)); err != nil {
		return err
	}
	return d.mkdir(path)
}

// settle makes all that is below path last through a power failure, but for the names in known, which do already. Folders
// come after what is in them.
func settle(d disk, path string, known map[string]File) error {
	var folders []string
	err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			folders = append(folders, file)
			return nil
		}
		name, err := filepath.Rel(path, file)
		if _, ok := known[filepath.ToSlash(name)]; ok || err != nil {
			return err
		}
		return d.sync(file)
	})
	for i := len(folders) - 1; i >= 0 && err == nil; i-- {
		err = d.sync(folders[i])
	}
	return err
}
