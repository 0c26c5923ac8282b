// Package querylog keeps which queries are asked most and which find nothing, so that who runs a site learns what its
// readers look for. It keeps nothing of who asked: no address, no time but the day, and no query that looks as if it named
// a person. A query that finds something is kept once it has been asked three times, as what one reader asks once or twice
// may tell of that reader. One that finds nothing is kept at once: on a small site it is seldom asked again, and it is what
// the owner wants to know. So it must be short, and is forgotten soon when nobody asks it again.
package querylog

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"chaja/internal/smallfile"
)

// Bounds of what is kept.
const (
	maxFile    = 1 << 20 // bytes of the file: twice what the longest queries take
	maxQueries = 1000    // in the file: what is asked less is not read
	maxBytes   = 200     // of a query; longer ones are pasted texts

	// minAsked is how often a query that finds something must have been asked to be written down, in asks of its own.
	minAsked = 3

	// maxOnce bounds a query in bytes that is written down though it was asked less often: some words, no message.
	maxOnce = 60

	// seldomDays is after how many days such a query is forgotten, unless it is asked again.
	seldomDays = 90

	// apart is how long after the last ask another one counts: a reader who filters, sorts or reloads asks once.
	apart = time.Minute

	// saveEvery is how much a crash may lose.
	saveEvery = time.Minute
)

// Query is a query that was asked several times.
type Query struct {
	Query string `json:"query"`
	Asked int    `json:"asked"` // how often
	Found int    `json:"found"` // posts with all its words, when it was asked last
	Last  string `json:"last"`  // day of that, UTC
}

// file is the log as it is written.
type file struct {
	Queries []Query `json:"queries"` // most asked first
}

// Log counts queries. It is safe for concurrent use.
type Log struct {
	path string
	now  func() time.Time

	mu      sync.Mutex
	queries map[string]*entry
	changed bool // since it was saved
}

type entry struct {
	Query
	at time.Time // of the last ask that counted; not written down
}

// Open returns the log in the file at path, empty where there is none. It is empty, too, when that cannot be read, which
// the error tells.
func Open(path string) (*Log, error) {
	kept, err := Read(path)
	l := &Log{path: path, now: time.Now, queries: map[string]*entry{}}
	for _, q := range kept[:min(len(kept), maxQueries)] {
		l.queries[q.Query] = &entry{Query: q}
	}
	return l, err
}

// Read returns the queries in the file at path, most asked first; none where there is no file.
func Read(path string) ([]Query, error) {
	data, err := smallfile.Read(path, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read queries: %w", err)
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("read queries in %s: %w", path, err)
	}
	return f.Queries, nil
}

// personal is what a query may hold that tells of a person: an address of mail, or a number as long as that of a telephone.
var personal = regexp.MustCompile(`@|\d([ .-]?\d){6}`)

// Add counts a query that found so many posts with all its words.
func (l *Log) Add(query string, found int) {
	query = strings.ToLower(strings.Join(strings.Fields(query), " "))
	if query == "" || len(query) > maxBytes || personal.MatchString(query) {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.queries[query]
	if e == nil {
		if len(l.queries) >= 2*maxQueries {
			l.forget()
		}
		e = &entry{Query: Query{Query: query}}
		l.queries[query] = e
	}
	now := l.now()
	if !e.at.IsZero() && now.Sub(e.at) < apart {
		return
	}
	e.at, e.Found = now, found
	e.Asked++
	e.Last = now.UTC().Format(time.DateOnly)
	l.changed = true
}

// forget keeps the better half: what is asked most and, of equals, what was asked last.
func (l *Log) forget() {
	all := make([]*entry, 0, len(l.queries))
	for _, e := range l.queries {
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(b.Asked, a.Asked), b.at.Compare(a.at), cmp.Compare(a.Query.Query, b.Query.Query))
	})
	for _, e := range all[maxQueries:] {
		delete(l.queries, e.Query.Query)
	}
}

// worth reports whether a query may be written down today.
func (q Query) worth(now time.Time) bool {
	if q.Asked >= minAsked {
		return true
	}
	oldest := now.UTC().AddDate(0, 0, -seldomDays).Format(time.DateOnly)
	return q.Asked > 0 && q.Found == 0 && len(q.Query) <= maxOnce && q.Last >= oldest
}

// Queries returns what may be written down, most asked first, and of equals the last asked.
func (l *Log) Queries() []Query {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept := []Query{}
	for _, e := range l.queries {
		if e.worth(l.now()) {
			kept = append(kept, e.Query)
		}
	}
	slices.SortFunc(kept, func(a, b Query) int {
		return cmp.Or(cmp.Compare(b.Asked, a.Asked), cmp.Compare(b.Last, a.Last), cmp.Compare(a.Query, b.Query))
	})
	return kept[:min(len(kept), maxQueries)]
}

// Keep saves the log every minute, and once more when ctx ends; then it returns. That it cannot be saved, as when the
// server may not write where the index is, is logged once.
func (l *Log) Keep(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(saveEvery)
	defer ticker.Stop()
	known := ""
	for done := false; !done; {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			done = true
		}
		if err := l.save(); err != nil && err.Error() != known {
			known = err.Error()
			log.Warn("queries are not kept", "error", err, "fix", "let the server write there, or serve with --no-query-log")
		}
	}
}

// save writes what has changed. Where its folder cannot be made, as what it stands in is missing, there is no index yet and
// nothing to keep: no error, but kept in mind.
func (l *Log) save() error {
	l.mu.Lock()
	changed := l.changed
	l.changed = false
	l.mu.Unlock()
	if !changed {
		return nil
	}
	err := l.write()
	if err != nil { // the next save tries again
		l.mu.Lock()
		l.changed = true
		l.mu.Unlock()
	}
	return ignoreMissing(err)
}

// write writes the log aside and renames it into place, for the eyes of the owner only. It makes the folder, which version
// control leaves alone: what readers ask is not for everybody.
func (l *Log) write() error {
	data, err := json.MarshalIndent(file{l.Queries()}, "", " ")
	if err != nil {
		return fmt.Errorf("encode queries: %w", err)
	}
	if err := makeFolder(filepath.Dir(l.path)); err != nil {
		return fmt.Errorf("save queries: %w", err)
	}
	aside := l.path + ".new"
	err = writeSynced(aside, append(data, '\n'))
	if err == nil {
		err = os.Rename(aside, l.path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("save queries: %w", err), ignoreMissing(os.Remove(aside)))
	}
	return nil
}

// writeSynced writes a file that is whole on the disk when it returns, as it takes the place of one that is.
func writeSynced(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Sync(), file.Close())
}

// makeFolder makes the folder of the log where there is none. A folder that is there is left as it is.
func makeFolder(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o600)
}

// Move moves the log that an older chaja kept at old to path, unless there is one already. Nothing is lost when it fails.
func Move(old, path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	kept, err := Read(old)
	if err != nil || len(kept) == 0 {
		return err
	}
	l := &Log{path: path, now: time.Now, queries: map[string]*entry{}}
	for _, q := range kept {
		l.queries[q.Query] = &entry{Query: q}
	}
	if err := l.write(); err != nil {
		return err
	}
	return os.Remove(old)
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
