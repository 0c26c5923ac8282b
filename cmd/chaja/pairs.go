package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"chaja/indexer"
	"chaja/internal/smallfile"
	"chaja/search/lexicon/pairs"
)

// pairsName is the file in a site that says which words mean the same, and which do not.
const pairsName = "chaja-pairs.txt"

// maxPairs bounds that file, in bytes. It is above what pairs.ReadFile reads, which says where it stops.
const maxPairs = 16 << 20

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
			service, done, err := openService(&at, words, embedder{})
			if err != nil {
				return err
			}
			learned, err := service.Pairs(cmd.Context())
			if err := errors.Join(err, done()); err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), map[string][]pairs.Pair{"pairs": append([]pairs.Pair{}, learned...)})
			}
			for _, p := range learned {
				fmt.Fprintln(cmd.OutOrStdout(), clean(fmt.Sprintf("%s = %s  %s", p.A, p.B, evidence(p))))
			}
			return nil
		},
	}
	at.siteFlag(cmd)
	at.indexFlag(cmd)
	at.engineFlags.engineFlags(cmd)
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

// readPairs reads the file of pairs of a site, nil when it has none, and reports what is wrong with it as with a post:
// the good lines hold.
func readPairs(site string) (*pairs.File, []indexer.Problem) {
	wrong := func(line int, message string) indexer.Problem {
		return indexer.Problem{Kind: indexer.FileKind, Path: pairsName, Line: line, Message: message}
	}
	text, err := smallfile.Read(filepath.Join(site, pairsName), maxPairs)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		var inPath *fs.PathError
		if errors.As(err, &inPath) {
			err = inPath.Err // the problem names the file
		}
		return nil, []indexer.Problem{wrong(0, err.Error())}
	}
	read, mistakes := pairs.ReadFile(bytes.NewReader(text), pairsName)
	var problems []indexer.Problem
	for _, m := range mistakes {
		problems = append(problems, wrong(m.Line, m.Message))
	}
	return read, problems
}
