package korean

import (
	"slices"
	"unicode/utf8"

	"chaja/search/hangul"
)

// grammaticalTags are those of words that carry grammar wherever they stand: determiners (어떤, 이), auxiliary verbs (싶, 주) and
// the negative copula (아니).
var grammaticalTags = []string{"MM", "VX", "VCN"}

// grammaticalWords are words of the other tags that do: verbs that make verbs of nouns or say that something is, verbs that stand
// for a particle (에 대하여, 을 위하여), verbs by which a question is put (궁금하다, 알려 주다), interrogatives that are no pronouns,
// and adverbs that point, grade or deny. These classes are closed, so they are listed.
var grammaticalWords = map[string][]string{
	"VV":  {"하", "되", "대하", "관하", "위하", "통하", "의하", "인하", "알리", "부탁드리", "그러", "이러", "저러", "어쩌"},
	"VA":  {"없", "있", "그렇", "이렇", "저렇", "어떻", "같"},
	"XR":  {"궁금", "어떡"},
	"NNG": {"얼마"},
	"MAG": {
		"왜", "언제", "어떻게", "어찌", "얼마나", "이렇게", "그렇게", "저렇게", "가장", "더", "덜", "매우", "아주", "너무", "좀", "참", "꼭", "잘", "안", "못",
		"다", "또", "이미", "아직", "혹시", "과연", "도대체",
	},
}

// isGrammatical reports whether a word with a tag carries grammar and no subject. Bound nouns are a class of their own.
func isGrammatical(tag, word string) bool {
	return slices.Contains(grammaticalTags, tag) || slices.Contains(grammaticalWords[tag], word)
}

// mendGrammar puts right what the dictionary wrongly takes for grammar, or for none, as each eojeol for itself cannot tell: 알림 is a
// noun, and no form of the verb by which one asks to be told; the numeral in 하나요 is the verb 하다; and the song (가요) behind a
// modifier is the ending of 가능한가요 and 그런가요.
func (w *worker) mendGrammar(text string) {
	for i := range w.atoms {
		switch a := &w.atoms[i]; {
		case a.text == "하나" && a.tag == "NR" && text[a.end:] == "요":
			a.text, a.tag, a.role = "하", "VV", predicate
		case a.text == "알리" && text[a.start:a.end] == "알림":
			a.text, a.tag, a.role = "알림", "NNG", noun
		case i > 0 && a.text == "가요" && a.role == noun && a.end == len(text) && modifies(w.atoms[i-1]):
			a.tag, a.role = "EF", function
		}
	}
}

// modifies reports whether an atom ends in the ㄴ that the ending ㄴ가요 begins with.
func modifies(a atom) bool {
	if a.tag != "MM" && a.tag != "ETM" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(a.text)
	_, _, final := hangul.Split(last)
	return final == 'ㄴ' || a.text == "ㄴ"
}
