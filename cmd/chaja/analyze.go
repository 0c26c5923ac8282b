package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"chaja/search/analysis"
)

func newAnalyze() *cobra.Command {
	var words dictionary
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "analyze [TEXT...]",
		Short: "Show how text is cut into terms",
		Long: `Analyze prints the terms of a text, lane by lane: the term, its part of speech, what it was in the text, and
where. Without TEXT it reads standard input, one text a line.`,
		Example: "  chaja analyze 카카오뱅크의 검색서비스\n  chaja analyze --json < words.txt",
		RunE: func(cmd *cobra.Command, args []string) error {
			analyzer, err := words.analyzer()
			if err != nil {
				return err
			}
			show := printTokens
			if asJSON {
				show = printTokensJSON
			}
			if len(args) > 0 {
				return show(cmd.OutOrStdout(), analyzer, strings.Join(args, " "))
			}
			return eachLine(cmd.InOrStdin(), func(line string) error {
				return show(cmd.OutOrStdout(), analyzer, line)
			})
		},
	}
	words.wordsFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a text")
	return cmd
}

func printTokensJSON(out io.Writer, analyzer *analysis.Analyzer, text string) error {
	tokens := analyzer.Analyze(text)
	all := append(append([]analysis.Token{}, tokens[analysis.Morpheme]...), tokens[analysis.Bigram]...)
	return printJSON(out, struct {
		Text   string           `json:"text"`
		Tokens []analysis.Token `json:"tokens"`
	}{text, all})
}

func printTokens(out io.Writer, analyzer *analysis.Analyzer, text string) error {
	for lane, tokens := range analyzer.Analyze(text) {
		for _, t := range tokens {
			whole := ""
			if t.Whole {
				whole = "  (whole)"
			}
			fmt.Fprintf(out, "%-8s  %4d-%-4d  %-6s  %s  %s%s\n", analysis.Lane(lane), t.Start, t.End, t.POS, t.Term, text[t.Start:t.End], whole)
		}
	}
	return nil
}

// eachLine calls f with every line of r, of any length, without its end.
func eachLine(r io.Reader, f func(string) error) error {
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if line != "" {
			if err := f(strings.TrimRight(line, "\r\n")); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
	}
}
