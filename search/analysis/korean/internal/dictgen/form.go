package main

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/analysis/korean/internal/dict"
	"chaja/search/hangul"
)

// form reads what a word is made of from its columns. Compounds whose parts do not give the word (a dozen errors of
// mecab-ko-dic, such as 안지랑역 = 안지 + 역) are taken as plain.
func form(surface, tag string, columns []string) dict.SourceForm {
	plain := dict.SourceForm{Tag: tag}
	compound := false
	switch columns[columnKind] {
	case "Compound", "Preanalysis":
		compound = true
	case "Inflect":
	default:
		return plain
	}
	all := parts([]rune(surface), compound, columns[columnParts])
	if compound && slices.ContainsFunc(all, func(p dict.SourcePart) bool { return p.Span == 0 }) {
		return plain
	}
	return dict.SourceForm{Tag: tag, Parts: all}
}

// parts reads an expression such as 정진7/NNG/*+하/XSV/*+아/EC/*. A part covers the runes that it is spelled with;
// after the first that is spelled otherwise nothing tells where the next one begins.
func parts(rest []rune, compound bool, expression string) []dict.SourcePart {
	var out []dict.SourcePart
	lost := false
	for part := range strings.SplitSeq(expression, "+") {
		field := strings.Split(part, "/")
		if len(field) < 2 || field[0] == "" {
			return nil
		}
		text := []rune(plainText(field[0]))
		same := 0
		for !lost && same < min(len(text), len(rest)) && text[same] == rest[same] {
			same++
		}
		p := dict.SourcePart{Tag: field[1], Keep: uint8(same), Text: string(text[same:])}
		if same == len(text) || compound && grown(text, rest) {
			p.Span = uint8(len(text))
			rest = rest[len(text):]
		} else {
			lost = true
		}
		out = append(out, p)
	}
	return out
}

// grown reports whether rest begins with text and the ㅅ that a noun takes before another (고추 in 고춧값).
func grown(text, rest []rune) bool {
	n := len(text) - 1
	if len(rest) < len(text) || !slices.Equal(text[:n], rest[:n]) {
		return false
	}
	_, _, final := hangul.Split(rest[n])
	const siot = 19 // its number among the finals
	return final == 'ㅅ' && !hangul.HasFinal(text[n]) && rest[n]-siot == text[n]
}

// plainText takes the homograph number off a part (정진7) and writes lone jamo as compatibility letters.
func plainText(s string) string {
	if t := strings.TrimRight(s, "0123456789"); t != "" {
		s = t
	}
	return strings.Map(hangul.Compatibility, s)
}

// reading returns how Hanja sound: a syllable for each character. The few others in the column are slips.
func reading(surface, column string) (string, bool) {
	if column == surface || column == "*" || utf8.RuneCountInString(column) != utf8.RuneCountInString(surface) {
		return "", false
	}
	for _, r := range column {
		if !hangul.IsSyllable(r) {
			return "", false
		}
	}
	for _, r := range surface {
		if r < 0x3400 { // below are no Hanja
			return "", false
		}
	}
	return column, true
}
