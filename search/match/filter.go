package match

// Filter is a condition that narrows an answer and asks for nothing: a tag or category that stands by itself in the query, or
// that is chosen beside it.
type Filter struct {
	Kind      FilterKind
	Condition Condition
}

// FilterKind is a kind of filter, or the union of several.
type FilterKind uint8

// The kinds. Facets of a kind are counted as if its filters had not been given.
const (
	TagFilter FilterKind = 1 << iota
	CategoryFilter
	OtherFilter // the language
)

// Labels are what documents must carry beside what the query says; empty for anything.
type Labels struct {
	Tags, Categories []string // all of them, compared by Key
	Lang             string
}

// Where returns the query narrowed to documents that carry labels.
func (q *Query) Where(labels Labels) *Query {
	c := q.extended()
	filter := func(kind FilterKind, t Term) {
		c.Filters = append(c.Filters, Filter{kind, Has{c.number(t), AnyField}})
	}
	for _, tag := range labels.Tags {
		filter(TagFilter, Term{TagKeys, Key(tag)})
	}
	for _, category := range labels.Categories {
		filter(CategoryFilter, Term{CategoryKey, Key(category)})
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
