package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"chaja/search/httpapi/querylog"
)

func newQueries() *cobra.Command {
	var at folders
	var nothing, asJSON bool
	cmd := &cobra.Command{
		Use:   "queries",
		Short: "List what readers search for, and what they do not find",
		Long: `Queries lists the queries that chaja serve was asked three times or more, and those that found nothing from the first
time on, the most frequent first: how often, what, and how many posts had all the words the last time. Those that find
nothing are posts to write, or words to add to ` + pairsName + `. Who asked is not kept.`,
		Example: "  chaja queries --site ~/blog\n  chaja queries --site ~/blog --nothing",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			queries, err := at.readQueries()
			if err != nil {
				return err
			}
			kept := len(queries)
			if nothing {
				queries = slices.DeleteFunc(queries, func(q querylog.Query) bool { return q.Found > 0 })
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), map[string][]querylog.Query{"queries": append([]querylog.Query{}, queries...)})
			}
			switch {
			case len(queries) > 0:
			case nothing && kept > 0:
				fmt.Fprintln(cmd.ErrOrStderr(), "every query that is kept finds something")
			default:
				fmt.Fprintln(cmd.ErrOrStderr(), "no query has been asked often enough to be kept; chaja serve counts them")
			}
			s := newStyle(cmd.OutOrStdout())
			for _, q := range queries {
				found := plural(q.Found, "post")
				if q.Found == 0 {
					found = s.apply(yellow, "nothing")
				}
				fmt.Fprintf(behind(cmd.OutOrStdout()), "%5d  %s  %s\n", q.Asked, clean(q.Query), s.apply(dim, "found ")+found)
			}
			return nil
		},
	}
	at.siteFlag(cmd)
	at.indexFlag(cmd)
	cmd.Flags().BoolVar(&nothing, "nothing", false, "only those that find nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// queriesFile is where the queries are kept: in a folder beside that of the index, which can be made anew at any time. What
// readers have asked cannot.
func (f *folders) queriesFile() string {
	dir := filepath.Clean(f.indexDir())
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole // the folder may be the current one
	}
	name := "." + strings.TrimPrefix(filepath.Base(dir), ".") + "-state"
	return filepath.Join(filepath.Dir(dir), name, queriesName)
}

// queriesName is the file of the queries.
const queriesName = "queries.json"

// oldQueriesFile is where older versions kept them.
func (f *folders) oldQueriesFile() string { return filepath.Join(f.indexDir(), queriesName) }

// readQueries returns the queries that are kept, be it where older versions kept them.
func (f *folders) readQueries() ([]querylog.Query, error) {
	if _, err := os.Stat(f.queriesFile()); errors.Is(err, fs.ErrNotExist) {
		return querylog.Read(f.oldQueriesFile())
	}
	return querylog.Read(f.queriesFile())
}

// openQueries opens the log of queries, which goes on from what older versions kept. With an error the log works, too, and
// lacks what could not be read.
func (f *folders) openQueries() (*querylog.Log, error) {
	moved := querylog.Move(f.oldQueriesFile(), f.queriesFile())
	log, err := querylog.Open(f.queriesFile())
	return log, errors.Join(moved, err)
}
