// Package site knows what a folder of Markdown is to the generator that publishes it: which files are posts, which of
// them it hides, where it serves them and how it makes the ids of their headings.
package site

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/text/unicode/norm"
)

// What can be wrong with a site as a whole. The errors that wrap them say what to do.
var (
	ErrNoSite  = errors.New("no such site folder")
	ErrNoPosts = errors.New("no posts")
)

// MaxPost bounds the size of a post in bytes. Nobody writes more; what is larger is data, or a device.
const MaxPost = 8 << 20

// Post is one post of a site.
type Post struct {
	ID   string // path relative to the site in NFC, with "/"
	Path string // the same path as the file system spells it
}

// Skipped is something that looks like a post, or may hold posts, and could not be taken.
type Skipped struct {
	Path       string
	Reason     string
	Unreadable bool // by a fault or for want of permission: another time it may be there
}

// Site is an open site folder. Nothing outside of it is ever read, whatever links say.
type Site struct {
	Rules
	name   string // for a person
	files  fs.FS
	asked  *asking // what the rules asked for
	open   func(name string) (fs.File, error)
	close  func() error
	config error // of a configuration that cannot be read
	probe  *probe
}

// Open opens the site in folder dir and finds out what generator publishes it. Its error is one line. It wraps ErrNoSite
// if there is no such folder, and ErrOptions if o does not fit.
func Open(dir string, o Options) (*Site, error) {
	root, err := os.OpenRoot(dir)
	var inPath *fs.PathError
	switch {
	case errors.As(err, &inPath) && !errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("%w: %s (%v); name the folder of your posts with --site", ErrNoSite, dir, inPath.Err)
	case err != nil:
		return nil, fmt.Errorf("open site: %w", err)
	}
	s, err := New(dir, root.FS(), o)
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	s.close = root.Close
	s.open = func(name string) (fs.File, error) { return root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) }
	return s, nil
}

// New returns the site that a file system holds. Its error wraps ErrOptions if o does not fit.
func New(name string, files fs.FS, o Options) (*Site, error) {
	probe := &probe{FS: files}
	asked := &asking{FS: probe}
	rules, err := rulesOf(asked, o)
	asked.stop()
	if errors.Is(err, ErrOptions) {
		return nil, err
	}
	s := &Site{rules, name, files, asked, files.Open, func() error { return nil }, err, probe}
	return s, s.Fault()
}

// Close releases the folder.
func (s *Site) Close() error { return s.close() }

// Listing is what a site holds.
type Listing struct {
	Posts   []Post    // in order of their IDs
	Skipped []Skipped // could not be taken
	LeftOut []string  // Markdown files and folders that are no posts by their names, such as README.md, but for hidden ones
	Hidden  []Hidden  // would be posts, and the options leave them out

	Unread map[string]int // files of text in other languages than Markdown, by their extension
}

// Hidden is a post that is not shown, or not all of it.
type Hidden struct {
	Path   string `json:"path"` // its ID
	Reason string `json:"reason"`
}

// Posts lists the site. A folder that cannot be read is skipped. It is an error that wraps ErrNoPosts if there are no
// posts.
func (s *Site) Posts() (Listing, error) {
	l := list(s.files, s.Rules)
	if c := (configError{}); errors.As(s.config, &c) {
		l.Skipped = append(l.Skipped, Skipped{c.name, c.err.Error(), IsUnreadable(c.err)})
	}
	if len(l.Posts) == 0 && len(l.Skipped) == 0 && len(l.Hidden) == 0 {
		return l, fmt.Errorf("%w in %s: write a Markdown file (*.md) there, or name another folder with --site",
			ErrNoPosts, s.name)
	}
	return l, nil
}

// maxFiles bounds the files of a site that are remembered.
const maxFiles = 1 << 20

// Files lists all files of the site but for hidden ones and those of packages. Folders that cannot be read are left
// out, as Posts reports them.
func (s *Site) Files() ([]string, error) {
	var files []string
	err := fs.WalkDir(s.files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil, d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir
		case !d.IsDir() && len(files) < maxFiles:
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return files, nil
}

// errTooLong says that a file is no post by its size.
var errTooLong = fmt.Errorf("longer than %d MiB", MaxPost>>20)

// minRead is what a file counts for at least, in bytes.
const minRead = 4 << 10

// Read returns the content of a post. It asks admit for the bytes before it holds any of them, and ends with its error if
// there is one. It does not hang on a pipe that has taken the place of a file.
func (s *Site) Read(p Post, admit func(bytes int64) error) ([]byte, error) {
	f, err := s.open(p.Path)
	if err != nil {
		return nil, fmt.Errorf("open post: %w", bare(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open post: %w", bare(err))
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	if info.Size() > MaxPost {
		return nil, errTooLong
	}
	size := max(info.Size(), minRead)
	if err := admit(size); err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(f, MaxPost+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read post: %w", bare(err))
	case len(content) > MaxPost:
		return nil, errTooLong
	}
	return content, nil
}

// bare takes the path out of an error, as whoever reports it names the post.
func bare(err error) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return inPath.Err
	}
	return err
}

// list walks a file system. It follows links to files, if the file system lets it. It does not follow links to folders, as
// they may lead in circles.
func list(site fs.FS, r Rules) Listing {
	var l Listing
	skip := func(name, reason string) { l.Skipped = append(l.Skipped, Skipped{idOf(name), reason, false}) }
	visit := func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			l.Skipped = append(l.Skipped, Skipped{idOf(name), bare(err).Error(), true})
			return fs.SkipDir
		case d.IsDir() && !r.holds(name):
			if c := path.Base(name)[0]; c != '.' && c != '_' && holdsMarkdown(site, name) {
				l.LeftOut = append(l.LeftOut, idOf(name)+"/")
			}
			return fs.SkipDir
		case d.IsDir():
			if isMarkdown(name) {
				skip(name, "a folder, not a post")
			}
			return nil
		}
		kind, link := d.Type(), d.Type()&fs.ModeSymlink != 0
		switch {
		case strings.HasPrefix(path.Base(name), "."):
			return nil
		case !isMarkdown(name) && !link:
			if ext := strings.ToLower(path.Ext(name)); slices.Contains(otherText(), ext) {
				if l.Unread == nil {
					l.Unread = map[string]int{}
				}
				l.Unread[ext]++
			}
			return nil
		case isMarkdown(name) && !r.takes(name):
			l.LeftOut = append(l.LeftOut, idOf(name))
			return nil
		}
		if glob := r.excludedBy(name); glob != "" && isMarkdown(name) {
			l.Hidden = append(l.Hidden, Hidden{idOf(name), "exclude: " + glob})
			return nil
		}
		if link {
			info, err := fs.Stat(site, name)
			switch {
			case err == nil && info.IsDir():
				skip(name, "a link to a folder is not followed; move the folder into the site")
				return nil
			case !isMarkdown(name):
				return nil
			case err != nil:
				l.Skipped = append(l.Skipped, Skipped{idOf(name), "a link that cannot be followed: " + bare(err).Error(), IsUnreadable(err)})
				return nil
			}
			kind = info.Mode().Type()
		}
		if !kind.IsRegular() {
			skip(name, "not a regular file")
			return nil
		}
		l.Posts = append(l.Posts, Post{idOf(name), name})
		return nil
	}
	// visit returns no error but SkipDir, so neither does WalkDir.
	_ = fs.WalkDir(site, ".", visit)
	l.unique()
	return l
}

// holdsMarkdown reports whether Markdown lies right in a folder.
func holdsMarkdown(site fs.FS, dir string) bool {
	entries, err := fs.ReadDir(site, dir)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return isMarkdown(e.Name()) })
}

// idOf returns a path as text; file names may be any bytes.
func idOf(name string) string { return norm.NFC.String(strings.ToValidUTF8(name, "\ufffd")) }

// unique sorts the posts and keeps one of those whose names differ only in Unicode form: the one already in NFC.
func (l *Listing) unique() {
	slices.SortFunc(l.Posts, func(a, b Post) int {
		if c := strings.Compare(a.ID, b.ID); c != 0 || a.Path == b.Path {
			return c
		}
		if a.Path == a.ID {
			return -1
		}
		if b.Path == b.ID {
			return 1
		}
		return strings.Compare(a.Path, b.Path)
	})
	kept := l.Posts[:0]
	for _, p := range l.Posts {
		if len(kept) > 0 && kept[len(kept)-1].ID == p.ID {
			l.Skipped = append(l.Skipped, Skipped{p.ID, "another file has the same name in another Unicode form; rename one", false})
			continue
		}
		kept = append(kept, p)
	}
	l.Posts = kept
}

func isMarkdown(name string) bool {
	return slices.Contains([]string{".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdx"}, strings.ToLower(path.Ext(name)))
}

// otherText are the extensions of text that generators make pages of and that is not read here.
func otherText() []string {
	return []string{".qmd", ".rmd", ".adoc", ".asciidoc", ".rst", ".org", ".ipynb", ".html", ".htm", ".textile", ".typ", ".tex"}
}
