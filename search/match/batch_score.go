package match

import "math/bits"

// score scores the words of the query, and says how much of their weight each document of within has.
func (b *Batch) score(within Set) {
	clear(b.words[:b.n])
	clear(b.have[:b.n])
	best, part := &b.best[0], &b.best[1]
	for _, variants := range b.scorer.Words {
		var in Set
		for _, v := range variants {
			scored := b.scoreVariant(v, within)
			for i := range scored.All() {
				if score := b.variant[0][i] * v.Factor; score > best[i] {
					best[i], part[i] = score, b.variant[1][i]
				}
				b.variant[0][i], b.variant[1][i] = 0, 0
			}
			in = in.Or(scored)
		}
		for i := range in.All() {
			b.words[i] += best[i]
			b.have[i] += part[i]
			best[i], part[i] = 0, 0
		}
	}
}

// scoreVariant scores the terms of one variant of a word.
func (b *Batch) scoreVariant(v WeightedVariant, within Set) (scored Set) {
	s := b.scorer
	score, have := &b.variant[0], &b.variant[1]
	for _, t := range v.Terms {
		found, weight, space := b.of(t), s.Weight[t]*v.Scale, s.Query.Terms[t].Space
		scored = scored.Or(b.set(t))
		next := 0
		for k, i := range found.At {
			fields := found.Fields[k]
			if !within.Has(int(i)) {
				next += bits.OnesCount8(fields)
				continue
			}
			have[i%BatchSize] += weight
			sum := score[i%BatchSize]
			if !space.IsText() {
				sum += weight
				fields = 0
				next++
			}
			inTitle := fields&(1<<Title) != 0
			for ; fields != 0; fields &= fields - 1 {
				f := Field(bits.TrailingZeros8(fields))
				sum += s.inField(weight, space, f, float64(found.Freqs[next]), int(found.Lengths[next]), inTitle)
				next++
			}
			score[i%BatchSize] = sum
		}
	}
	return scored.And(within)
}
