// Package kagome stands in for the Korean analyzer with kagome and the mecab-ko dictionary.
package kagome

import (
	"strings"
	"sync"
	"unicode/utf8"

	ko "github.com/ikawaha/kagome-dict-ko"
	"github.com/ikawaha/kagome/v2/tokenizer"

	"chaja/search/analysis"
)

// Analyzer is an analysis.KoreanAnalyzer.
type Analyzer struct{ tok *tokenizer.Tokenizer }

var open = sync.OnceValues(func() (*Analyzer, error) {
	t, err := tokenizer.New(ko.Dict(), tokenizer.OmitBosEos())
	return &Analyzer{t}, err
})

// Open returns the analyzer; its dictionary is loaded once.
func Open() (*Analyzer, error) { return open() }

// Version implements analysis.KoreanAnalyzer.
func (a *Analyzer) Version() string { return "kagome" }

// maxPiece bounds the text given to kagome at once, in bytes.
const maxPiece = 4 << 10

// Morphemes implements analysis.KoreanAnalyzer.
func (a *Analyzer) Morphemes(dst []analysis.KoreanMorpheme, text string) []analysis.KoreanMorpheme {
	for start := 0; start < len(text); {
		end := min(start+maxPiece, len(text))
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end--
		}
		if blank := strings.LastIndexByte(text[start:end], ' '); end < len(text) && blank > 0 {
			end = start + blank
		}
		dst = a.piece(dst, text[start:end], start)
		start = end
	}
	return dst
}

func (a *Analyzer) piece(dst []analysis.KoreanMorpheme, text string, base int) []analysis.KoreanMorpheme {
	n := len(dst)
	var all []analysis.KoreanMorpheme
	for _, t := range a.tok.Tokenize(text) {
		if strings.TrimSpace(t.Surface) == "" {
			continue
		}
		f := t.Features()
		pos := f[0]
		m := analysis.KoreanMorpheme{Term: t.Surface, POS: pos, Start: base + t.Position, End: base + t.Position + len(t.Surface)}
		all = append(all, m)
		parts := expression(f)
		if len(parts) == 0 {
			if content(pos) {
				dst = append(dst, m)
			}
			continue
		}
		at := m.Start
		compound := f[4] == "Compound"
		if compound {
			m.Whole = true
			dst = append(dst, m)
			m.Whole = false
		}
		for _, p := range parts {
			word, ppos, _ := strings.Cut(p, "/")
			ppos, _, _ = strings.Cut(ppos, "/")
			word = strings.TrimRight(word, "0123456789")
			if !content(ppos) || word == "" {
				continue
			}
			q := m
			q.Term, q.POS = word, ppos
			if compound && at+len(word) <= m.End {
				q.Start, q.End = at, at+len(word)
				at += len(word)
			}
			dst = append(dst, q)
		}
	}
	if len(dst) == n {
		dst = append(dst, all...)
	}
	return dst
}

func expression(f []string) []string {
	if len(f) < 8 || f[7] == "*" || f[7] == "" || (f[4] != "Compound" && f[4] != "Inflect") {
		return nil
	}
	return strings.Split(f[7], "+")
}

func content(pos string) bool {
	pos, _, _ = strings.Cut(pos, "+")
	switch {
	case strings.HasPrefix(pos, "J"), strings.HasPrefix(pos, "E"), strings.HasPrefix(pos, "S"), strings.HasPrefix(pos, "X") && pos != "XR" && pos != "XPN":
		return false
	case pos == "VCP", pos == "VCN", pos == "VX", pos == "MAJ", pos == "IC":
		return false
	}
	return true
}
