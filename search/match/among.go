package match

// What is here says of a batch what the methods in doc.go say of a document: for which documents of within a condition holds.

func (c Has) among(b *Batch, within Set) Set {
	in := b.set(c.Term).And(within)
	if c.Field == AnyField || in.isEmpty() {
		return in
	}
	found := b.of(c.Term)
	for k, i := range found.At {
		if found.Fields[k]>>c.Field&1 == 0 {
			in[i/64] &^= 1 << (i % 64)
		}
	}
	return in
}

func (c Sequence) among(b *Batch, within Set) (in Set) {
	for _, term := range c.Terms {
		if within = (Has{term, c.Field}).among(b, within); within.isEmpty() {
			return in
		}
	}
	for i := range within.All() {
		if c.holds(b.doc(i)) {
			in.Add(i)
		}
	}
	return in
}

func (c All) among(b *Batch, within Set) Set {
	for _, part := range c {
		if within.isEmpty() {
			break
		}
		within = part.among(b, within)
	}
	return within
}

func (c Any) among(b *Batch, within Set) (in Set) {
	for _, part := range c {
		if within.isEmpty() {
			break
		}
		found := part.among(b, within)
		in, within = in.Or(found), within.Without(found)
	}
	return in
}

func (c Not) among(b *Batch, within Set) Set { return within.Without(c.Condition.among(b, within)) }

// isTitleOf says of which documents the name is the title.
func (n Name) isTitleOf(b *Batch, within Set) (in Set) {
	found := b.of(n.Terms[0])
	next := 0
	for k, i := range found.At {
		inTitle := found.Fields[k]&(1<<Title) != 0
		if inTitle && int(found.Lengths[next]) == n.Tokens && within.Has(int(i)) && n.isTitle(b.doc(int(i))) {
			in.Add(int(i))
		}
		next += found.fields(k)
	}
	return in
}
