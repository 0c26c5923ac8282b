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
	missed := slices.DeleteFunc(slices.Clone(queries), found)
	switch {
	case len(queries) == 0:
		fmt.Fprintln(r.cmd.ErrOrStderr(), "no query has been asked often enough to be kept; chaja serve counts them")
		return nil
	case r.nothing && len(missed) == 0:
		fmt.Fprintln(r.cmd.ErrOrStderr(), "every query that is kept finds something")
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
	fmt.Fprintln(out, s.apply(bold, "Nothing found"))
	advice, done, err := r.adviser()
	if err != nil { // the queries are worth reading without an index, too
		fmt.Fprintf(r.cmd.ErrOrStderr(), "without suggestions: %s\n", clean(err.Error()))
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
	printRest(out, len(missed)-shown, "chaja queries --nothing")
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
	fmt.Fprintf(out, "%s %s\n", s.apply(bold, "Asked most"), s.apply(dim, fmt.Sprintf("(%d queries, asked %d times)", len(queries), asked)))
	for _, q := range queries[:min(len(queries), shownQueries)] {
		found := plural(q.Found, "post")
		if q.Found == 0 {
			found = s.apply(yellow, "nothing")
		}
		fmt.Fprintf(out, "%5d  %s  %s\n", q.Asked, clean(q.Query), s.apply(dim, "found ")+found)
	}
	printRest(out, len(queries)-shownQueries, "chaja queries --json")
}

func printRest(out io.Writer, n int, where string) {
	if n > 0 {
		fmt.Fprintf(out, "       and %d more: %s\n", n, where)
	}
}

// adviser looks in the index for what a query may have missed.
type adviser struct {
	search func(context.Context, search.Request) (search.Result, error)
}

func (r *queryReport) adviser() (*adviser, func() error, error) {
	s, done, err := openService(r.at, r.words, embedder{})
	if err != nil {
		return nil, nil, err
	}
	return &adviser{s.Search}, done, nil
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
		return []string{meantInstead(text, *now.Suggestion, now.Total)}, nil
	case now.Full > 0:
		return []string{"it is found now: " + plural(now.Full, "post")}, nil
	}
	words := query.Parse(text).Words()
	if len(words) > maxAdvised {
		return []string{"a long query; no post has all its words"}, nil
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
		lines = []string{fmt.Sprintf("posts have each word, and none has all that is asked for; %s", plural(now.Total, "post")+" with some of it")}
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
		return meantInstead(word, *found.Suggestion, found.Total), nil
	case found.Full > 0:
		return "", nil
	}
	return fmt.Sprintf("no post has %s, nor a word near it: something to write about; or, if your posts call it otherwise, a line \"%s = YOUR WORD\" in %s",
		word, word, pairsName), nil
}

// meantInstead says what a search answers in place of a query, and how that becomes the same.
func meantInstead(text string, other search.Suggestion, posts int) string {
	line := fmt.Sprintf("%s is found in its place: %s", other.Query, plural(posts, "post"))
	switch {
	case other.Reason == search.Keyboard:
		return line + "; it was typed with the keyboard set to the other language"
	case chars.NameKey(text) == chars.NameKey(other.Query), !isName(text), !isName(other.Query):
		return line
	}
	return line + fmt.Sprintf("; if both are one word, put \"%s = %s\" into %s", text, other.Query, pairsName)
}

// isName reports whether a line of the pairs can have a query: some words, without operators.
func isName(text string) bool {
	p := query.Parse(text)
	n := len(p.Words())
	return n > 0 && n <= ranking.MaxNameWords && strings.Join(p.Words(), " ") == text
}
