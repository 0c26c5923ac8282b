package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"chaja/search/pairs"
)

// pairsName is the file in a site that says which words mean the same, and which do not.
const pairsName = "chaja-pairs.txt"

func newPairs() *cobra.Command {
	var at folders
	var words dictionary
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "pairs",
		Short: "List the words that the posts write in two ways",
		Long: `Pairs lists the loanwords that the posts write in two scripts or spellings (에어플로우, Airflow), in how many places, and
where. Each finds the other. The file ` + pairsName + ` in the site adds groups of words that mean the same, and forbids
pairs that are none:

  쿠버네티스 = kubernetes = k8s
  ! 리액트 = 리액터`,
		Example: "  chaja pairs --site ~/blog",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			service, done, err := openService(at.indexDir(), words)
			if err != nil {
				return err
			}
			learned, err := service.Pairs(cmd.Context())
			if err := errors.Join(err, done()); err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), map[string][]pairs.Pair{"pairs": learned})
			}
			for _, p := range learned {
				fmt.Fprintf(cmd.OutOrStdout(), "%s = %s  %s\n", p.A, p.B, evidence(p))
			}
			return nil
		},
	}
	at.siteFlag(cmd)
	at.indexFlag(cmd)
	words.wordsFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// evidence says where a pair was learned from.
func evidence(p pairs.Pair) string {
	places := make([]string, len(p.Evidence))
	for i, e := range p.Evidence {
		places[i] = fmt.Sprintf("%s (%s)", e.Path, e.Form)
	}
	return fmt.Sprintf("%d: %s", p.Count, strings.Join(places, ", "))
}

// readPairs reads the file of pairs of a site; nil when it has none. Mistakes in it are an error that names every line.
func readPairs(site string) (*pairs.File, error) {
	file, err := os.Open(filepath.Join(site, pairsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read pairs: %w", err)
	}
	defer file.Close()
	return pairs.ReadFile(file, filepath.Join(site, pairsName))
}
