package main

import (
	"errors"
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
	var words dictionary
	var nothing, asJSON bool
	cmd := &cobra.Command{
		Use:   "queries",
		Short: "Report what readers search for, and what they do not find",
		Long: `Queries reports what chaja serve was asked most, and what found nothing, with what could be done about each: a post to
write, or a word to pair with one of yours in ` + pairsName + `. Queries are kept from the third ask on, those that find nothing
from the first. Who asked, and what was opened then, is not kept.`,
		Example: "  chaja queries --site ~/blog\n  chaja queries --site ~/blog --nothing\n  chaja queries --json | jq -r '.queries[] | [.asked, .found, .query] | @tsv'",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			queries, err := at.readQueries()
			if err != nil {
				return err
			}
			if asJSON {
				if nothing {
					queries = slices.DeleteFunc(queries, found)
				}
				return printJSON(cmd.OutOrStdout(), map[string][]querylog.Query{"queries": append([]querylog.Query{}, queries...)})
			}
			return (&queryReport{cmd, &at, words, nothing}).print(queries)
		},
	}
	at.siteFlag(cmd)
	at.indexFlag(cmd)
	at.engineFlags.engineFlags(cmd)
	words.wordsFlag(cmd)
	cmd.Flags().BoolVar(&nothing, "nothing", false, "only those that find nothing, all of them")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the queries as JSON, without advice")
	return cmd
}

// found reports whether a query finds something.
func found(q querylog.Query) bool { return q.Found > 0 }

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
