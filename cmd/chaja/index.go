package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chaja/indexer"
	"chaja/indexer/site"
	"chaja/search/analysis"
	"chaja/search/meaning"
)

func newIndex() *cobra.Command {
	var o indexOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Index the posts of a site, or what changed in them",
		Long: `Index reads the Markdown posts of a site and brings its index up to date: new and changed posts are written,
deleted ones dropped. What is wrong with a post is reported as path:line: message and does not stop the rest.

An index with a damaged file is made anew, and the file is named. The folder of an index holds nothing else: one that
holds other files is refused.`,
		Example: "  chaja index --site ~/blog\n  chaja index --site ~/blog --strict --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			analyzer, err := o.analyzer()
			if err != nil {
				return err
			}
			defer holdMemory()()
			bar := newProgress(cmd.ErrOrStderr(), "indexing")
			report, err := o.run(cmd.Context(), analyzer, bar.update)
			bar.finish()
			if err != nil {
				return err
			}
			return o.print(cmd, report, asJSON)
		},
	}
	o.siteFlag(cmd)
	o.indexFlag(cmd)
	o.engineFlags.engineFlags(cmd)
	o.shardsFlag(cmd)
	o.wordsFlag(cmd)
	o.generatorFlags(cmd)
	o.embedderFlags(cmd)
	cmd.Flags().BoolVar(&o.full, "full", false, "index every post, changed or not")
	cmd.Flags().BoolVar(&o.strict, "strict", false, "fail when a post has a problem; every post is read, as with --full")
	cmd.Flags().BoolVar(&o.allowMissing, "allow-missing", false, "index without the posts that cannot be read and are not in the index, and make an empty index of no posts")
	cmd.Flags().IntVar(&o.jobs, "jobs", 0, "posts read at the same time (default: one per processor)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	checkRange(cmd, "jobs", 0, maxJobs)
	return cmd
}

// maxJobs bounds --jobs: each job holds a post in memory.
const maxJobs = 256

// indexReport is what a run of chaja index did.
type indexReport struct {
	indexer.Report
	Pairs  int    `json:"pairs"`            // of words, learned from all posts of the index
	Mended string `json:"mended,omitempty"` // what was wrong with the files of the index, which is made anew

	Duration time.Duration `json:"duration_ns"` // of all of the run, also of what is learned and written at its end

	Embedding *meaning.Report `json:"embedding,omitempty"` // with an embedder
}

type indexOptions struct {
	folders
	dictionary
	embedder
	as           site.Options
	full, strict bool
	allowMissing bool
	jobs         int

	runs *indexing // of a server; nil for a command
}

// generatorFlags are for sites whose generator cannot be seen, or is not known.
func (o *indexOptions) generatorFlags(cmd *cobra.Command) {
	names := site.Generators()
	cmd.Flags().StringVar(&o.as.Generator, "generator", "", "what publishes the site: "+strings.Join(names, ", ")+" (default: found from its files)")
	cmd.Flags().StringVar(&o.as.URL, "url", "", "URLs of plain Markdown, of {YYYY} {MM} {DD} {slug} {dir} {path}, such as /blog/{slug}/")
	cmd.Flags().Var((*folderURLs)(&o.as.URLs), "urls", "URLs of the pages in a folder, as FOLDER=PATTERN: content/projects=/projects/{slug}/; may be given again")
	cmd.Flags().StringArrayVar(&o.as.Exclude, "exclude", nil, "leave out files and folders by a glob, such as drafts/** or *.tmp.md; may be given again")
	checkChoice(cmd, "generator", names...)
}

// run brings the index up to date. On error the index is as it was. A server of embeddings that fails is no error: posts are found
// by their words.
func (o *indexOptions) run(ctx context.Context, analyzer *analysis.Analyzer, progress func(done, total int)) (report indexReport, err error) {
	defer func(began time.Time) { report.Duration = time.Since(began) }(time.Now())
	_, err = o.client()
	if err = cmp.Or(o.fits(&o.folders), err); err != nil {
		return report, err // now: after the work it would be late
	}
	if report, err = o.runWords(ctx, analyzer, progress); err != nil {
		return report, err
	}
	steps := 0
	if o.runs != nil {
		steps = 1 // what changes meanwhile is not to wait for all of a blog
	}
	report.Embedding, err = o.embed(ctx, o.indexDir(), analyzer, steps, progress)
	return report, err
}

func (o *indexOptions) runWords(ctx context.Context, analyzer *analysis.Analyzer, progress func(done, total int)) (report indexReport, err error) {
	progress, end := o.runs.begin(progress)
	defer end()
	// The site is looked at before anything is written: an index of nothing would be left behind in it.
	source, err := indexer.Open(indexer.Options{Site: o.site, As: o.as, Jobs: o.jobs, Progress: progress, Empty: o.allowMissing})
	if err != nil {
		return report, siteError(o.emptied(err))
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	// Problems are known of the posts that are read, and --strict must know all.
	update, err := o.begin(ctx, analyzer, o.full || o.strict)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, update.Close()) }()
	if damage := update.Damage(); damage != nil {
		report.Mended = damage.Error()
	}
	words, mistakes := readPairs(o.site)
	update.SetPairs(words)
	report.Report, err = source.Index(ctx, update)
	report.Problems = append(mistakes, report.Problems...)
	if err != nil {
		return report, err
	}
	if len(report.Missing) > 0 && update.Poorer() && !o.allowMissing {
		return report, o.poorer(report)
	}
	ids, err := update.Hashes(ctx)
	if err != nil {
		return report, err
	}
	if err = update.Commit(ctx); err != nil {
		return report, err
	}
	report.Pairs = update.Manifest().Learned
	unknown, err := o.leverProblems(ctx, ids, report.Hidden)
	report.Problems = append(unknown, report.Problems...)
	return report, err
}

// emptied says that an index stays as it is when the last post of its site is gone, as a folder is that was not mounted.
func (o *indexOptions) emptied(err error) error {
	if _, missing := os.Stat(o.indexDir()); errors.Is(err, site.ErrNoPosts) && missing == nil {
		return fmt.Errorf("%w in %s: %w", site.ErrNoPosts, o.site, errEmptied)
	}
	return err
}

// errEmptied says that an index is kept although its site has no posts.
var errEmptied = errors.New("the index keeps those it has")

// poorer says why a good index, or what is left of it, is not replaced.
func (o *indexOptions) poorer(report indexReport) error {
	var first string
	for _, p := range report.Problems {
		if p.Path == report.Missing[0] {
			first = ", the first is " + p.String()
			break
		}
	}
	return fmt.Errorf("%w: %s cannot be read%s", errPoorer, plural(len(report.Missing), "path"), first)
}

// errPoorer says that an index is not replaced by one that may lack what the other has.
var errPoorer = errors.New("the index is left as it is, and cannot be read to keep what the site lacks now")

// checkSite returns an error when there is no site.
func (o *indexOptions) checkSite() error {
	s, err := site.Open(o.site, o.as)
	if err != nil {
		return siteError(err)
	}
	return s.Close()
}

// siteError marks the errors that come of wrong flags.
func siteError(err error) error {
	if errors.Is(err, site.ErrOptions) {
		return usageError{err}
	}
	return err
}

func (o *indexOptions) print(cmd *cobra.Command, report indexReport, asJSON bool) error {
	out := cmd.OutOrStdout()
	if asJSON {
		if err := printJSON(out, report); err != nil {
			return err
		}
	} else {
		if report.Mended != "" {
			fmt.Fprintln(cmd.ErrOrStderr(), report.Mended+"; it is made anew")
		}
		for _, p := range report.Problems {
			fmt.Fprintln(cmd.ErrOrStderr(), clean(p.String()))
		}
		if e := report.Embedding; e != nil && e.Problem != "" {
			fmt.Fprintln(cmd.ErrOrStderr(), clean(e.Problem))
		}
		printReport(out, report, o.where())
	}
	if n := len(report.Problems); o.strict && n > 0 {
		return fmt.Errorf("%s found, and --strict was given", plural(n, "problem"))
	}
	if n := len(report.Missing); n > 0 && !o.allowMissing {
		return fmt.Errorf("%s of the site cannot be read, and the index has nothing of them; the rest is indexed", plural(n, "path"))
	}
	return nil
}

// shownNames bounds how many files are named that are not indexed.
const shownNames = 10

func printReport(out io.Writer, r indexReport, where string) {
	fmt.Fprintln(out, r.Site)
	fmt.Fprintf(out, "%s in %s: %d added, %d updated, %d unchanged, %d deleted", plural(r.Found, "post"), where,
		r.Added, r.Updated, r.Unchanged, r.Deleted)
	if len(r.Hidden) > 0 {
		fmt.Fprintf(out, ", %d not published", len(r.Hidden))
	}
	if r.Failed > 0 {
		fmt.Fprintf(out, ", %d could not be read", r.Failed)
	}
	fmt.Fprintf(out, "; %s", plural(len(r.Problems), "problem"))
	if r.Earlier > 0 {
		fmt.Fprintf(out, ", and %d as before in unchanged posts (chaja check names them)", r.Earlier)
	}
	fmt.Fprintf(out, "; %s of words; %s\n", plural(r.Pairs, "pair"), r.Duration.Round(10*time.Millisecond))
	if r.Embedding != nil {
		fmt.Fprintln(out, embeddedText(r.Embedding))
	}
	printHidden(out, "not published", r.Hidden)
	printHidden(out, "title and abstract alone", r.Protected)
	printNames(out, "taken for no posts", r.LeftOut)
	var unread []string
	for _, ext := range slices.Sorted(maps.Keys(r.Unread)) {
		unread = append(unread, fmt.Sprintf("%d %s", r.Unread[ext], ext))
	}
	printNames(out, "not read, as they are no Markdown", unread)
}

// printHidden counts posts by why they are not shown, the commonest reason first, and names the first of each.
func printHidden(out io.Writer, what string, posts []indexer.Hidden) {
	names := map[string][]string{}
	for _, h := range posts {
		names[h.Reason] = append(names[h.Reason], h.Path)
	}
	reasons := slices.SortedFunc(maps.Keys(names), func(a, b string) int {
		return cmp.Or(len(names[b])-len(names[a]), strings.Compare(a, b))
	})
	rest := 0
	for i, reason := range reasons {
		if i >= shownNames {
			rest += len(names[reason])
			continue
		}
		printNames(out, fmt.Sprintf("%s, %s (%d)", what, clean(reason), len(names[reason])), names[reason])
	}
	if rest > 0 {
		fmt.Fprintf(out, "%s, for other reasons (%d)\n", what, rest)
	}
}

// printNames prints the first names of a list on a line, nothing for none.
func printNames(out io.Writer, what string, names []string) {
	more := ""
	if n := len(names) - shownNames; n > 0 {
		names, more = names[:shownNames], fmt.Sprintf(" and %d more", n)
	}
	if len(names) > 0 {
		fmt.Fprintf(out, "%s: %s%s\n", what, clean(strings.Join(names, ", ")), more)
	}
}
