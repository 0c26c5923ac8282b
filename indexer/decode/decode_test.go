package decode

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// allocated returns the bytes that f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// repeated writes unit n times between the two, with its number for every N.
func repeated(before, unit, after string, n int) string {
	var b strings.Builder
	b.WriteString(before)
	for i := range n {
		b.WriteString(strings.ReplaceAll(unit, "N", fmt.Sprint(i)))
	}
	return b.String() + after
}

// TestLinear: a text of twice the length takes twice the memory, not four times. What is counted is allocated bytes, so
// that the speed of the machine is of no matter.
func TestLinear(t *testing.T) {
	inTOML := func(s string) { _, _ = TOML(s) }
	inYAML := func(s string) { _, _, _ = YAML([]byte(s)) }
	inJSON := func(s string) { var v any; _, _ = JSON(s, &v) }
	path := strings.Repeat("a.", MaxDepth/2) + "b"
	for _, tt := range []struct {
		name                string
		decode              func(string)
		before, unit, after string
	}{
		{"a dotted key", inTOML, "", "a.", "b = 1"},
		{"a dotted key of numbers", inTOML, "", "kN.", "b = 1"},
		{"a quoted dotted key", inTOML, "", "'a'.", "b = 1"},
		{"a dotted table", inTOML, "[", "a.", "b]"},
		{"a dotted list of tables", inTOML, "[[", "a.", "b]]"},
		{"tables in tables", inTOML, "a = ", "{a = ", "1"},
		{"tables in tables, open", inTOML, "", "a = {kN = 1, ", ""},
		{"dotted tables in tables", inTOML, "a = ", "{a.b.c.d = ", "1"},
		{"lists in lists", inTOML, "a = ", "[", "1"},
		{"tables in lists", inTOML, "a = ", "[{a = ", "1"},
		{"keys in a deep table", inTOML, "[" + path + "]\n", "kN = 1\n", ""},
		{"keys in a long table", inTOML, "['" + strings.Repeat("a", 4000) + "']\n", "kN = 1\n", ""},
		{"deep keys", inTOML, "", path + ".kN = 1\n", ""},
		{"deep tables", inTOML, "", "[" + path + ".kN]\n", ""},
		{"deep lists of tables", inTOML, "", "[[" + path + "]]\n", ""},
		{"keys of a table on one line", inTOML, "a = {", "kN = 1, ", "z = 1}"},
		{"keys", inTOML, "", "kN = 1\n", ""},
		{"tables", inTOML, "", "[kN]\na = 1\n", ""},
		{"a list", inTOML, "a = [", "'b', ", "]"},
		{"open strings", inTOML, "", "a = '", ""},
		{"open long strings", inTOML, "", `a = """`, ""},
		{"comments", inTOML, "", "#\n", ""},
		{"one key", inTOML, "", "k", " = 1"},

		{"YAML lists in lists", inYAML, "", "[", ""},
		{"YAML tables in tables", inYAML, "", "{a: ", ""},
		{"YAML lists by indentation", inYAML, "", "- ", "a"},
		{"YAML keys", inYAML, "", "kN: 1\n", ""},
		{"YAML keys that ask", inYAML, "", "? kN\n", ""},
		{"YAML aliases", inYAML, "a: &a [1, 2]\n", "kN: *a\n", ""},
		{"YAML anchors", inYAML, "", "- &kN a\n", ""},
		{"YAML merges", inYAML, "a: &a {b: c}\n", "<<: *a\n", ""},
		{"YAML open quotes", inYAML, "", "a: 'b\n", ""},
		{"YAML open lists", inYAML, "", "a: [b\n", ""},
		{"YAML one word", inYAML, "", "a", ""},
		{"YAML blocks", inYAML, "", "- |\n  a\n", ""},
		{"YAML tags", inYAML, "", "!!a ", ""},
		{"YAML empty lines", inYAML, "a:\n", "\n", "b"},
		{"YAML a block of empty lines", inYAML, "a: |\n", "\n", "  b"},

		{"JSON lists in lists", inJSON, "", "[", ""},
		{"JSON tables in tables", inJSON, "", `{"a": `, "1"},
		{"JSON keys", inJSON, "{", `"kN": 1, `, `"z": 1}`},
		{"JSON repeated keys", inJSON, "{", `"a": 1, `, `"z": 1}`},
		{"JSON one word", inJSON, `"`, `\u0041`, `"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const n = 12_000
			once := repeated(tt.before, tt.unit, tt.after, n)
			twice := repeated(tt.before, tt.unit, tt.after, 2*n)
			a, b := allocated(func() { tt.decode(once) }), allocated(func() { tt.decode(twice) })
			if ratio := float64(b) / float64(a+1<<20); ratio > 3 {
				t.Errorf("%d bytes take %d KB, %d bytes %d KB: %.1f times as much", len(once), a>>10, len(twice), b>>10, ratio)
			}
			if most := 64<<20 + 800*uint64(len(twice)); b > most {
				t.Errorf("%d bytes take %d MB", len(twice), b>>20)
			}
		})
	}
}

func TestTOMLSaysWhere(t *testing.T) {
	for _, tt := range []struct {
		text string
		line int
	}{
		{"title = 'x'\n" + strings.Repeat("a.", MaxDepth) + "b = 1\n", 2},
		{"\n\n[" + strings.Repeat("a.", MaxDepth) + "b]\n", 3},
		{"a = '''\n\n'''\nb = " + strings.Repeat("[", MaxDepth+1), 4},
		{"# it's\na = \"\\\"\" # {\n" + strings.Repeat("k", maxPath+1) + " = 1\n", 3},
	} {
		_, err := TOML(tt.text)
		var refused *Error
		if !errors.As(err, &refused) || refused.Line != tt.line {
			t.Errorf("TOML(%.40q) = %v, want an error in line %d", tt.text, err, tt.line)
		}
	}
}

// TestTOMLAsUsual: nothing that people write is refused.
func TestTOMLAsUsual(t *testing.T) {
	deep := strings.Repeat("a.", MaxDepth-1)
	for _, text := range []string{
		"", "a = 1", deep + "b = 1", "[" + deep + "b]", "a = " + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth),
		"s = '" + strings.Repeat("a.", 5000) + "'", "s = '''\n" + strings.Repeat("[{a.", 5000) + "\n'''\n[b]\nc = 1",
		"s = \"\"\"\n" + strings.Repeat("{", 5000) + "\\\n\"\"\"\n", "# " + strings.Repeat("{.", 5000) + "\na = 1.5",
		"a = [\n  [1, 2], # one\n  ['" + strings.Repeat(".", 5000) + "'],\n]\n[[b]]\nc = {d = 1, e = [1.5, 2.5]}\n",
		repeated("a = [", "1.5, ", "]", 5000), repeated("a = [\n", "{b = 1.5, c = {d = 1}},\n", "]", 5000),
		repeated("", "[[a.b]]\nc = 1.5\n", "", 5000), repeated("", "kN = 2019-08-29T12:00:00.123\n", "", 5000),
	} {
		if _, err := TOML(text); err != nil {
			t.Errorf("TOML(%.40q) = %v", text, err)
		}
	}
}

// FuzzLinear looks for a text that costs more than its length: it is repeated, and repeated twice as often.
func FuzzLinear(f *testing.F) {
	for _, unit := range []string{"a.", "{a=", "[", "- ", "kN: *a\n", `{"a":`, "[[a.b]]\n", "a = {kN = 1,", "'", "\"\"\""} {
		f.Add("a = ", unit, "b = 1")
	}
	f.Fuzz(func(t *testing.T, before, unit, after string) {
		if len(before)+len(after) > 200 || len(unit) == 0 || len(unit) > 40 {
			return
		}
		const bytes = 16 << 10
		once, twice := repeated(before, unit, after, bytes/len(unit)), repeated(before, unit, after, 2*bytes/len(unit))
		for name, decode := range map[string]func(string){
			"TOML": func(s string) { _, _ = TOML(s) },
			"YAML": func(s string) { _, _, _ = YAML([]byte(s)) },
			"JSON": func(s string) { var v any; _, _ = JSON(s, &v) },
		} {
			a, b := allocated(func() { decode(once) }), allocated(func() { decode(twice) })
			if b > 3*(a+4<<20) {
				t.Errorf("%s: %d KB for once, %d KB for twice", name, a>>10, b>>10)
			}
		}
	})
}

// TestYAMLEnds: what is indented less than the first key is no part of the document, and not left out without a word. Another
// document may follow.
func TestYAMLEnds(t *testing.T) {
	for text, line := range map[string]int{
		" serve:\n   watch: true\n\nexclude: [a]\n": 4, " title: a\npublished: false\n": 2,
		"a: 1\n---\nb: 2\n": 0, "a: 1\n...\n": 0, "---\na: 1\n---\n": 0, "# nothing\n": 0, "": 0,
	} {
		_, second, err := YAML([]byte(text))
		if want := strings.Contains(text, "b: 2"); second > 0 != want {
			t.Errorf("%q: a second document in line %d", text, second)
		}
		var e *Error
		if errors.As(err, &e); line == 0 && err != nil || line > 0 && (e == nil || e.Line != line) {
			t.Errorf("%q: %v, want line %d", text, err, line)
		}
	}
}
