package watch

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

const created = fsnotify.Create

// buffered is how many events wait while folders are read. What is too many is an error, after which everything is looked at.
const buffered = 1 << 10

// notifier is told by the system of changes in folders.
type notifier struct {
	dir     string
	log     *slog.Logger
	open    func() (*fsnotify.Watcher, error)
	remote  func(dir string) bool
	system  *fsnotify.Watcher      // nil while it cannot be had
	folders map[string]os.FileInfo // that are watched, by path
	said    once
	blind   bool // changes may happen of which the system does not tell
}

func newNotifier(dir string, log *slog.Logger) *notifier {
	open := func() (*fsnotify.Watcher, error) { return fsnotify.NewBufferedWatcher(buffered) }
	return &notifier{dir: dir, log: log, open: open, remote: isRemote, folders: map[string]os.FileInfo{}, said: once{}}
}

// events and errors come from the system; they are nil while it tells nothing.
func (n *notifier) events() chan fsnotify.Event {
	if n.system == nil {
		return nil
	}
	return n.system.Events
}

func (n *notifier) errors() chan error {
	if n.system == nil {
		return nil
	}
	return n.system.Errors
}

// watch watches these folders of the site, and no others. Those that another folder has taken the place of are watched anew.
func (n *notifier) watch(folders []string) {
	n.blind = false
	if n.system == nil {
		system, err := n.open()
		if err != nil {
			n.miss("site is not watched, it is looked at again and again instead", err)
			return
		}
		n.system = system
	}
	wanted := n.find(folders)
	n.forget(wanted)
	for path, info := range wanted {
		if n.folders[path] != nil {
			continue
		}
		if err := n.system.Add(path); err == nil {
			n.folders[path] = info
		} else if !errors.Is(err, fs.ErrNotExist) { // else it is gone again
			n.miss("folder is not watched, the site is looked at again and again instead", &fs.PathError{Op: "watch", Path: path, Err: err})
		}
	}
	if !n.blind {
		clear(n.said)
	}
}

// find returns the folders of the site that are there, by path.
func (n *notifier) find(folders []string) map[string]os.FileInfo {
	found := make(map[string]os.FileInfo, len(folders))
	for _, name := range folders {
		path := filepath.Join(n.dir, filepath.FromSlash(name))
		info, err := os.Stat(path)
		if err != nil {
			continue // it is gone again, or the next run says why
		}
		found[path] = info
		if n.remote(path) {
			n.miss("site is on a network file system, it is looked at again and again", nil)
		}
	}
	return found
}

// forget ends the watching of folders that are not wanted, or whose place another folder has taken, before any is watched
// anew: the system knows a folder by what it is, and gives one that was moved no second watch.
func (n *notifier) forget(wanted map[string]os.FileInfo) {
	told := map[string]bool{}
	for _, path := range n.system.WatchList() {
		told[path] = true
	}
	for path, info := range n.folders {
		now := wanted[path]
		if told[path] && now != nil && os.SameFile(now, info) {
			continue
		}
		if told[path] { // else it was removed, and the system has forgotten it, whatever is there now
			_ = n.system.Remove(path)
		}
		delete(n.folders, path)
	}
}

// miss notes that changes may be missed, and logs why, once for each cause.
func (n *notifier) miss(what string, err error) {
	n.blind = true
	switch {
	case err == nil:
		if n.said.first(what) {
			n.log.Info(what, "site", n.dir)
		}
	case n.said.first(kind(err)):
		n.log.Warn(what, "error", err, "fix", fix(err))
	}
}

// lost tells of events that were lost.
func (n *notifier) lost(err error) {
	if !errors.Is(err, fsnotify.ErrEventOverflow) && n.said.first(kind(err)) { // many files at once are no fault
		n.log.Warn("events of the site were lost, all of it is looked at", "error", err)
	}
}

// close lets the system forget the folders.
func (n *notifier) close() {
	if n.system != nil {
		_ = n.system.Close()
	}
	n.system, n.blind = nil, true
	clear(n.folders)
}
