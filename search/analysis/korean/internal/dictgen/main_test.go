package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search/analysis/korean/internal/dict"
)

// TestReproducible makes the dictionary anew and expects the file that is there, to the byte.
func TestReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	want, err := os.ReadFile("../dict/korean.dict")
	if err != nil {
		t.Fatal(err)
	}
	got, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("korean.dict is not what the generator makes (%d bytes, now %d): run go generate in ../dict", len(want), len(got))
	}
}

func TestForm(t *testing.T) {
	part := func(span, keep uint8, tag, text string) dict.SourcePart {
		return dict.SourcePart{Span: span, Keep: keep, Tag: tag, Text: text}
	}
	tests := []struct {
		surface, tag, kind, parts string
		want                      dict.SourceForm
	}{
		{"책", "NNG", "*", "*", dict.SourceForm{Tag: "NNG"}},
		{"봄비", "NNG", "Compound", "봄/NNG/*+비/NNG/*", dict.SourceForm{Tag: "NNG", Parts: []dict.SourcePart{part(1, 1, "NNG", ""), part(1, 1, "NNG", "")}}},
		{"배춧국", "NNG", "Compound", "배추/NNG/*+국/NNG/*", dict.SourceForm{Tag: "NNG", Parts: []dict.SourcePart{part(2, 1, "NNG", "추"), part(1, 1, "NNG", "")}}},
		{"갑을병", "NNG", "Compound", "갑/NNG/*+병/NNG/*", dict.SourceForm{Tag: "NNG"}},
		{"준비해", "NNG+XSV+EC", "Inflect", "준비2/NNG/*+하/XSV/*+아/EC/*", dict.SourceForm{Tag: "NNG+XSV+EC", Parts: []dict.SourcePart{part(2, 2, "NNG", ""), part(0, 0, "XSV", "하"), part(0, 0, "EC", "아")}}},
		{"간", "VV+ETM", "Inflect", "가/VV/*+\u11ab/ETM/*", dict.SourceForm{Tag: "VV+ETM", Parts: []dict.SourcePart{part(0, 0, "VV", "가"), part(0, 0, "ETM", "ㄴ")}}},
	}
	for _, test := range tests {
		t.Run(test.surface, func(t *testing.T) {
			columns := []string{"*", "*", test.surface, test.kind, "*", "*", test.parts}
			if diff := cmp.Diff(test.want, form(test.surface, test.tag, columns)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
