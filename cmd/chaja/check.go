package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"chaja/indexer"
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
			report.Problems = slices.Insert(report.Problems, 0, mistakes...) // files come first
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), report)
			} else {
				printProblems(cmd.OutOrStdout(), report)
			}
			if n := len(report.Problems); err == nil && strict && n > 0 {
				return fmt.Errorf("%s found, and --strict was given", plural(n, "problem"))
			}
			return err
		},
	}
	where.siteFlag(cmd)
	where.generatorFlags(cmd)
	cmd.Flags().StringVar(&built, "built", "", "folder that the generator wrote, or its sitemap.xml: compare the URLs with it")
	cmd.Flags().BoolVar(&strict, "strict", false, "fail when there is a problem")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return cmd
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
