package main

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/httpapi"
)

// completionTime bounds how long a person who has pressed tab waits for a server.
const completionTime = time.Second

// completeValues makes a shell complete the values of a facet. It completes nothing when something goes wrong, as there
// is no place to say so.
func (s *source) completeValues(of func(search.Facets) []search.Facet) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return values(of(s.facets(cmd)), typed, ""), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeQuery makes a shell complete tag:x and category:x in a query, with or without a minus before them.
func (s *source) completeQuery(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	for prefix, of := range map[string]func(search.Facets) []search.Facet{"tag:": tagsOf, "category:": categoriesOf} {
		before, value, ok := strings.Cut(typed, prefix)
		if ok && (before == "" || before == "-") {
			return values(of(s.facets(cmd)), strings.Trim(value, `"`), before+prefix), cobra.ShellCompDirectiveNoFileComp
		}
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

func tagsOf(f search.Facets) []search.Facet       { return f.Tags }
func categoriesOf(f search.Facets) []search.Facet { return f.Categories }

// facets returns the values of all posts, none when there is no index to be read.
func (s *source) facets(cmd *cobra.Command) search.Facets {
	if _, err := configure(cmd); err != nil { // no command has run
		return search.Facets{}
	}
	ctx, cancel := context.WithTimeout(cmp.Or(cmd.Context(), context.Background()), completionTime)
	defer cancel()
	var found search.Facets
	if s.server != "" {
		if client, err := httpapi.NewClient(s.server); err == nil {
			found, _ = client.Facets(ctx)
		}
		return found
	}
	found, _ = storedFacets(ctx, &s.folders)
	return found
}

// storedFacets reads the facets of an index without the dictionary, as opening that takes longer than all the rest. So it
// also reads an index that was made with other words.
func storedFacets(ctx context.Context, f *folders) (found search.Facets, err error) {
	index, err := f.open(nil)
	if err != nil {
		return found, err
	}
	defer index.Close()
	snapshot, _, err := index.Acquire(ctx)
	if err != nil {
		return found, err
	}
	defer snapshot.Close()
	matches, err := search.Ask(ctx, snapshot, search.Query{Facets: true})
	return matches.Facets, err
}

// values returns those that begin with what is typed, compared as tags are. prefix goes before each; then they are quoted
// as a query wants it.
func values(facets []search.Facet, typed, prefix string) (found []cobra.Completion) {
	for _, f := range facets {
		value, ok := completed(f.Value, typed)
		if !ok {
			continue
		}
		value = clean(value)
		if prefix != "" && strings.ContainsAny(value, " ()") {
			value = `"` + value + `"`
		}
		found = append(found, cobra.CompletionWithDesc(prefix+value, plural(f.Count, "post")))
	}
	return found
}

// completed returns what is typed and what is left of a value that begins so. Shells drop what does not begin with the very
// letters that are typed, so kaf becomes kafka where the tag is Kafka; chaja takes both for one.
func completed(value, typed string) (string, bool) {
	key := chars.TagKey(typed)
	if typed == "" || !strings.HasPrefix(chars.TagKey(value), key) {
		return value, typed == ""
	}
	for i := range value {
		if i > 0 && chars.TagKey(value[:i]) == key {
			return typed + value[i:], true
		}
	}
	return typed, true // all of the value
}
