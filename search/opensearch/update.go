package opensearch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/generation"
	"chaja/search/lexicon"
	"chaja/search/lexicon/pairs"
)

// Site is the index of a site in a cluster.
type Site struct {
	Cluster  *Cluster
	Name     string
	Analyzer *analysis.Analyzer // nil where neither words are searched for nor documents written
	Shards   int                // of an index that is made anew
}

// Update writes the next generation of a site, as generation.Update does in a folder. Nothing changes for readers before Commit,
// and nothing is written before the first Apply.
type Update struct {
	site    Site
	lock    *lock
	base    *snapshot // of the generation in force; nil to begin from nothing
	current meta
	found   error  // what is wrong with the generation in force
	staged  *Index // nil before the first Apply
	changed map[string]bool
	pairs   *pairs.File
}

var _ search.Writer = (*Update)(nil)

// Begin starts an update. It begins with the documents of the generation in force, or with none when full is set or that
// generation is outdated; Damage says whether it is. The error wraps ErrBusy when another process writes and ErrForeign when the
// name belongs to something else. The caller must Close it.
func (s Site) Begin(ctx context.Context, full bool) (*Update, error) {
	if err := s.Cluster.Check(ctx); err != nil {
		return nil, err
	}
	u := &Update{site: s, changed: map[string]bool{}}
	_, err := s.Cluster.inForce(ctx, s.Name)
	if err != nil && !errors.Is(err, search.ErrNoIndex) {
		return nil, err
	}
	if u.lock, err = acquire(ctx, s.Cluster, s.Name); err != nil {
		return nil, err
	}
	m, err := s.Cluster.inForce(ctx, s.Name)
	if err == nil { // now that nobody else changes it
		u.current = m
		u.found = m.check(s.Analyzer)
		if u.found == nil && !full {
			if _, words := s.Cluster.readLexicon(ctx, m.Generation); errors.Is(words, search.ErrOutdated) {
				u.found = words
			}
		}
		if u.found == nil && !full {
			u.base, err = Open(s.Cluster, m.Generation, s.Analyzer).open(ctx)
		}
	} else if errors.Is(err, search.ErrNoIndex) {
		err = nil
	}
	if err == nil {
		err = s.Cluster.removeOthers(ctx, s.Name, m.Generation)
	}
	if err != nil {
		return nil, errors.Join(err, u.Close())
	}
	return u, nil
}

// Damage returns why the generation in force is of no use, nil where it is of use or there is none.
func (u *Update) Damage() error { return u.found }

// Manifest describes the generation in force: the one that the update began with, until Commit.
func (u *Update) Manifest() generation.Manifest { return u.current.Manifest }

// SetPairs sets what the site says about its words, nil for nothing. It is called before Commit.
func (u *Update) SetPairs(p *pairs.File) { u.pairs = p }

// Poorer reports whether Keep was asked for documents that it could not read.
func (u *Update) Poorer() bool { return false }

// Hashes implements search.Writer: those of the generation that the update began with.
func (u *Update) Hashes(ctx context.Context) (map[string]string, error) {
	switch {
	case u.staged != nil:
		return u.staged.Hashes(ctx)
	case u.base != nil:
		return u.base.index.Hashes(ctx)
	}
	return map[string]string{}, nil
}

// Apply implements search.Writer, in the generation being written.
func (u *Update) Apply(ctx context.Context, batch search.Batch) error {
	if err := u.stage(ctx); err != nil {
		return fmt.Errorf("stage index: %w", err)
	}
	for _, id := range batch.Delete {
		u.changed[id] = true
	}
	for i := range batch.Put {
		u.changed[batch.Put[i].ID] = true
	}
	return u.staged.Apply(ctx, batch)
}

// Keep writes the documents that are wanted of the generation in force, for an update that begins with nothing; see
// generation.Update.
func (u *Update) Keep(ctx context.Context, wanted func(id string) bool) (ids []string, err error) {
	if u.base != nil || u.current.Generation == "" {
		return nil, nil
	}
	old, err := Open(u.site.Cluster, u.current.Generation, u.site.Analyzer).open(ctx)
	if err != nil {
		return nil, err
	}
	defer old.release()
	err = old.Documents(ctx, func(doc *search.Document) error {
		if !wanted(doc.ID) {
			return nil
		}
		ids = append(ids, doc.ID)
		return u.Apply(ctx, search.Batch{Put: []search.Document{*doc}})
	})
	return ids, err
}

// stage makes the index of the next generation, unless there is one: a clone of the present one, or an empty one.
func (u *Update) stage(ctx context.Context) error {
	if u.staged != nil {
		return nil
	}
	c, name := u.site.Cluster, nextName(u.site.Name, u.current.Generation)
	if u.base == nil {
		x, err := Create(ctx, c, name, u.site.Analyzer, max(1, u.site.Shards))
		u.staged = x
		return err
	}
	err := c.do(ctx, "clone "+u.current.Generation, http.MethodPut, path(u.current.Generation, "_clone", name), object{
		"settings": object{"index.blocks.write": false},
	}, nil)
	if err != nil {
		return err
	}
	if err := c.await(ctx, name, "yellow"); err != nil {
		return errors.Join(err, c.Delete(context.WithoutCancel(ctx), name))
	}
	u.staged = Open(c, name, u.site.Analyzer)
	return nil
}

// await waits until the shards of an index are there: yellow the first of each, green all.
func (c *Cluster) await(ctx context.Context, index, status string) error {
	return c.do(ctx, "wait for index "+index, http.MethodGet, path("_cluster", "health", index)+"?timeout=60s&wait_for_status="+status, nil, nil)
}

// Commit puts the generation in force. Without an Apply it leaves the present one, and makes an empty one where there is none.
// After an error readers see the old generation.
func (u *Update) Commit(ctx context.Context) error {
	if u.staged == nil && u.base != nil && u.current.Pairs == u.pairs.Version() {
		return nil
	}
	if err := u.stage(ctx); err != nil {
		return fmt.Errorf("stage index: %w", err)
	}
	m, err := u.finish(ctx)
	if err == nil {
		err = u.lock.held(ctx)
	}
	if err != nil {
		return fmt.Errorf("finish index: %w", err)
	}
	actions := []object{{"add": object{"index": m.Generation, "alias": u.site.Name}}}
	if old := u.current.Generation; old != "" {
		actions = append(actions, object{"remove": object{"index": old, "alias": u.site.Name, "must_exist": true}})
	}
	if err := u.site.Cluster.do(ctx, "put "+m.Generation+" in force", http.MethodPost, "/_aliases", object{"actions": actions}, nil); err != nil {
		return fmt.Errorf("publish index: %w", err)
	}
	// The one before stays until the next update, for requests that have begun with it.
	u.current, u.staged = m, nil
	return nil
}

// finish learns the words of the staged documents, and writes what is known of them.
func (u *Update) finish(ctx context.Context) (m meta, err error) {
	c, gen := u.site.Cluster, u.staged.name
	if err := u.staged.refresh(ctx); err != nil {
		return m, err
	}
	s, err := u.staged.open(ctx)
	if err != nil {
		return m, err
	}
	defer s.release()
	all, err := search.Ask(ctx, s, search.Query{})
	if err != nil {
		return m, err
	}
	m = meta{Product: product, Sample: sampleFor(all.Total), Manifest: generation.Manifest{
		Format: Format, Analysis: u.site.Analyzer.Version(), Pairs: u.pairs.Version(), Generation: gen, Posts: all.Total,
		Built: time.Now().UTC().Truncate(time.Second),
	}}
	b, err := u.builder(ctx, s, m.Sample)
	if err != nil {
		return m, fmt.Errorf("collect words: %w", err)
	}
	l := b.Build(u.pairs)
	m.Learned = len(l.Learned)
	err = inFolder(func(dir string) error {
		if err := errors.Join(l.Write(dir), b.WriteNotes(dir)); err != nil {
			return err
		}
		return c.writeFolder(ctx, gen+wordsEnd, dir)
	})
	if err != nil {
		return m, err
	}
	if m.Bytes, err = c.size(ctx, gen); err != nil {
		return m, err
	}
	if err := c.do(ctx, "write manifest of "+gen, http.MethodPut, path(gen, "_mapping"), object{"_meta": m}, nil); err != nil {
		return m, err
	}
	if err := c.do(ctx, "close "+gen+" for writing", http.MethodPut, path(gen, "_settings"), object{"index.blocks.write": true}, nil); err != nil {
		return m, err
	}
	return m, c.await(ctx, gen, "yellow")
}

// size returns the bytes of an index without its replicas.
func (c *Cluster) size(ctx context.Context, index string) (int64, error) {
	var answer struct {
		All struct {
			Primaries struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				}
			}
		} `json:"_all"`
	}
	err := c.do(ctx, "measure "+index, http.MethodGet, path(index, "_stats", "store"), nil, &answer)
	return answer.All.Primaries.Store.Bytes, err
}

// builder returns what is known of the words of the staged documents: what the notes of the generation before say, brought up to
// date with what has changed since, or else learned anew.
func (u *Update) builder(ctx context.Context, staged *snapshot, sample int) (*lexicon.Builder, error) {
	if u.base != nil && u.current.Sample == sample {
		var b *lexicon.Builder
		err := inFolder(func(dir string) (err error) {
			if err = u.site.Cluster.readFolder(ctx, u.current.Generation+wordsEnd, dir, wordFiles[2:]); err == nil {
				b, err = lexicon.ReadNotes(dir, u.site.Analyzer)
			}
			return err
		})
		if err == nil {
			ids := slices.DeleteFunc(slices.Sorted(maps.Keys(u.changed)), func(id string) bool { return sampleLevel(id) < sample })
			if ok, err := b.Update(ctx, u.base, staged, ids); ok || err != nil {
				return b, err
			}
		} // else there are none, or they cannot be used, which costs nothing but time
	}
	return lexicon.Collect(ctx, &sampled{staged, sample, termCounts{}, make(chan struct{})}, u.site.Analyzer)
}

// closing is how long Close tries to remove what was not committed.
const closing = 10 * time.Second

// Close ends the update and discards what was not committed.
func (u *Update) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	var errs []error
	if u.staged != nil {
		errs = append(errs, u.site.Cluster.Delete(ctx, u.staged.name), u.site.Cluster.Delete(ctx, u.staged.name+wordsEnd))
	}
	if u.base != nil {
		u.base.release()
	}
	return errors.Join(append(errs, u.lock.release(ctx))...)
}

// Remove removes the site from the cluster, with all its generations.
func (s Site) Remove(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return errors.Join(s.Cluster.removeOthers(ctx, s.Name), s.Cluster.Delete(ctx, s.Name+lockEnd))
}
