package eval_test

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex"
	"chaja/search/generation"
	"chaja/search/hangul"
	"chaja/search/lexicon"
	"chaja/search/service"
)

// The sites that are asked for words of each other.
var transliteratedSites = []string{"hudi.blog", "madplay", "yceffort-blog-v2", "Yun-Blog", "jdalma", "tech-interview-for-developer"}

const (
	minTransliterated = .95 // of what is found by sound is right
	ofPairs           = 600 // words of pairs that a site is asked for
	anyWords          = 25  // words of each other site that a site is asked for besides
)

// TestTransliteration asks sites for words that they lack, one at a time, and counts what is found by sound in the other script. These are
// the words of pairs that other sites state and this one does not, and any words of other sites. What is found is right if it is a
// pair of some site, or stands in testdata/transliterations.txt, as somebody has read it. It prints what is not.
//
//	CHAJA_FULL=1 go test -run TestTransliteration -v ./search/eval
func TestTransliteration(t *testing.T) {
	if os.Getenv("CHAJA_FULL") == "" {
		t.Skip("it takes some minutes: set CHAJA_FULL=1")
	}
	sites := openTransliterated(t)
	right, pairs := pairsOf(sites), 0
	read := readRight(t)
	found, wrong := map[string]bool{}, map[string]bool{}
	var hit, possible, mended, other int
	var took []time.Duration
	for i, site := range sites {
		for _, word := range wordsOfOthers(sites, i) {
			isPair := slices.ContainsFunc(right[word], func(other string) bool { return site.lexicon.Words.Docs(other) > 0 })
			start := time.Now()
			r := ask(t, site.service, search.Request{Query: word, PerPage: 1, Explain: true})
			took = append(took, time.Since(start))
			form := soundOf(r)
			if isPair && (form != "" || r.Full == 0 || r.Suggestion != nil) { // other words some post has after all, as forms of a stem
				possible++
			}
			if isPair && form == "" && r.Suggestion != nil {
				mended++
			}
			if form == "" {
				continue
			}
			pair := word + " " + form
			found[pair] = true
			switch {
			case slices.Contains(right[word], form) || read[pair]:
				hit++
				if isPair {
					pairs++
				}
			default:
				other++
				wrong[pair] = true
			}
		}
	}
	for _, pair := range slices.Sorted(maps.Keys(wrong)) {
		t.Logf("not known to be right: %s", pair)
	}
	slices.Sort(took)
	precision := float64(len(found)-len(wrong)) / float64(max(1, len(found)))
	t.Logf("%d answers, %d of them right (%.1f %%); of %d different ones %d (%.1f %%)", hit+other, hit, 100*float64(hit)/float64(max(1, hit+other)),
		len(found), len(found)-len(wrong), 100*precision)
	t.Logf("of %d words that no post has, but their pair, %d find it (%.1f %%), and for %d another spelling or spacing is tried; %d queries, the median in %v, the 99th percentile in %v",
		possible, pairs, 100*float64(pairs)/float64(max(1, possible)), mended, len(took), took[len(took)/2], took[len(took)*99/100])
	if precision < minTransliterated {
		t.Errorf("want %.0f %% right", 100*minTransliterated)
	}
}

// soundOf returns the word of the site that was found by its sound, in lower case; "" where none was.
func soundOf(r search.Result) string {
	for _, h := range r.Hits {
		for _, w := range h.Why {
			if w.Reason == search.Transliteration {
				return strings.ToLower(w.Form)
			}
		}
	}
	return ""
}

// transliteratedSite is a site and its words.
type transliteratedSite struct {
	service *service.Service
	lexicon *lexicon.Lexicon
	words   []string // in lower case, some of them: what may be typed
}

func openTransliterated(t *testing.T) (sites []transliteratedSite) {
	t.Helper()
	root := cmp.Or(os.Getenv("CHAJA_SHARED"), filepath.Join("..", "..", "..", "shared"))
	analyzer := newAnalyzer(t)
	for _, name := range transliteratedSites {
		dir := filepath.Join(root, "posts", name)
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("real posts are not here: set CHAJA_SHARED to the folder that holds posts/%s", name)
		}
		sites = append(sites, openWords(t, analyzer, dir))
	}
	return sites
}

func openWords(t *testing.T, analyzer *analysis.Analyzer, dir string) (site transliteratedSite) {
	t.Helper()
	folder := t.TempDir()
	if err := indexSite(t.Context(), dir, folder, analyzer); err != nil {
		t.Fatal(err)
	}
	index, err := generation.Open(folder, bleveindex.NewEngine(analyzer))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	})
	site.service = service.New(index, analyzer)
	snapshot, words, err := index.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	site.lexicon = words
	for word := range words.Words.Each {
		if strings.Contains(word, " ") || words.Words.Docs(word) < 2 || len(word) < 3 {
			continue
		}
		site.words = append(site.words, strings.ToLower(word))
	}
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(site.words), func(i, j int) { site.words[i], site.words[j] = site.words[j], site.words[i] })
	return site
}

// pairsOf returns the other words of every word that some site states a pair of, in lower case.
func pairsOf(sites []transliteratedSite) map[string][]string {
	right := map[string][]string{}
	for _, site := range sites {
		for _, p := range site.lexicon.Learned {
			a, b := strings.ToLower(p.A), strings.ToLower(p.B)
			if strings.Contains(a+b, " ") || hangul.IsComposed(a) == hangul.IsComposed(b) {
				continue
			}
			right[a], right[b] = append(right[a], b), append(right[b], a)
		}
	}
	return right
}

// wordsOfOthers returns the words that a site is asked for: some that others state in a pair, some that they have, and it lacks all.
func wordsOfOthers(sites []transliteratedSite, asked int) []string {
	here := sites[asked].lexicon
	others := slices.Concat(sites[:asked], sites[asked+1:])
	lacks := func(word string) bool { return here.Words.Docs(word) == 0 && len(here.Pairs.Of(word)) == 0 }
	words := some(slices.DeleteFunc(slices.Sorted(maps.Keys(pairsOf(others))), func(word string) bool { return !lacks(word) }), ofPairs)
	for _, site := range others {
		n := 0
		for _, word := range site.words {
			if n < anyWords && lacks(word) && !slices.Contains(words, word) {
				words = append(words, word)
				n++
			}
		}
	}
	return words
}

// readRight returns the pairs of testdata/transliterations.txt.
func readRight(t *testing.T) map[string]bool {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "transliterations.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	pairs := map[string]bool{}
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if pairs[line] {
			t.Fatal(fmt.Errorf("testdata/transliterations.txt:%d: the same pair twice", n))
		}
		pairs[line] = true
	}
	return pairs
}
