package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"chaja/search/httpapi/querylog"
)

func newQueries() *cobra.Command {
	var at folders
	var nothing, asJSON bool
	cmd := &cobra.Command{
		Use:   "queries",
		Short: "List what readers search for, and what they do not find",
		Long: `Queries lists the queries that chaja serve was asked three times or more, the most frequent first: how often, what, and how
many posts had all the words the last time. Those that find nothing are posts to write, or words to add to
` + pairsName + `. Who asked is not kept.`,
		Example: "  chaja queries --site ~/blog\n  chaja queries --site ~/blog --nothing",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			queries, err := querylog.Read(at.queriesFile())
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
