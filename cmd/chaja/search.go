package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"chaja/search"
	"chaja/search/httpapi"
)

// searcher answers searches: the service over an index here, or a server.
type searcher interface {
	Search(context.Context, search.Request) (search.Result, error)
	Suggest(ctx context.Context, typed string, limit int) (search.Suggestions, error)
	Facets(context.Context) (search.Facets, error)
}

// source are the flags that say what answers.
type source struct {
	folders
	dictionary
	embedder // of chaja search alone
	server   string
}

func (s *source) flags(cmd *cobra.Command) {
	s.siteFlag(cmd)
	s.indexFlag(cmd)
	s.engineFlags.engineFlags(cmd)
	s.wordsFlag(cmd)
	cmd.Flags().StringVar(&s.server, "server", "", "ask this server, such as http://127.0.0.1:7310, in place of an index")
	check(cmd, "server", "an address like http://127.0.0.1:7310", func(text string) bool {
		_, err := httpapi.NewClient(text)
		return text == "" || err == nil
	})
}

// ask puts one question to what answers.
func ask[T any](s *source, question func(searcher) (T, error)) (answer T, err error) {
	answers, done, err := s.open()
	if err != nil {
		return answer, err
	}
	answer, err = question(answers)
	return answer, errors.Join(err, done())
}

// open returns what answers. The caller calls done.
func (s *source) open() (answers searcher, done func() error, err error) {
	if s.server != "" {
		client, err := httpapi.NewClient(s.server)
		if err != nil {
			return nil, nil, err
		}
		return client, func() error { return nil }, nil
	}
	return openService(&s.folders, s.dictionary, s.embedder)
}

// style says how the answers are written. URLs lead where l says, or to the posts of the site here.
func (s *source) style(cmd *cobra.Command, l links) style {
	look := newStyle(cmd.OutOrStdout())
	site := s.site
	if s.server != "" {
		site = "" // whose site it is, nobody knows
	}
	look.target = l.targets(site)
	return look
}

func newSearch() *cobra.Command {
	var from source
	var flags searchFlags
	cmd := &cobra.Command{
		Use:   "search [QUERY...]",
		Short: "Find posts",
		Long: `Search prints the posts that have all the words of the query, best first, with the sections where they stand.
When fewer than a page have them all, those that have some follow, and it says what they lack. Without a query it lists all posts that the
flags let through, newest first.

A query is words, "a phrase", -word, tag:name and category:name. Put it in single quotes to keep the shell from reading
its signs.`,
		Example: "  chaja search 초당옥수수 취소\n  chaja search 'tag:kafka \"메시지 유실\" -테스트'",
		RunE: func(cmd *cobra.Command, args []string) error {
			request, err := flags.request(args)
			if err != nil {
				return err
			}
			result, err := ask(&from, func(s searcher) (search.Result, error) { return s.Search(cmd.Context(), request) })
			if err != nil {
				return err
			}
			return flags.print(cmd, from.style(cmd, flags.links), result)
		},
	}
	from.flags(cmd)
	from.embedderFlags(cmd)
	flags.register(cmd)
	cmd.ValidArgsFunction = from.completeQuery
	_ = cmd.RegisterFlagCompletionFunc("tag", from.completeValues(tagsOf))
	_ = cmd.RegisterFlagCompletionFunc("category", from.completeValues(categoriesOf))
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{"ko", "en"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

type searchFlags struct {
	links
	search.Request
	after, before date
	json          bool
}

func (f *searchFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.Tags, "tag", nil, "only posts with this tag; may be given again")
	flags.StringArrayVar(&f.Categories, "category", nil, "only posts in this category; may be given again")
	flags.StringVar(&f.Lang, "lang", "", "only posts in this language, such as ko or en")
	flags.Var(&f.after, "after", "only posts from this year, month or day on: 2019, 2019-08, 2019-08-29")
	flags.Var(&f.before, "before", "only posts before this year, month or day")
	flags.StringVar((*string)(&f.Sort), "sort", string(search.ByRelevance), "order: relevance, newest or oldest")
	flags.IntVar(&f.Page, "page", 1, "page of the answer")
	flags.IntVar(&f.PerPage, "per-page", search.DefaultPerPage, "posts on a page")
	flags.BoolVar(&f.Prefix, "prefix", false, "the last word is half typed")
	flags.BoolVar(&f.Explain, "explain", false, "say how each post was found")
	f.links.flag(cmd)
	flags.BoolVar(&f.json, "json", false, "print the answer as JSON, as the HTTP API gives it")
	checkChoice(cmd, "sort", string(search.ByRelevance), string(search.Newest), string(search.Oldest))
	check(cmd, "lang", "a language such as ko or en", isLanguage)
	checkRange(cmd, "page", 1, search.MaxDepth)
	checkRange(cmd, "per-page", 1, search.MaxPerPage)
}

// request reads the flags. Its error is a mistake of usage: two flags together say how deep paging goes.
func (f *searchFlags) request(args []string) (search.Request, error) {
	if last := search.MaxDepth / f.PerPage; f.Page > last {
		return f.Request, usageError{fmt.Errorf("--page wants 1 to %d with %d posts on a page, not %d", last, f.PerPage, f.Page)}
	}
	f.Query, f.After, f.Before = strings.Join(args, " "), f.after.Time, f.before.Time
	f.Tags, f.Categories = given(f.Tags), given(f.Categories)
	return f.Request, nil
}

// given leaves out values of blanks, which count as not given; the HTTP API does so, too.
func given(values []string) []string {
	for i := range values {
		values[i] = strings.TrimSpace(values[i])
	}
	return slices.DeleteFunc(values, func(v string) bool { return v == "" })
}

func (f *searchFlags) print(cmd *cobra.Command, s style, result search.Result) error {
	if f.json {
		return printJSON(cmd.OutOrStdout(), result)
	}
	for _, message := range []string{result.Warning, suggestion(s.texts(), result.Suggestion)} {
		if message != "" {
			fmt.Fprintln(cmd.ErrOrStderr(), clean(message))
		}
	}
	printResult(behind(cmd.OutOrStdout()), s, result)
	return nil
}

// readable writes a URL with its Korean letters, which terminals and browsers take as well. What steers a terminal or
// ends the line stays encoded.
func readable(u string) string {
	plain, err := url.PathUnescape(u)
	if err != nil || !utf8.ValidString(plain) || strings.ContainsFunc(plain, unprintable) {
		return clean(u)
	}
	return plain
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }
