// Package fakejapanese is an analysis.MorphologicalAnalyzer for tests: a second language beside Korean, with which it
// shares Han. It knows a handful of words, particles and endings.
package fakejapanese

import (
	"strings"
	"unicode/utf8"

	"chaja/search/analysis"
)

// Analyzer is the fake. Its zero value is ready.
type Analyzer struct{}

var _ analysis.MorphologicalAnalyzer = Analyzer{}

// Scripts implements analysis.MorphologicalAnalyzer.
func (Analyzer) Scripts() []analysis.Script { return []analysis.Script{analysis.Kana, analysis.Han} }

// IsInflected implements analysis.MorphologicalAnalyzer: verbs come out in their dictionary form.
func (Analyzer) IsInflected(string) bool { return false }

// IsPredicate implements analysis.MorphologicalAnalyzer.
func (Analyzer) IsPredicate(string) bool { return false }

// IsWord implements analysis.MorphologicalAnalyzer: the fake has no dictionary.
func (Analyzer) IsWord(string) bool { return false }

// IsName implements analysis.MorphologicalAnalyzer: the fake has no dictionary.
func (Analyzer) IsName(string) bool { return false }

// IsSuffix implements analysis.MorphologicalAnalyzer.
func (Analyzer) IsSuffix(string) bool { return false }

// IsPlural implements analysis.MorphologicalAnalyzer.
func (Analyzer) IsPlural(string) bool { return false }

// Version implements analysis.MorphologicalAnalyzer.
func (Analyzer) Version() string { return "fake-ja" }

// known is a word as it stands in a text, the longest before its beginnings.
type known struct {
	surface, term, pos string
	class              analysis.Class
}

func words() []known {
	return []known{
		{"作りました", "作る", "動詞", analysis.Predicate},
		{"作る", "作る", "動詞", analysis.Predicate},
		{"データベース", "データベース", "名詞", analysis.Noun},
		{"検索", "検索", "名詞", analysis.Noun},
		{"全文", "全文", "名詞", analysis.Noun},
		{"冊", "冊", "名詞", analysis.Noun},
		{"の", "の", "助詞", analysis.Function},
		{"を", "を", "助詞", analysis.Function},
		{"で", "で", "助詞", analysis.Function},
	}
}

// Morphemes implements analysis.MorphologicalAnalyzer: it takes the first known word, else a number or one character.
// Particles go unless there is nothing else.
func (Analyzer) Morphemes(dst []analysis.Morph, text string) []analysis.Morph {
	var all, content []analysis.Morph
	for at := 0; at < len(text); {
		m := next(text[at:])
		m.Start, m.End = at, at+m.End
		at = m.End
		all = append(all, m)
		if m.Class != analysis.Function {
			content = append(content, m)
		}
	}
	if len(content) == 0 {
		content = all
	}
	return append(dst, content...)
}

// next reads the word that text begins with.
func next(text string) analysis.Morph {
	for _, w := range words() {
		if strings.HasPrefix(text, w.surface) {
			return analysis.Morph{Term: w.term, POS: w.pos, Class: w.class, End: len(w.surface)}
		}
	}
	if rest := strings.TrimLeft(text, "0123456789"); rest != text {
		n := len(text) - len(rest)
		return analysis.Morph{Term: text[:n], POS: "数", Class: analysis.Number, End: n}
	}
	_, n := utf8.DecodeRuneInString(text)
	return analysis.Morph{Term: text[:n], POS: "名詞", Class: analysis.Noun, End: n}
}
