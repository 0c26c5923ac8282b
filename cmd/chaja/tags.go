package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"chaja/search"
)

func newTags() *cobra.Command {
	var from source
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "tags",
		Short: "List the tags with their number of posts",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			facets, err := ask(&from, func(s searcher) (search.Facets, error) { return s.Facets(cmd.Context()) })
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), map[string][]search.Facet{"tags": facets.Tags})
			}
			for _, tag := range facets.Tags {
				fmt.Fprintf(cmd.OutOrStdout(), "%5d  %s\n", tag.Count, clean(tag.Value))
			}
			return nil
		},
	}
	from.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
