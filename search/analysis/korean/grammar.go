package korean

import "slices"

// grammaticalTags are those of words that carry grammar wherever they stand: determiners (어떤, 이), auxiliary verbs (싶, 주) and
// the negative copula (아니).
var grammaticalTags = []string{"MM", "VX", "VCN"}

// grammaticalWords are words of the other tags that do: verbs that make verbs of nouns or say that something is, verbs that stand
// for a particle (에 대하여, 을 위하여), and interrogatives that are no pronouns. These classes are closed, so they are listed.
var grammaticalWords = map[string][]string{
	"VV":  {"하", "되", "대하", "관하", "위하", "통하", "의하", "인하"},
	"VA":  {"없", "있"},
	"MAG": {"왜", "언제", "어떻게", "어찌", "얼마나"},
	"NNG": {"얼마"},
}

// isGrammatical reports whether a word with a tag carries grammar and no subject. Bound nouns are a class of their own.
func isGrammatical(tag, word string) bool {
	return slices.Contains(grammaticalTags, tag) || slices.Contains(grammaticalWords[tag], word)
}
