package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"chaja/search"
)

func newSuggest() *cobra.Command {
	var from source
	var to links
	var limit int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "suggest QUERY...",
		Short: "Complete what is half typed",
		Long: `Suggest completes what is being typed to titles, headings, tags and words of the site: from the first letter (카카ㅇ),
from initial consonants (ㅋㅋㅇㅂㅋ, 카ㅋㅇ), from the beginning of any word.`,
		Example: "  chaja suggest 카카ㅇ\n  chaja suggest ㅅㅍㄹ",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{fmt.Errorf("%s wants what is half typed, such as: %[1]s 카카ㅇ", cmd.CommandPath())}
			}
			result, err := ask(&from, func(s searcher) (search.Suggestions, error) {
				return s.Suggest(cmd.Context(), strings.Join(args, " "), limit)
			})
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), result)
			}
			s := from.style(cmd, to)
			for _, c := range result.Suggestions {
				line := fmt.Sprintf("%-7s  %s", clean(c.Kind), s.marked(c.TextHTML))
				if c.URL != "" {
					line += "  " + s.url("", c.URL)
				}
				fmt.Fprintln(behind(cmd.OutOrStdout()), line)
			}
			return nil
		},
	}
	from.flags(cmd)
	to.flag(cmd)
	cmd.Flags().IntVar(&limit, "limit", search.DefaultSuggestions, "suggestions to print")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the answer as JSON, as the HTTP API gives it")
	checkRange(cmd, "limit", 1, search.MaxSuggestions)
	return cmd
}
