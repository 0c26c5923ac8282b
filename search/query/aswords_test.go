package query

import "testing"

func TestAsWords(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{`"consumer lag" - four causes`, `consumer lag - four causes`},
		{`kafka -debezium`, `kafka debezium`},
		{`kafka -"consumer lag" tag:msa`, `kafka consumer lag tag:msa`},
		{`"a" after:2020 -tag:b title:"c d"`, `a after:2020 -tag:b title:"c d"`},
		{`"tag:go OR -x (y)"`, `tag go or x y`},
		{`"a b" (c OR d) -(e f)`, `a b (c OR d) -(e f)`},
		{`kafka lag`, ``},
		{`-kafka`, ``},
		{`-"a b" tag:x`, ``},
		{`kafka -tag:x`, ``},
		{``, ``},
	} {
		got, ok := Parse(tt.typed).AsWords()
		if got.String() != tt.want || ok != (tt.want != "") {
			t.Errorf("AsWords of %q: %q, %v, want %q", tt.typed, got.String(), ok, tt.want)
		}
	}
}

func TestUnquoted(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{`"consumer lag" four -causes`, `consumer lag four -causes`},
		{`"a b" -"c d" tag:"e f"`, `a b -"c d" tag:"e f"`},
		{`kafka -"consumer lag"`, ``},
		{`kafka -lag`, ``},
	} {
		got, ok := Parse(tt.typed).Unquoted()
		if got.String() != tt.want || ok != (tt.want != "") {
			t.Errorf("Unquoted of %q: %q, %v, want %q", tt.typed, got.String(), ok, tt.want)
		}
	}
}
