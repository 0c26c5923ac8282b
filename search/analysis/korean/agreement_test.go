package korean

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ikawaha/kagome/v2/tokenizer"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestAgreement compares cuts with those of kagome, before anything is dropped. Read as kagome reads, each eojeol a text
// of its own and no loanwords, the lattice and the packed dictionary must give the same. What the analyzer does
// otherwise on purpose is counted by kind in testdata/agreement.golden. CHAJA_FULL=1 goes over all eojeols.
func TestAgreement(t *testing.T) {
	k, bare, own := kagome(t), openBare(t), open(t, "")
	words := eojeolsOf(slices.Concat(sentencesOf(t, "eval/korquad-question/corpus.jsonl"), posts(t)))
	if !full() {
		words = every(words, 100)
	}
	count := map[string]int{}
	var differ []string
	for _, word := range words {
		reference := surfaces(k.Tokenize(word))
		if cut := cuts(bare, word); cut != reference {
			differ = append(differ, word+": "+cut+", kagome: "+reference)
		}
		count[kind(own, word, reference)]++
	}
	same := 1 - float64(len(differ))/float64(len(words))
	t.Logf("%d eojeols, read alike %.3f%%; %v", len(words), 100*same, count)
	if same < 0.995 {
		t.Errorf("only %.2f%% of eojeols are cut alike:\n%s", 100*same, strings.Join(differ[:min(len(differ), 20)], "\n"))
	}
	if full() {
		return
	}
	got := fmt.Sprintf("eojeols %d\nread alike %d\n", len(words), len(words)-len(differ))
	for _, c := range []string{"same", "neighbours", "loanword"} {
		got += fmt.Sprintf("%s %d\n", c, count[c])
	}
	golden(t, "testdata/agreement.golden", got)
}

// kind tells why the analyzer cuts a word otherwise than kagome.
func kind(a *Analyzer, word, reference string) string {
	w := a.workers.Get().(*worker)
	defer a.workers.Put(w)
	w.cut(word)
	for _, found := range w.words {
		if found.source == fromSound {
			return "loanword"
		}
	}
	if cuts(a, word) == reference {
		return "same"
	}
	return "neighbours"
}

// TestAgreementInContext shows that an eojeol cut between average neighbours comes out as in its sentence more often
// than an eojeol cut as a text of its own.
func TestAgreementInContext(t *testing.T) {
	k, own := kagome(t), open(t, "")
	total, alone, ours := 0, 0, 0
	for _, s := range sentencesOf(t, "eval/korquad-question/queries.jsonl") {
		s = strings.Join(hangulRun.FindAllString(s, -1), " ")
		cut := strings.Split(surfaces(k.Tokenize(s)), "| |") // kagome makes the blank a morpheme
		words := strings.Fields(s)
		if len(cut) != len(words) {
			continue
		}
		for i, word := range words {
			total++
			if surfaces(k.Tokenize(word)) == cut[i] {
				alone++
			}
			if cuts(own, word) == cut[i] {
				ours++
			}
		}
	}
	t.Logf("%d eojeols: as in the sentence %.2f%%, kagome on the eojeol alone %.2f%%", total, 100*float64(ours)/float64(total), 100*float64(alone)/float64(total))
	if ours <= alone {
		t.Errorf("average neighbours give %d eojeols as in the sentence, no neighbours %d", ours, alone)
	}
}

func surfaces(tokens []tokenizer.Token) string {
	var out []string
	for _, t := range tokens {
		out = append(out, t.Surface)
	}
	return strings.Join(out, "|")
}

// cuts returns the words of an eojeol, before anything is left out, with bars between.
func cuts(a *Analyzer, text string) string {
	w := a.workers.Get().(*worker)
	defer a.workers.Put(w)
	w.cut(text)
	var out []string
	for _, found := range w.words {
		out = append(out, text[found.start:found.end])
	}
	return strings.Join(out, "|")
}

// every returns one in n.
func every[T any](all []T, n int) []T {
	var out []T
	for i := 0; i < len(all); i += n {
		out = append(out, all[i])
	}
	return out
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	want, err := os.ReadFile(path)
	if err != nil && !*update {
		t.Fatal(err)
	}
	head, counts := "", ""
	for line := range strings.Lines(string(want)) {
		if strings.HasPrefix(line, "#") {
			head += line
		} else {
			counts += line
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(head+got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(counts, got); diff != "" {
		t.Errorf("%s (-want +got, -update to accept):\n%s", path, diff)
	}
}
