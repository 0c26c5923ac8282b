package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"chaja/search"
	"chaja/search/catalog"
	"chaja/search/chars"
	"chaja/search/httpapi/querylog"
	"chaja/search/query"
	"chaja/search/ranking"
)

// shownQueries bounds each part of the report: what an owner reads at once. --json has all.
const shownQueries = 20

// queryReport is chaja queries for a person.
type queryReport struct {
	cmd     *cobra.Command
	at      *folders
	words   dictionary
	nothing bool // all that find nothing, and nothing else
}

func (r *queryReport) print(queries []querylog.Query) error {
	out, s := behind(r.cmd.OutOrStdout()), newStyle(r.cmd.OutOrStdout())
	says := s.texts().Report
	missed := slices.DeleteFunc(slices.Clone(queries), found)
	switch {
	case len(queries) == 0:
		fmt.Fprintln(r.cmd.ErrOrStderr(), says.NoQuery.With("file", clean(r.at.queriesFile())))
		return nil
	case r.nothing && len(missed) == 0:
		fmt.Fprintln(r.cmd.ErrOrStderr(), says.AllFound)
		return nil
	}
	shown := len(missed)
	if !r.nothing {
		shown = min(shown, shownQueries)
		r.printTop(out, s, queries)
	}
	if shown == 0 {
		return nil
	}
	fmt.Fprintln(out, s.apply(bold, says.Missed))
	advice, done, err := r.adviser(s.texts())
	if err != nil { // the queries are worth reading without an index, too
		fmt.Fprintln(r.cmd.ErrOrStderr(), says.NoAdvice.With("reason", clean(err.Error())))
	}
	for _, q := range missed[:shown] {
		fmt.Fprintf(out, "%5d  %s\n", q.Asked, clean(q.Query))
		if advice == nil {
			continue
		}
		lines, err := advice.on(r.cmd.Context(), q.Query)
		if err != nil {
			return errors.Join(err, done())
		}
		for _, line := range lines {
			fmt.Fprintf(out, "       %s\n", s.apply(dim, s.wrap(clean(line), 7)))
		}
	}
	printRest(out, says, len(missed)-shown, "chaja queries --nothing")
	if done == nil {
		return nil
	}
	return done()
}

// printTop lists what is asked most.
func (r *queryReport) printTop(out io.Writer, s style, queries []querylog.Query) {
	asked := 0
	for _, q := range queries {
		asked += q.Asked
	}
	says := s.texts().Report
	fmt.Fprintln(out, s.apply(bold, says.Most.With("queries", len(queries), "times", asked)))
	for _, q := range queries[:min(len(queries), shownQueries)] {
		found := s.apply(dim, says.Found.With("posts", s.texts().CountPosts(q.Found)))
		if q.Found == 0 {
			found = s.apply(yellow, says.Nothing)
		}
		fmt.Fprintf(out, "%5d  %s  %s\n", q.Asked, clean(q.Query), found)
	}
	printRest(out, says, len(queries)-shownQueries, "chaja queries --json")
}

func printRest(out io.Writer, says catalog.Report, n int, command string) {
	if n > 0 {
		fmt.Fprintf(out, "       %s\n", says.Rest.With("n", n, "command", command))
	}
}

// adviser looks in the index for what a query may have missed.
type adviser struct {
	search func(context.Context, search.Request) (search.Result, error)
	texts  *catalog.Texts
}

func (r *queryReport) adviser(texts *catalog.Texts) (*adviser, func() error, error) {
	s, done, err := openService(r.at, r.words, embedder{})
	if err != nil {
		return nil, nil, err
	}
	return &adviser{s.Search, texts}, done, nil
}

// maxAdvised bounds the words of a query that are looked up one by one.
const maxAdvised = 6

// on says what could be done about a query that found nothing.
func (a *adviser) on(ctx context.Context, text string) (lines []string, err error) {
	now, err := a.search(ctx, search.Request{Query: text, PerPage: 1})
	switch {
	case err != nil:
		return nil, err
	case now.Suggestion != nil && now.Suggestion.Applied:
		return []string{a.meantInstead(text, *now.Suggestion, now.Total)}, nil
	case now.Full > 0:
		return []string{a.texts.Report.Now.With("posts", a.texts.CountPosts(now.Full))}, nil
	}
	words := query.Parse(text).Words()
	if len(words) > maxAdvised {
		return []string{a.texts.Report.Long}, nil
	}
	for _, word := range words {
		line, err := a.onWord(ctx, word)
		if err != nil {
			return nil, err
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		lines = []string{a.texts.Report.Apart.With("posts", a.texts.CountPosts(now.Total))}
	}
	return lines, nil
}

// onWord says what could be done about a word; nothing where posts have it.
func (a *adviser) onWord(ctx context.Context, word string) (string, error) {
	found, err := a.search(ctx, search.Request{Query: word, PerPage: 1})
	switch {
	case err != nil:
		return "", err
	case found.Suggestion != nil && found.Suggestion.Applied:
		return a.meantInstead(word, *found.Suggestion, found.Total), nil
	case found.Full > 0:
		return "", nil
	}
	return a.texts.Report.Write.With("word", word, "file", pairsName), nil
}

// meantInstead says what a search answers in place of a query, and how that becomes the same.
func (a *adviser) meantInstead(text string, other search.Suggestion, posts int) string {
	says := a.texts.Report
	line := says.Instead.With("other", other.Query, "posts", a.texts.CountPosts(posts))
	switch {
	case other.Reason == search.Keyboard:
		return line + says.Keyboard
	case chars.NameKey(text) == chars.NameKey(other.Query), !isName(text), !isName(other.Query):
		return line
	}
	return line + says.Pair.With("word", text, "other", other.Query, "file", pairsName)
}

// isName reports whether a line of the pairs can have a query: some words, without operators.
func isName(text string) bool {
	p := query.Parse(text)
	n := len(p.Words())
	return n > 0 && n <= ranking.MaxNameWords && strings.Join(p.Words(), " ") == text
}
