package analysis

import (
	"slices"
	"unicode/utf8"
)

// Compound is a token with its parts. A token that is no whole has none.
type Compound struct {
	Token
	Parts []Token // in order; a part may be a whole itself, and its parts follow it
}

// Compounds returns the tokens of a lane, each with its parts.
func Compounds(tokens []Token) (list []Compound) {
	for len(tokens) > 0 {
		n := 1
		for tokens[0].Whole && n < len(tokens) && tokens[n].End <= tokens[0].End {
			n++
		}
		list = append(list, Compound{tokens[0], tokens[1:n]})
		tokens = tokens[n:]
	}
	return list
}

// IsComplete reports whether the parts reach from one end of the whole to the other.
func (c Compound) IsComplete() bool {
	n := len(c.Parts)
	return n > 0 && c.Parts[0].Start == c.Start && c.Parts[n-1].End == c.End
}

// InRow reports whether the parts mean the whole only in a row: one of them is a single syllable (실 of 회의실 is met
// everywhere), or a sign stands between them (js of Next.js is, too).
func (c Compound) InRow() bool {
	return slices.ContainsFunc(c.Parts, Token.IsSyllable) || HaveGaps(c.Parts)
}

// IsSyllable reports whether the term is a single character.
func (t Token) IsSyllable() bool { return utf8.RuneCountInString(t.Term) == 1 }

// HaveGaps reports whether something stands between successive tokens.
func HaveGaps(tokens []Token) bool {
	for i := 1; i < len(tokens); i++ {
		if tokens[i].Start > tokens[i-1].End {
			return true
		}
	}
	return false
}

// Successive leaves one token for each position. The parts of a whole stand for it, as they say the same at positions of
// their own. A whole stands for its parts if they share its position (GitHub, v2.6.1), or if there is only one of them, which
// leaves something out.
func Successive(tokens []Token) (list []Token) {
	for i, n := 0, 0; i < len(tokens); i += n {
		n = 1
		for i+n < len(tokens) && tokens[i+n].Position == tokens[i].Position {
			n++
		}
		for _, t := range tokens[i : i+n] {
			reaches := i+n < len(tokens) && t.End > tokens[i+n].Start
			if !t.Whole || !reaches {
				list = append(list, t)
				break
			}
		}
	}
	return list
}
