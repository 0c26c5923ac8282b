package analysis

// Occurrences are the terms of one field of a document, by lane, with their positions in order.
type Occurrences struct {
	Positions [Lanes]map[string][]int
	Length    [Lanes]int // number of tokens
}

// valueGap is the distance in positions between the values of a field, so that no phrase reaches from one tag or
// heading into the next.
const valueGap = 2

// Occurrences finds the terms of a field whose values are texts.
func (a *Analyzer) Occurrences(texts []string) Occurrences {
	var o Occurrences
	for lane := range o.Positions {
		o.Positions[lane] = map[string][]int{}
	}
	base := 0
	for _, text := range texts {
		tokens := a.Analyze(text)
		for lane := range tokens {
			for _, t := range tokens[lane] {
				o.Positions[lane][t.Term] = append(o.Positions[lane][t.Term], base+t.Position)
			}
			o.Length[lane] += len(tokens[lane])
		}
		base += valueGap + max(len(tokens[0]), len(tokens[1]))
	}
	return o
}
