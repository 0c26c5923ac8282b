// Package indexer is the write side: it reads the posts of a site, makes documents of them and hands them to an
// index. Data flows one way: site, text, frontmatter, markdown, Document, search.Writer.
package indexer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/semaphore"

	"chaja/indexer/markdown"
	"chaja/indexer/site"
	"chaja/search"
)

// Version counts the changes of this package and those below it after which the same source gives another document. It
// is part of every hash: after it is raised, the next run reads every post anew.
const Version = 11

// Batches are bounded by what an engine needs to index their documents, in bytes of memory. A post that needs more than
// maxBatch is handed over alone. While one batch is written the next is read; together they need no more than maxHeld, which
// is about what a single post may need.
const (
	maxHeld  = markdown.MaxWeight
	maxBatch = maxHeld / 2
)

// Options say what a run does. The zero value indexes the current folder.
type Options struct {
	Site string       // folder of the site; empty for the current one
	As   site.Options // what is known about the site's generator, if anything
	Jobs int          // posts read at the same time; 0 for one per processor

	Empty bool // a site without posts is none of the errors: its index has none either

	Built *Built // what Check compares the posts with, nil for nothing

	// Progress, if not nil, is called from one goroutine after every post with the number done and in total.
	Progress func(done, total int)
}

// maxIncludes bounds the files that are remembered because posts put them into their text.
const maxIncludes = 1 << 10

// Hidden is a post that its generator does not publish, or that is kept from those who search, and why.
type Hidden = site.Hidden

// Report is what a run did. Found is the sum of Added, Updated, Unchanged, Failed and the length of Hidden.
type Report struct {
	Generator string         `json:"generator"` // one of site.Generators
	Site      string         `json:"site"`      // what the site was taken for, for a person
	Found     int            `json:"found"`
	Added     int            `json:"added"`
	Updated   int            `json:"updated"`
	Unchanged int            `json:"unchanged"`
	Failed    int            `json:"failed"` // could not be read; what the index holds of them stays
	Deleted   int            `json:"deleted"`
	Hidden    []Hidden       `json:"hidden,omitempty"`           // in order of their paths
	Protected []Hidden       `json:"protected,omitempty"`        // of which only the title and what their site shows of them is indexed
	Missing   []string       `json:"missing,omitempty"`          // posts and folders that could not be read, and of which the index has nothing
	LeftOut   []string       `json:"left_out,omitempty"`         // Markdown files and folders that are no posts by their names
	Unread    map[string]int `json:"unread,omitempty"`           // files of text that is no Markdown, by their extension
	Problems  []Problem      `json:"problems,omitempty"`         // of the posts read anew, by path and line
	Earlier   int            `json:"earlier_problems,omitempty"` // of the posts that are unchanged, which earlier runs named
	Bytes     int64          `json:"bytes"`                      // of source read, with the files that posts put into their text
	Includes  []string       `json:"-"`                          // those files, there or not, each once
}

// Source is a site that is open: its posts are listed, and not yet read.
type Source struct {
	options Options
	site    *site.Site
	listing site.Listing
}

// Open opens and lists the site that o names. Its error says that the site as a whole cannot be read, and wraps
// site.ErrNoSite, site.ErrNoPosts or site.ErrOptions.
func Open(o Options) (*Source, error) {
	s, err := site.Open(cmp.Or(o.Site, "."), o.As)
	if err != nil {
		return nil, err
	}
	return list(s, o)
}

// list closes the site if it has no posts and should have some.
func list(s *site.Site, o Options) (*Source, error) {
	listing, err := s.Posts()
	if err != nil && !(o.Empty && errors.Is(err, site.ErrNoPosts)) {
		return nil, errors.Join(err, s.Close())
	}
	return &Source{o, s, listing}, nil
}

// Close releases the folder of the site.
func (s *Source) Close() error { return s.site.Close() }

// Found is what is known of a site before one of its posts is read. What hides a post from within is not.
type Found struct {
	Generator, Site string // as in Report
	Posts           int    // by their names and places
}

// Found tells what Open has found.
func (s *Source) Found() Found {
	return Found{s.site.Generator, s.site.Found, len(s.listing.Posts)}
}

// Run opens a site, brings w up to date with it and closes it again. Errors are those of Open and Index.
func Run(ctx context.Context, o Options, w search.Writer) (Report, error) {
	s, err := Open(o)
	if err != nil {
		return Report{}, err
	}
	defer s.Close()
	return s.Index(ctx, w)
}

// Index brings w up to date: posts that changed are written in order of their IDs, those that vanished are removed at
// the end, the rest is left alone. Of all posts it holds the name and the hash in memory, of a few the text.
//
// What is wrong with a post is reported and never stops the run. An error means that w failed or that ctx ended. What
// has been applied so far is whole, the report says what it is, and another run goes on from there.
func (s *Source) Index(ctx context.Context, w search.Writer) (Report, error) {
	known, err := w.Hashes(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("read the index: %w", err)
	}
	r := s.run(ctx)
	r.writer, r.known = w, known
	if err = r.write(s.listing.Posts); err == nil {
		err = s.site.Fault()
	}
	if err == nil {
		err = r.keep(s.listing)
	}
	if err == nil {
		err = r.remove(r.vanished(s.listing))
	}
	slices.SortStableFunc(r.report.Problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), a.Line-b.Line)
	})
	byPath(r.report.Hidden)
	return r.report, err
}

func byPath(posts []Hidden) {
	slices.SortStableFunc(posts, func(a, b Hidden) int { return strings.Compare(a.Path, b.Path) })
}

// run begins a run over all posts, with what is known before one is read.
func (s *Source) run(ctx context.Context) *run {
	r := &run{ctx: ctx, options: s.options, site: s.site, reading: semaphore.NewWeighted(maxReading), includes: map[string]bool{}}
	r.report.Generator, r.report.Site = s.site.Generator, s.site.Found
	r.report.Found, r.report.LeftOut = len(s.listing.Posts)+len(s.listing.Hidden), s.listing.LeftOut
	r.report.Hidden = slices.Clone(s.listing.Hidden)
	r.report.Unread = s.listing.Unread
	for _, n := range s.site.Notes() {
		r.report.Problems = append(r.report.Problems, Problem{URLKind, n.Path, 0, n.Reason})
	}
	for _, k := range s.listing.Skipped {
		r.report.Problems = append(r.report.Problems, Problem{FileKind, k.Path, 0, k.Reason})
		r.unread = append(r.unread, k.Path)
		if k.Unreadable {
			r.faults = append(r.faults, k.Path)
		}
	}
	return r
}

// run is the state of one run. Only the goroutine of Run changes it.
type run struct {
	ctx     context.Context
	options Options
	site    *site.Site
	writer  search.Writer
	known   map[string]string // hash by ID
	checker *checker          // takes the documents instead of writer when a site is only checked

	reading *semaphore.Weighted // bytes of source

	unread   []string // posts and folders that could not be taken, and of which the index keeps what it has
	faults   []string // those of them that could not be read
	report   Report
	includes map[string]bool // of the report
	batch    []search.Document
	weight   int     // of batch, in bytes of memory that an engine needs for it
	writing  writing // the batch before
}

// write reads posts side by side and takes them in order.
func (r *run) write(posts []site.Post) (err error) {
	defer func() { err = cmp.Or(r.settle(), err) }()
	for i, o := range r.inOrder(posts) {
		if r.weight > 0 && r.weight+o.weight > maxBatch {
			if err := r.flush(); err != nil {
				return err
			}
		}
		if r.writing.weight+r.weight+o.weight > maxHeld {
			if err := r.settle(); err != nil {
				return err
			}
		}
		r.take(posts[i].ID, o)
		if r.options.Progress != nil {
			r.options.Progress(i+1, len(posts))
		}
	}
	return r.flush()
}

// take counts what became of a post and keeps its document for the next flush.
func (r *run) take(id string, o outcome) {
	r.report.Bytes += int64(o.bytes)
	for _, name := range o.includes {
		if !r.includes[name] && len(r.includes) < maxIncludes {
			r.includes[name] = true
			r.report.Includes = append(r.report.Includes, name)
		}
	}
	r.report.Problems = append(r.report.Problems, o.problems...)
	if o.protected != "" {
		r.report.Protected = append(r.report.Protected, Hidden{Path: id, Reason: o.protected})
	}
	switch {
	case o.failed:
		r.report.Failed++
		r.unread = append(r.unread, id)
		if o.unreadable {
			r.faults = append(r.faults, id)
		}
	case o.unchanged:
		r.report.Unchanged++
		r.report.Earlier += o.earlier
	case o.hidden != "":
		r.report.Hidden = append(r.report.Hidden, Hidden{Path: id, Reason: o.hidden})
	case r.checker != nil:
		r.checker.add(o.checked)
	default:
		r.batch = append(r.batch, o.document)
		r.weight += o.weight
	}
}

// remove deletes documents whose posts are gone.
func (r *run) remove(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	if err := r.writer.Apply(r.ctx, search.Batch{Delete: ids}); err != nil {
		return fmt.Errorf("delete from the index: %w", err)
	}
	r.report.Deleted = len(ids)
	return nil
}
