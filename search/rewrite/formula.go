package rewrite

import (
	"regexp"
	"strings"
	"unicode"

	"chaja/search/lexicon/pairs"
)

// orderOf and bareOrder are orders of growth (Knuth, Big Omicron and Big Omega and Big Theta, 1976) as they are typed: O(nlogn), Θ(n^2,
// and nlogn by itself, of the letters that such orders have.
var (
	orderOf   = regexp.MustCompile(`^([oOΘθΩω])\(([^()]+)\)?(\p{Hangul}*)$`)
	bareOrder = regexp.MustCompile(`^[nmkve]?(log|lg|ln)[nmkve]$`)
)

// maxFormula bounds a formula in bytes: O((V+E)logV) has a third of it.
const maxFormula = 40

// formulas returns the other ways to write an order of growth: with blanks between its parts, without, and without the sign of
// powers, and without a particle. They are none for other texts.
func formulas(text string) (others []string) {
	if len(text) > maxFormula {
		return nil
	}
	before, inner, after := "", text, ""
	if order := orderOf.FindStringSubmatch(text); order != nil && (order[3] == "" || pairs.IsParticle(order[3])) {
		before, inner, after = order[1]+"(", order[2], ")"
	} else if !bareOrder.MatchString(strings.ToLower(text)) {
		return nil
	}
	joined := strings.NewReplacer(" ", "", "^", "").Replace(inner)
	for _, other := range []string{joined, spread(joined)} {
		if other = before + other + after; other != text && other != text+after {
			others = append(others, other)
		}
	}
	return others
}

// spread writes blanks between the letters, numbers and functions of a formula.
func spread(joined string) string {
	var parts []string
	for rest := joined; rest != ""; {
		n := len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsDigit))
		for _, function := range []string{"log", "lg", "ln", "sqrt"} {
			if strings.HasPrefix(strings.ToLower(rest), function) {
				n = len(function)
			}
		}
		if n == 0 {
			n = len(string([]rune(rest)[:1]))
		}
		parts, rest = append(parts, rest[:n]), rest[n:]
	}
	return strings.Join(parts, " ")
}
