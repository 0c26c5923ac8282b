package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// steering is what a name or a text may hold to take over a terminal: sequences of ECMA-48 in seven and eight bits, a bell, a
// backspace, a mark that turns the line around.
const steering = "\x1b]0;owned\x07\u009b31m\x08\x7f\u202e"

// steered returns the first character of a printed text that is neither seen nor a line end or tab; "" for none.
func steered(text string) string {
	for _, r := range text {
		if r != '\n' && r != '\t' && clean(string(r)) != string(r) {
			return string(r)
		}
	}
	return ""
}

// TestNothingSteers: whatever holds a sequence of escape, no command prints it, be it a name, a text, an error or JSON.
func TestNothingSteers(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site"+steering)
	write(t, filepath.Join(site, "good.md"), "---\ntitle: 쿠버네티스"+steering+"\ntags: [\"a"+`\e[31m`+"\"]\n---\n쿠버네티스(Kubernetes) 파드\n\n[a](nowhere"+steering+".md)")
	write(t, filepath.Join(site, "also.md"), "---\ntitle: 쿠버네티스\n---\n쿠버네티스(Kubernetes)")
	write(t, filepath.Join(site, "bad"+steering+".md"), "---\ntitle: [\xff\n---\ntext \xff")
	write(t, filepath.Join(site, "draft"+steering+".md"), "---\ndraft: true\n---\ntext")
	write(t, filepath.Join(site, pairsName), "a"+steering+" = b\nno"+steering+"\n"+steering+" = \n")
	write(t, filepath.Join(site, "words.txt"), "낱"+steering+": 말\n")
	index := filepath.Join(t.TempDir(), "index"+steering)
	write(t, (&folders{index: index}).queriesFile(), `{"queries":[{"query":"a\u001b[31m\u009b1m","asked":3,"last":"2024-05-04"}]}`)
	fine(t, "index", "--site", site, "--index", index)
	for _, args := range [][]string{
		{"index", "--full"}, {"index", "--json", "--full"}, {"index", "--strict"}, {"check"}, {"check", "--json"}, {"pairs"}, {"pairs", "--json"},
		{"posts"}, {"posts", "--json"}, {"tags"}, {"tags", "--json"}, {"search", "파드"}, {"search", "--json", "파드"}, {"search", "x" + steering},
		{"suggest", "쿠"}, {"suggest", "--json", "쿠"}, {"queries"}, {"config"}, {"config", "--json"}, {"analyze", "a" + steering},
		{"analyze", "--json", "a" + steering}, {"search", "--words", filepath.Join(site, "words.txt"), "x"}, {"x" + steering}, {"search", "--x" + steering},
		{"index", "--site", site + "/nowhere"}, {"eval", site}, {"search", "--index", site + "/nowhere"}, {"search", "--lang", steering},
	} {
		if cmd := args[0]; cmd != "eval" && cmd != "analyze" && cmd != "x"+steering && len(args) < 4 {
			args = append(args, "--site", site)
			if cmd != "check" && cmd != "config" {
				args = append(args, "--index", index)
			}
		}
		got := chaja(t, args...)
		if s := steered(got.out + got.err); s != "" {
			t.Errorf("chaja %q prints %q\n%q\n%q", args, s, got.out, got.err)
		}
	}
}

// TestProblemsAreLines: a name with a line end makes no line that looks like one of another file.
func TestProblemsAreLines(t *testing.T) {
	site := newSite(t, map[string]string{"good.md": "text", "a\ngood.md:1: forged.md": "\xff"})
	for _, args := range [][]string{{"check", "--site", site}, {"index", "--site", site}, {"index", "--strict", "--site", site}} {
		if got := chaja(t, args...); strings.Contains("\n"+got.out+got.err, "\ngood.md") {
			t.Errorf("chaja %q:\n%s%s", args, got.out, got.err)
		}
	}
}

func TestGuard(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"plain\ttext\nof lines\n", "plain\ttext\nof lines\n"},
		{"한글과 😀 e\u0301", "한글과 😀 e\u0301"},
		{"a\x1b[31mb\r\nc\u009bd\u202ee\u2066f\x00g\x7fh", "a [31mb \nc def g h"},
		{"bad \xff\xed\x95 bytes", "bad \ufffd\ufffd\ufffd bytes"},
	} {
		for size := 1; size < 5; size++ { // in pieces that cut characters
			var out bytes.Buffer
			g := &guard{to: &out}
			for rest := tt.name; rest != ""; {
				n := min(size, len(rest))
				if wrote, err := io.WriteString(g, rest[:n]); wrote != n || err != nil {
					t.Fatalf("%d, %v", wrote, err)
				}
				rest = rest[n:]
			}
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("%q in pieces of %d (-want +got):\n%s", tt.name, size, diff)
			}
		}
	}
}

// TestEscapedJSON: what is escaped means the same.
func TestEscapedJSON(t *testing.T) {
	want := "글 " + steering + "\u2028😀"
	var out bytes.Buffer
	must(t, printJSON(&out, want))
	var got string
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got != want || steered(out.String()) != "" {
		t.Errorf("%q, %v, of %q", got, err, out.String())
	}
}

// TestProgressOnTerminal: the bar, which moves the cursor, goes around the guard.
func TestProgressOnTerminal(t *testing.T) {
	file, err := os.Open(os.DevNull)
	must(t, err)
	defer file.Close()
	if isTerminal(&guard{to: file}) || behind(&guard{to: file}) != io.Writer(file) || behind(file) != io.Writer(file) {
		t.Error("a guard is not seen through")
	}
}
