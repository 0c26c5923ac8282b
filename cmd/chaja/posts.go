package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chaja/search"
)

func newPosts() *cobra.Command {
	var at folders
	var words dictionary
	var to links
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "posts",
		Short: "List the posts that are indexed",
		Long: `Posts lists what is in the index, newest first, posts without a date last: date, title, tags, path and URL. With --json
it prints one object a line, with the sections of each post.`,
		Example: "  chaja posts --site ~/blog\n  chaja posts --json | jq -r 'select(.tags == []) | .id'",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := cmd.OutOrStdout()
			s := newStyle(out)
			s.target = to.targets(at.site)
			analyzer, err := words.analyzer()
			if err != nil {
				return err
			}
			index, err := at.open(analyzer)
			if err != nil {
				return err
			}
			show := func(doc *search.Document) error { return printPost(behind(out), s, doc) }
			if asJSON {
				show = func(doc *search.Document) error { return printJSON(out, newPost(doc)) }
			}
			return errors.Join(eachPost(cmd.Context(), index, show), index.Close())
		},
	}
	at.siteFlag(cmd)
	at.indexFlag(cmd)
	at.engineFlags.engineFlags(cmd)
	words.wordsFlag(cmd)
	to.flag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a post, a line each")
	return cmd
}

// allDocuments gives every document once.
type allDocuments interface {
	Documents(ctx context.Context, yield func(*search.Document) error) error
}

// eachPost calls show with all posts, newest first. It reads each of them once and holds them without their text.
func eachPost(ctx context.Context, index allDocuments, show func(*search.Document) error) error {
	var posts []search.Document
	err := index.Documents(ctx, func(doc *search.Document) error {
		post := *doc
		post.Body, post.Code = "", nil
		posts = append(posts, post)
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(posts, newestFirst)
	for i := range posts {
		if err := show(&posts[i]); err != nil {
			return err
		}
	}
	return nil
}

// newestFirst orders posts as search.Newest does: those without a date last, those of one date by ID.
func newestFirst(a, b search.Document) int {
	switch {
	case a.Date.IsZero() && !b.Date.IsZero():
		return 1
	case b.Date.IsZero() && !a.Date.IsZero():
		return -1
	}
	return cmp.Or(b.Date.Compare(a.Date), strings.Compare(a.ID, b.ID))
}

// post is a document as chaja posts prints it: without its text. No list in it is nil.
type post struct {
	ID         string    `json:"id"`
	URL        string    `json:"url"`
	Title      string    `json:"title"`
	Date       time.Time `json:"date,omitzero"`
	Tags       []string  `json:"tags"`
	Categories []string  `json:"categories"`
	Lang       string    `json:"lang"`
	Sections   []section `json:"sections"`
}

// section is where a reader can be sent to in a post; the opening text has level 0 and no heading.
type section struct {
	Heading string `json:"heading"`
	Level   int    `json:"level"`
	Anchor  string `json:"anchor"`
}

func newPost(doc *search.Document) post {
	p := post{
		ID: doc.ID, URL: doc.URL, Title: doc.Title, Date: doc.Date, Lang: doc.Lang,
		Tags: append([]string{}, doc.Tags...), Categories: append([]string{}, doc.Categories...),
		Sections: make([]section, len(doc.Sections)),
	}
	for i, sec := range doc.Sections {
		p.Sections[i] = section{sec.Heading, sec.Level, sec.Anchor}
	}
	return p
}

// dateWidth is that of 2006-01-02.
const dateWidth = len(time.DateOnly)

func printPost(out io.Writer, s style, doc *search.Document) error {
	date := ""
	if !doc.Date.IsZero() {
		date = doc.Date.Format(time.DateOnly)
	}
	title := s.apply(bold, clean(doc.Title)) + s.tags(doc.Tags)
	_, err := fmt.Fprintf(out, "%s  %s\n%s  %s\n", s.apply(dim, pad(date, dateWidth)), s.wrap(title, dateWidth+2),
		pad("", dateWidth), s.apply(dim, clean(doc.ID))+"  "+s.url(doc.ID, doc.URL))
	return err
}
