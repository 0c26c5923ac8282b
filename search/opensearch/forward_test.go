package opensearch

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"

	"chaja/search/analysis"
	"chaja/search/indextest"
	"chaja/search/match"
)

// FuzzCandidate: no bytes in place of a forward index make a panic or take more memory than they have.
func FuzzCandidate(f *testing.F) {
	doc := indextest.Post("a", "# 서울 시청\ntags: go\n서울은 크다")
	var fields [match.Fields]analysis.Occurrences
	for field := range match.Field(match.Fields) {
		fields[field] = indextest.Analyzer().Occurrences(doc.Texts(field))
	}
	whole := forward(&doc, fields)
	head := int(binary.BigEndian.Uint16(whole))
	entry := whole[head+3+7*3:]
	f.Add(whole[:head])
	f.Add(append(whole[:head:head], append([]byte{0, 0}, entry...)...))
	f.Add([]byte{0, 2, 0, 0, 255, 255, 255})
	terms := []match.Term{{Space: match.Morphemes, Text: "서울"}, {Space: match.TagKeys, Text: "go"}}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := readCandidate(base64.StdEncoding.EncodeToString(data), terms)
		if err == nil && len(c.freqs) != len(terms) {
			t.Errorf("%d terms", len(c.freqs))
		}
	})
}

// TestWire: what stands between terms is in none of them, nor anything that Java takes for a blank.
func TestWire(t *testing.T) {
	for _, term := range []string{"a\x1fb", "a b", "\u2003", nothing, "a" + besides, strings.Repeat("가", maxTerm)} {
		got := wire(term)
		if got == term || len(got) > 100 || strings.ContainsAny(got, " \x1c\x1d\x1e\x1f\u2003"+nothing+besides) {
			t.Errorf("wire(%.20q) = %.80q", term, got)
		}
		if got != wire(term) || got == wire(term+"x") {
			t.Errorf("wire(%.20q) is not the same for the same term alone", term)
		}
	}
	if wire("서울") != "서울" {
		t.Error("a plain term does not stand for itself")
	}
}
