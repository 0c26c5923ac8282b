package match

// Condition is what must hold for a document to match: a Has, Sequence, All, Any or Not. Visit makes something else of it.
type Condition interface {
	holds(d *Doc) bool // seals the interface: Visitor is complete
	among(b *Batch, within Set) Set
}

type (
	// Has holds for a document with a term.
	Has struct {
		Term  int   // index in Query.Terms
		Field Field // where it must be; AnyField for anywhere
	}

	// Sequence holds for a document with terms at successive positions of one field.
	Sequence struct {
		Terms []int // indexes in Query.Terms, one or more
		Field Field // where they must be; AnyField for whichever
	}

	// All holds when each of its conditions does; without any, for every document.
	All []Condition

	// Any holds when one of its conditions does; without any, for no document.
	Any []Condition

	// Not holds when its condition does not.
	Not struct{ Condition Condition }
)

// Visitor makes a value of a condition, such as the query of another engine. It has a method for each kind of condition, so
// that the compiler finds a visitor that forgets one.
type Visitor[T any] interface {
	Has(Has) T
	Sequence(Sequence) T
	All(parts []T) T // the values of its conditions, in their order
	Any(parts []T) T
	Not(part T) T
}

// Visit returns what v makes of c.
func Visit[T any](c Condition, v Visitor[T]) T {
	visit := func(part Condition) T { return Visit(part, v) }
	switch c := c.(type) {
	case Has:
		return v.Has(c)
	case Sequence:
		return v.Sequence(c)
	case All:
		return v.All(each(c, visit))
	case Any:
		return v.Any(each(c, visit))
	}
	return v.Not(Visit(c.(Not).Condition, v))
}

// each returns what made makes of every one of list.
func each[A, B any](list []A, made func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = made(a)
	}
	return out
}

// Replace returns c with replace(leaf) in place of each Has and Sequence in it.
func Replace(c Condition, replace func(leaf Condition) Condition) Condition {
	return Visit(c, leaves(replace))
}

// leaves is the Visitor of Replace.
type leaves func(Condition) Condition

func (replace leaves) Has(c Has) Condition             { return replace(c) }
func (replace leaves) Sequence(c Sequence) Condition   { return replace(c) }
func (replace leaves) All(parts []Condition) Condition { return All(parts) }
func (replace leaves) Any(parts []Condition) Condition { return Any(parts) }
func (replace leaves) Not(part Condition) Condition    { return Not{part} }
