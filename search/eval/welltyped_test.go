package eval_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex"
	"chaja/search/eval"
	"chaja/search/generation"
	"chaja/search/service"
)

// wellTyped is a site, and queries without a mistake in them, most of them about what the site says little or nothing of.
type wellTyped struct {
	site    string // a folder of shared: posts or a collection
	kind    string // of the queries
	from    string // the folder of shared that they are taken from
	queries func(t *testing.T, dir string) []string
}

var wellTypedSets = []wellTyped{
	{"eval/ko-questions", "its queries", "eval/ko-questions", queriesOf},
	{"eval/ko-support", "its queries", "eval/ko-support", queriesOf},
	{"eval/korquad-keyword-hard", "its queries", "eval/korquad-keyword-hard", queriesOf},
	{"eval/korquad-keyword", "words and phrases", "eval/ko-questions", phrasesOf},
	{"posts/owner-next", "headings", "posts/yceffort-blog-v2", headingsOf},
	{"posts/hudi.blog", "words and phrases", "posts/madplay", phrasesOf},
	{"posts/madplay", "words and phrases", "posts/owner-next", phrasesOf},
	{"eval/en-cacm", "words and phrases", "eval/en-cisi", phrasesOf},
}

// What docs/query.md says of them.
const (
	maxApplied = 0
	maxOffered = 3
)

// ofEachSet is the number of queries of a set: 1,200 in all.
const ofEachSet = 150

// mistypedThere are the words of the queries asked that are mistyped in the collections themselves.
var mistypedThere = []string{"자라과이", "불중족", "역시노스", "보르디노"}

// TestWellTyped asks sites for 1,200 queries that are typed well, and prints every one that another was taken for. Where a word
// is another one after that, it was wrong: TestRealTypos tells what is mended rightly.
//
//	CHAJA_FULL=1 go test -run TestWellTyped -v ./search/eval
func TestWellTyped(t *testing.T) {
	if os.Getenv("CHAJA_FULL") == "" {
		t.Skip("it takes some minutes: set CHAJA_FULL=1")
	}
	root := cmp.Or(os.Getenv("CHAJA_SHARED"), filepath.Join("..", "..", "..", "shared"))
	analyzer := newAnalyzer(t)
	var applied, offered, asked int
	for _, set := range wellTypedSets {
		t.Run(set.site+" "+set.kind, func(t *testing.T) {
			dir, from := filepath.Join(root, set.site), filepath.Join(root, set.from)
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("no posts to ask: set CHAJA_SHARED to the folder that holds %s", set.site)
			}
			service := openAny(t, analyzer, dir)
			for _, query := range some(set.queries(t, from), ofEachSet) {
				asked++
				r := ask(t, service, search.Request{Query: query, PerPage: 1, Explain: true})
				s := r.Suggestion
				if s == nil {
					if form := soundOf(r); form != "" {
						t.Logf("%q, looked for by sound as %q", query, form)
					}
					continue
				}
				t.Logf("%q, taken for %s %q, applied %v", query, s.Reason, s.Query, s.Applied)
				isMistyped := func(word string) bool { return strings.Contains(query, word) }
				if s.Reason == search.Spacing || slices.ContainsFunc(mistypedThere, isMistyped) {
					continue // the letters are the same, or it was mended rightly
				}
				if s.Applied {
					applied++
				} else {
					offered++
				}
			}
		})
	}
	t.Logf("of %d well-typed queries another spelling is applied to %d and offered for %d", asked, applied, offered)
	if applied > maxApplied || offered > maxOffered {
		t.Errorf("want %d applied and %d offered at most", maxApplied, maxOffered)
	}
}

// openAny indexes a folder of posts or a BEIR collection.
func openAny(t *testing.T, analyzer *analysis.Analyzer, dir string) *service.Service {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "corpus.jsonl")); err != nil {
		return openSite(t, analyzer, dir)
	}
	index := filepath.Join(t.TempDir(), "index")
	if err := indexCorpus(t.Context(), dir, index, analyzer); err != nil {
		t.Fatal(err)
	}
	return openIndex(t, analyzer, index)
}

// indexCorpus commits an index of the corpus of a collection, as chaja eval does.
func indexCorpus(ctx context.Context, collection, dir string, analyzer *analysis.Analyzer) (err error) {
	c, err := eval.Open(collection)
	if err != nil {
		return err
	}
	update, err := generation.Begin(dir, bleveindex.NewEngine(analyzer), true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, update.Close()) }()
	var batch search.Batch
	err = c.Corpus(func(d eval.Doc) error {
		doc, _ := indexer.Parse(d.ID, []byte(d.Text))
		doc.Title = cmp.Or(d.Title, doc.Title)
		batch.Put = append(batch.Put, doc)
		return nil
	})
	if err != nil {
		return err
	}
	if err := update.Apply(ctx, batch); err != nil {
		return err
	}
	return update.Commit(ctx)
}

// some returns n of the texts, the same ones every time.
func some(texts []string, n int) []string {
	rand.New(rand.NewPCG(3, 5)).Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	return texts[:min(n, len(texts))]
}

func queriesOf(t *testing.T, dir string) (queries []string) {
	t.Helper()
	c, err := eval.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range c.Queries {
		queries = append(queries, q.Text)
	}
	return queries
}

func headingsOf(t *testing.T, dir string) []string {
	t.Helper()
	headings := map[string]bool{}
	eachText(t, dir, func(text string) {
		for line := range strings.Lines(text) {
			if heading := strings.TrimLeft(line, "#"); heading != line && strings.HasPrefix(heading, " ") {
				headings[strings.TrimSpace(heading)] = true
			}
		}
	})
	return slices.Sorted(maps.Keys(headings))
}

// sureTexts is how many texts must have a word for it to be no mistake.
const sureTexts = 3

// phrasesOf returns every word of three syllables or letters that is surely typed well, by itself or with the next one or
// two if these are, too.
func phrasesOf(t *testing.T, dir string) []string {
	t.Helper()
	texts := map[string]int{}
	eachText(t, dir, func(text string) {
		seen := map[string]bool{}
		for _, word := range proseWords(text) {
			seen[word] = true
		}
		for word := range seen {
			texts[word]++
		}
	})
	phrases := map[string]bool{}
	eachText(t, dir, func(text string) {
		words := proseWords(text)
		for i := range words {
			for n := 1; n <= 3 && i+n <= len(words); n++ {
				if word := words[i+n-1]; texts[word] < sureTexts || len([]rune(word)) < 3 {
					break
				}
				if (i+n)%3 == n-1 {
					phrases[strings.Join(words[i:i+n], " ")] = true
				}
			}
		}
	})
	return slices.Sorted(maps.Keys(phrases))
}

func proseWords(text string) []string {
	text = strings.ToLower(notProse.ReplaceAllString(text, " "))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// eachText calls f with every post of a folder, or every document of a collection.
func eachText(t *testing.T, dir string, f func(text string)) {
	t.Helper()
	var err error
	if c, notOne := eval.Open(dir); notOne == nil {
		err = c.Corpus(func(d eval.Doc) error {
			f(fmt.Sprintf("%s\n%s", d.Title, d.Text))
			return nil
		})
	} else {
		err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasPrefix(filepath.Ext(path), ".md") {
				return err
			}
			data, err := os.ReadFile(path)
			f(string(data))
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}
