package korean

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/ikawaha/kagome/v2/tokenizer"
)

// goldWord is a word of a treebank and the stems that carry its content.
type goldWord struct {
	form    string
	stems   []string
	nominal bool // nothing but nouns, and at most particles behind them
}

// contentTags are the tags of content stems, of the Sejong set (ko_gsd) and of KAIST's (ko_kaist).
var contentTags = map[string]bool{
	"NNG": true, "NNP": true, "NR": true, "VV": true, "VA": true, "MAG": true, "XR": true,
	"ncn": true, "ncpa": true, "ncps": true, "nq": true, "nnc": true, "nno": true,
	"pvg": true, "pvd": true, "paa": true, "pad": true, "mag": true,
}

// goldWords reads a CoNLL-U file: words all in Hangul with at least one content stem.
func goldWords(t *testing.T, name string) []goldWord {
	t.Helper()
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []goldWord
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		col := strings.Split(lines.Text(), "\t")
		if len(col) < 6 || hangulRun.FindString(col[1]) != col[1] {
			continue
		}
		lemmas, tags := strings.Split(col[2], "+"), strings.Split(col[4], "+")
		w := goldWord{form: col[1], nominal: true}
		for i := range min(len(lemmas), len(tags)) {
			w.nominal = w.nominal && (isNounTag(tags[i]) || len(w.stems) > 0 && strings.HasPrefix(strings.ToLower(tags[i]), "j"))
			if contentTags[tags[i]] {
				w.stems = append(w.stems, lemmas[i])
			}
		}
		if len(w.stems) > 0 {
			out = append(out, w)
		}
	}
	return out
}

// isNounTag reports whether a tag of either treebank is that of a noun or name.
func isNounTag(tag string) bool {
	return strings.HasPrefix(tag, "NNG") || tag == "NNP" || strings.HasPrefix(tag, "nc") || tag == "nq"
}

// TestGold reports how many content stems of the treebanks are among the terms, and demands no fewer than are among all
// that kagome gives: surfaces and the parts of its expressions.
func TestGold(t *testing.T) {
	k, own := kagome(t), open(t, "")
	for _, name := range []string{"eval/morphemes/ko_gsd-ud-dev.conllu", "eval/morphemes/ko_kaist-ud-dev.conllu"} {
		stems, ours, theirs, terms, all := 0, 0, 0, 0, 0
		for _, w := range goldWords(t, name) {
			got := map[string]bool{}
			for _, m := range own.Morphemes(nil, w.form) {
				got[m.Term] = true
			}
			reference := kagomeTerms(k.Tokenize(w.form))
			terms, all = terms+len(got), all+len(reference)
			for _, s := range w.stems {
				stems++
				if got[s] {
					ours++
				}
				if reference[s] {
					theirs++
				}
			}
		}
		recall := func(n int) float64 { return 100 * float64(n) / float64(stems) }
		t.Logf("%s: %d stems, recall %.1f%% with %d terms; kagome %.1f%% with %d", name, stems, recall(ours), terms, recall(theirs), all)
		if ours < theirs {
			t.Errorf("%s: recall %.2f%% is below kagome's %.2f%%", name, recall(ours), recall(theirs))
		}
	}
}

func kagomeTerms(tokens []tokenizer.Token) map[string]bool {
	const expression = 7
	out := map[string]bool{}
	for _, t := range tokens {
		out[t.Surface] = true
		if f := t.Features(); len(f) > expression && f[expression] != "*" {
			for part := range strings.SplitSeq(f[expression], "+") {
				text, _, _ := strings.Cut(part, "/")
				out[strings.TrimRight(text, "0123456789")] = true
			}
		}
	}
	return out
}
