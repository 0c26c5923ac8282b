package match

import (
	"strings"

	"chaja/search/chars"
)

// Filter narrows an answer and asks for nothing: a tag or category by itself in the query, or what is chosen beside the query.
type Filter struct {
	Kind      FilterKind
	Condition Condition // without a Sequence
}

// FilterKind is a kind of filter, or the union of several.
type FilterKind uint8

// The kinds. Facets of a kind are counted as if its filters had not been given.
const (
	TagFilter FilterKind = 1 << iota
	CategoryFilter
	DateFilter  // the bounds of dates, which are none of the query's conditions: an engine knows the dates
	OtherFilter // the language

	filterKinds = 4 // their number
)

// Narrowing are the filters that a reader chooses to see a part of an answer.
const Narrowing = TagFilter | CategoryFilter | DateFilter

// Labels are what documents must carry beside what the query says; empty for anything.
type Labels struct {
	Tags, Categories []string // all of them, compared by Key
	Lang             string
}

// Keys returns what a document must have of each space of terms.
func (l Labels) Keys() map[Space][]string {
	keys := map[Space][]string{}
	for _, tag := range l.Tags {
		keys[TagKeys] = append(keys[TagKeys], chars.TagKey(tag))
	}
	for _, category := range l.Categories {
		keys[CategoryKey] = append(keys[CategoryKey], chars.TagKey(category))
	}
	if l.Lang != "" {
		keys[LangKey] = []string{LangOf(l.Lang)}
	}
	return keys
}

// Where returns the query narrowed to documents that carry labels.
func (q *Query) Where(labels Labels) *Query {
	c := q.extended()
	filter := func(kind FilterKind, t Term) {
		c.Filters = append(c.Filters, Filter{kind, Has{c.number(t), AnyField}})
	}
	for _, tag := range labels.Tags {
		filter(TagFilter, Term{TagKeys, chars.TagKey(tag)})
	}
	for _, category := range labels.Categories {
		filter(CategoryFilter, Term{CategoryKey, chars.TagKey(category)})
	}
	if labels.Lang != "" {
		filter(OtherFilter, Term{LangKey, LangOf(labels.Lang)})
	}
	return New(c)
}

// Failed returns the kinds of filters that the document does not pass; 0 when it passes all.
func (s *Scorer) Failed(d *Doc) (kinds FilterKind) {
	for _, f := range s.Query.Filters {
		if !f.Condition.holds(d) {
			kinds |= f.Kind
		}
	}
	return kinds
}

// LangOf reduces a language tag (BCP 47) to the language alone, by which documents are filtered: ko-KR is ko.
func LangOf(tag string) string {
	language, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(language)
}
