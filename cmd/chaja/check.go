package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/bleveindex"
	"chaja/search/generation"
	"chaja/search/meaning"
)

func newCheck() *cobra.Command {
	var where indexOptions
	var strict, asJSON bool
	var built string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Report what is wrong with the posts of a site",
		Long: `Check reads the posts of a site without indexing them and reports every problem as path:line: message, grouped by
kind: files that cannot be read, encodings, front matter, markup, posts at the same URL, links inside the site that
lead nowhere, and tags that differ only by spelling. Then it names the posts that are not published, and says why: these
are no problems. With --built it compares every URL and anchor with what the generator built.`,
		Example: "  chaja check --site ~/blog\n  chaja check --site ~/blog --strict --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			site, err := openBuilt(built)
			if err != nil {
				return err
			}
			bar := newProgress(cmd.ErrOrStderr(), "checking")
			report, err := indexer.Check(cmd.Context(), indexer.Options{Site: where.site, As: where.as, Progress: bar.update, Built: site})
			bar.finish()
			if err != nil {
				return siteError(err)
			}
			_, mistakes := readPairs(where.site)
			if l, err := readLevers(where.site); err == nil { // an error is told when the flags are read
				mistakes = append(l.problems(report.IDs, report.Hidden, report.Categories), mistakes...)
			}
			report.Problems = slices.Insert(report.Problems, 0, mistakes...) // files come first
			unembedded, missing := where.unembedded(cmd.Context())
			if missing != nil {
				return missing
			}
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), checkReport{report, unembedded})
			} else {
				printProblems(cmd.OutOrStdout(), report)
				printUnembedded(cmd.OutOrStdout(), unembedded)
			}
			if n := len(report.Problems); err == nil && strict && n > 0 {
				return fmt.Errorf("%s found, and --strict was given", plural(n, "problem"))
			}
			return err
		},
	}
	where.siteFlag(cmd)
	where.generatorFlags(cmd)
	where.embedderFlags(cmd)
	cmd.Flags().StringVar(&built, "built", "", "folder that the generator wrote, or its sitemap.xml: compare the URLs with it")
	cmd.Flags().BoolVar(&strict, "strict", false, "fail when there is a problem")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return cmd
}

// checkReport is what chaja check found, and with an embedder how many passages of the index lack a vector.
type checkReport struct {
	indexer.CheckReport
	Embedding *meaning.Report `json:"embedding,omitempty"`
}

// unembedded counts what lacks a vector in the index of the site; nil without an embedder or an index. It asks no server.
func (o *indexOptions) unembedded(ctx context.Context) (*meaning.Report, error) {
	client, err := o.client()
	if client == nil || err != nil {
		return nil, err
	}
	if o.isOpenSearch() {
		return nil, nil
	}
	index, err := generation.Open(o.indexDir(), bleveindex.NewEngine(nil))
	if errors.Is(err, search.ErrNoIndex) || errors.Is(err, search.ErrOutdated) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	report, err := meaning.Count(ctx, index, client)
	return &report, errors.Join(err, index.Close())
}

func printUnembedded(out io.Writer, r *meaning.Report) {
	switch {
	case r == nil:
	case r.Missing == 0:
		fmt.Fprintf(out, "%s of the index, all with a vector\n", plural(r.Passages, "passage"))
	default:
		fmt.Fprintf(out, "%d of %s of the index have no vector; chaja index embeds them\n", r.Missing, plural(r.Passages, "passage"))
	}
}

// openBuilt opens a built site; nil for none.
func openBuilt(name string) (*indexer.Built, error) {
	if name == "" {
		return nil, nil
	}
	return indexer.OpenBuilt(name)
}

// printProblems prints each kind under its name, with lines that editors can follow.
func printProblems(out io.Writer, r indexer.CheckReport) {
	var kind indexer.Kind
	counts := map[indexer.Kind]int{}
	posts := map[string]bool{}
	for _, p := range r.Problems {
		counts[p.Kind]++
		posts[p.Path] = true
	}
	for _, p := range r.Problems {
		if p.Kind != kind {
			kind = p.Kind
			fmt.Fprintf(out, "%s (%d)\n", kind, counts[kind])
		}
		fmt.Fprintln(out, clean(p.String()))
	}
	printReasons(out, "not published", r.Hidden)
	printReasons(out, "title and abstract alone", r.Protected)
	if len(r.Problems) == 0 {
		fmt.Fprintf(out, "%s checked, nothing is wrong\n", plural(r.Posts, "post"))
		return
	}
	fmt.Fprintf(out, "%s checked: %s in %s\n", plural(r.Posts, "post"), plural(len(r.Problems), "problem"), plural(len(posts), "file"))
}

// printReasons names each post that is not shown, or not all of it, and says why.
func printReasons(out io.Writer, what string, posts []indexer.Hidden) {
	if len(posts) > 0 {
		fmt.Fprintf(out, "%s (%d)\n", what, len(posts))
	}
	for _, h := range posts {
		fmt.Fprintln(out, clean(h.Path+": "+h.Reason))
	}
}
