package dict

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func source() Source {
	return Source{
		Words: []Word{
			{"나", []Entry{{Left: 1, Right: 1, Cost: -5, Form: 0}}},
			{"가", []Entry{{Cost: 7}, {Left: 1, Cost: 300, Form: 1}}},
			{"가나다", []Entry{{Right: 1, Cost: 7, Form: 2}}},
			{"佳", []Entry{{Cost: 7}}},
		},
		Readings: []Reading{{"佳", 0, "가"}},
		Forms: []SourceForm{
			{Tag: "NNG"},
			{Tag: "VV+EC", Parts: []SourcePart{{0, 0, "VV", "갈"}, {0, 0, "EC", "아"}}},
			{Tag: "NNG", Parts: []SourcePart{{2, 2, "NNG", ""}, {1, 1, "NNG", ""}}},
		},
		Lefts: 2, Rights: 2, Matrix: []int16{0, -1, 300, -32768},
		Before: []int16{1, 2}, After: []int16{3, 4},
		Classes: []Class{{Tag: "SY", Group: true, Entry: Entry{Left: 1, Cost: 9}}, {Tag: "SL", Always: true}},
		ClassOf: append(make([]uint8, 1<<16-1), 1),
		Nouns:   [2]Entry{{Left: 1}, {Right: 1}},
		Sounds:  []int8{-128, 127},
	}
}

// find walks to a surface.
func find(l *Lexicon, surface string) (entries []Entry, first uint32) {
	node := Root
	for _, r := range surface {
		if node = l.Step(node, r); node == Root {
			return nil, 0
		}
	}
	return l.Entries(node)
}

func TestRoundTrip(t *testing.T) {
	src := source()
	file, err := Encode(src)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range src.Words {
		got, _ := find(d.Lexicon, w.Surface)
		if diff := cmp.Diff(w.Entries, got); diff != "" {
			t.Errorf("entries of %q (-want +got):\n%s", w.Surface, diff)
		}
	}
	for _, absent := range []string{"가나", "다", "가나다라", "𠀀"} {
		if got, _ := find(d.Lexicon, absent); len(got) > 0 {
			t.Errorf("entries of %q: %v", absent, got)
		}
	}
	for i, f := range src.Forms {
		got := SourceForm{Tag: d.Tag(d.forms[i])}
		for _, p := range d.Parts(d.forms[i]) {
			got.Parts = append(got.Parts, SourcePart{p.Span, p.Keep, d.PartTag(p), d.PartText(p)})
		}
		if diff := cmp.Diff(f, got); diff != "" {
			t.Errorf("form %d (-want +got):\n%s", i, diff)
		}
	}
	_, first := find(d.Lexicon, "佳")
	got := []any{d.matrix, d.Row(1)[1], d.Before, d.After, d.Classes, d.Nouns, d.ClassOf(0xffff), d.ClassOf('가'), d.ClassOf(-1), d.ClassOf('𠀀'), d.Sound('가'), d.Sound('각'), d.Reading(first, "佳"), d.Reading(first+1, "佳")}
	want := []any{src.Matrix, int16(-32768), src.Before, src.After, src.Classes, src.Nouns, uint8(1), uint8(0), uint8(0), uint8(0), -128, 127, "가", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEncodeErrors(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Source)
		want   string
	}{
		{"an empty word", func(s *Source) { s.Words[0].Surface = "" }, "empty word"},
		{"a word twice", func(s *Source) { s.Words[0].Surface = "가" }, "twice"},
		{"outside of the basic plane", func(s *Source) { s.Words[0].Surface = "𠀀" }, "basic plane"},
		{"a matrix of another size", func(s *Source) { s.Lefts = 3 }, "does not fit"},
		{"a reading too short", func(s *Source) { s.Readings[0].Sound = "" }, "not as long"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := source()
			test.change(&src)
			if _, err := Encode(src); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

// TestDecodeBroken cuts a file short anywhere and expects an error, never a panic.
func TestDecodeBroken(t *testing.T) {
	file, err := Encode(source())
	if err != nil {
		t.Fatal(err)
	}
	for i := range file {
		if _, err := Decode(file[:i]); err == nil {
			t.Errorf("no error for the first %d of %d bytes", i, len(file))
		}
	}
}

// TestDictionary looks at the dictionary of the program: small enough, clean, and sound wherever something refers to
// something else.
func TestDictionary(t *testing.T) {
	if len(packed) > 8<<20 {
		t.Errorf("the dictionary is %d bytes, want at most 8 MiB", len(packed))
	}
	d, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Lexicon.entries {
		if e := d.Lexicon.entries[i]; e.Left == 0 || int(e.Left) >= d.Lefts || e.Right == 0 || int(e.Right) >= d.Rights || int(e.Form) >= len(d.forms) {
			t.Fatalf("entry %d: %+v is out of range", i, e)
		}
	}
	for _, f := range d.forms {
		for _, p := range d.Parts(f) {
			text := d.PartText(p)
			if !norm.NFC.IsNormalString(text) || strings.ContainsAny(text, "0123456789") && d.PartTag(p) != "SN" {
				t.Errorf("part %q of a form %s", text, d.Tag(f))
			}
			for _, r := range text {
				if 0x1100 <= r && r <= 0x11ff {
					t.Errorf("part %q of a form %s has conjoining jamo", text, d.Tag(f))
				}
			}
		}
	}
}
