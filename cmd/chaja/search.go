package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"
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
	server string
}

func (s *source) flags(cmd *cobra.Command) {
	s.siteFlag(cmd)
	s.indexFlag(cmd)
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
	return openService(s.indexDir(), s.dictionary)
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
	for _, message := range []string{result.Warning, suggestion(result.Suggestion)} {
		if message != "" {
			fmt.Fprintln(cmd.ErrOrStderr(), clean(message))
		}
	}
	printResult(behind(cmd.OutOrStdout()), s, result)
	return nil
}

// suggestion says which other query finds more; "" for none.
func suggestion(s *search.Suggestion) string {
	switch {
	case s == nil:
		return ""
	case s.Applied:
		return fmt.Sprintf("nothing found as typed; this is for: %s", s.Query)
	}
	return fmt.Sprintf("did you mean: %s", s.Query)
}

func printResult(out io.Writer, s style, result search.Result) {
	first := (result.Page - 1) * result.PerPage
	summary := plural(result.Full, "post")
	switch some := result.Total - result.Full; {
	case some > 0 && result.Full == 0:
		summary = fmt.Sprintf("no post has all the words; %s with some of them", plural(some, "post"))
	case some > 0:
		summary += fmt.Sprintf(" with all the words, %d with some of them", some)
	}
	switch shown := len(result.Hits); {
	case result.Total == 0:
		summary = "no post found"
	case shown == 0:
		summary += fmt.Sprintf("; none on page %d", result.Page)
	case shown < result.Total:
		summary += fmt.Sprintf("; %d to %d, page %d", first+1, first+shown, result.Page)
	}
	common := missingInAll(result.Hits)
	if len(common) > 0 {
		summary += ", " + without(common)
	}
	fmt.Fprintln(out, s.wrap(clean(summary), 0))
	for i, hit := range result.Hits {
		if len(common) > 0 {
			hit.Missing = nil
		}
		fmt.Fprintln(out)
		printHit(out, s, first+i+1, hit)
	}
}

// missingInAll returns the words that every one of several hits lacks, when none lacks others; they are named once then.
func missingInAll(hits []search.Hit) []string {
	if len(hits) < 2 || slices.ContainsFunc(hits, func(h search.Hit) bool { return !slices.Equal(h.Missing, hits[0].Missing) }) {
		return nil
	}
	return hits[0].Missing
}

func without(words []string) string { return "without: " + strings.Join(words, ", ") }

func printHit(out io.Writer, s style, n int, hit search.Hit) {
	number := fmt.Sprintf("%d. ", n)
	title := s.apply(bold, s.marked(hit.TitleHTML))
	if !hit.Date.IsZero() {
		title += "  " + s.apply(dim, hit.Date.Format(time.DateOnly))
	}
	fmt.Fprintln(out, number+s.wrap(title+s.tags(hit.Tags), len(number)))
	if len(hit.Missing) > 0 && len(hit.Why) == 0 {
		fmt.Fprintf(out, "   %s\n", s.apply(dim, s.wrap(clean(without(hit.Missing)), 3)))
	}
	for _, w := range hit.Why {
		fmt.Fprintf(out, "   %s\n", s.apply(dim, s.wrap(clean(w.Text), 3)))
	}
	if !inSections(hit) {
		fmt.Fprintf(out, "   %s\n", s.url(hit.ID, hit.URL))
		printExcerpt(out, s, 3, hit.ExcerptHTML)
	}
	for _, sec := range hit.Sections {
		fmt.Fprintf(out, "   § %s\n     %s\n", s.wrap(s.marked(sec.HeadingHTML), 5), s.url(hit.ID, sec.URL))
		printExcerpt(out, s, 5, sec.ExcerptHTML)
	}
}

func printExcerpt(out io.Writer, s style, indent int, excerpt string) {
	if excerpt != "" {
		fmt.Fprintln(out, pad("", indent)+s.wrap(s.marked(excerpt), indent))
	}
}

// inSections reports whether a section shows the excerpt of the hit. It does not when the text before the first heading
// matches best.
func inSections(hit search.Hit) bool {
	return slices.ContainsFunc(hit.Sections, func(sec search.HitSection) bool { return sec.ExcerptHTML == hit.ExcerptHTML })
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
