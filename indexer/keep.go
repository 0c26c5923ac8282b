package indexer

import (
	"context"
	"fmt"
	"path"
	"slices"

	"chaja/indexer/site"
)

// Keeper is a writer that may begin with nothing in place of an index that there is.
type Keeper interface {
	// Keep takes over from that index the documents whose IDs it is asked for, and returns them.
	Keep(ctx context.Context, wanted func(id string) bool) (ids []string, err error)
}

// paths are posts and folders.
type paths map[string]bool

func pathsOf(names []string) paths {
	p := paths{}
	for _, name := range names {
		p[name] = true
	}
	return p
}

// hold reports whether an ID is one of the paths or lies in one.
func (p paths) hold(id string) bool {
	for dir := id; dir != "."; dir = path.Dir(dir) {
		if p[dir] {
			return true
		}
	}
	return p["."]
}

// keep lets the index keep what it has of the posts that could not be taken, and reports those that could not be read and of
// which it has nothing.
func (r *run) keep(found site.Listing) error {
	if len(r.unread) == 0 {
		return nil
	}
	unread, here := pathsOf(r.unread), r.published(found)
	for _, id := range r.unread {
		delete(here, id)
	}
	have := make([]string, 0, len(r.known))
	for id := range r.known {
		have = append(have, id)
	}
	if k, ok := r.writer.(Keeper); ok {
		kept, err := k.Keep(r.ctx, func(id string) bool { return !here[id] && unread.hold(id) })
		if err != nil {
			return fmt.Errorf("keep what could not be read: %w", err)
		}
		have = append(have, kept...)
	}
	above := paths{} // documents, and the folders that have some
	for _, id := range have {
		for dir := id; !above[dir]; dir = path.Dir(dir) {
			above[dir] = true
		}
	}
	for _, name := range r.faults {
		if !above[name] {
			r.report.Missing = append(r.report.Missing, name)
		}
	}
	return nil
}

// published returns the IDs of the posts that were found, but for those that are hidden.
func (r *run) published(found site.Listing) map[string]bool {
	here := make(map[string]bool, len(found.Posts))
	for _, p := range found.Posts {
		here[p.ID] = true
	}
	for _, h := range r.report.Hidden {
		delete(here, h.Path)
	}
	return here
}

// vanished returns, in order, the known IDs that no published post has any more. A post has not vanished if it, or its
// folder, could not be read this time.
func (r *run) vanished(found site.Listing) []string {
	here, unread := r.published(found), pathsOf(r.unread)
	var gone []string
	for id := range r.known {
		if !here[id] && !unread.hold(id) {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	return gone
}
