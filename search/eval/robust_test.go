package eval_test

import (
	"cmp"
	"context"
	"errors"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex"
	"chaja/search/chars"
	"chaja/search/eval"
	"chaja/search/generation"
	"chaja/search/hangul"
	"chaja/search/service"
)

// robustQueries is how many queries are changed in each way.
const robustQueries = 200

// rewording is a way to type a query otherwise without meaning anything else.
type rewording struct {
	name   string
	want   float64 // of the queries whose right post is first, how many must keep it first
	change func(s robustSite, query string, random *rand.Rand) string
}

// rewordings return "" for a query that cannot be changed so.
var rewordings = []rewording{
	{"a particle added or dropped", 0.99, robustSite.particle},
	{"two words joined", 0.99, robustSite.join},
	{"는 무엇인가요?", 0.97, robustSite.what},
	{"어떻게 하나요", 0.95, func(_ robustSite, query string, _ *rand.Rand) string {
		return strings.TrimRight(query, "?!. ") + " 어떻게 하나요"
	}},
	{"one jamo slips", 0.95, robustSite.slip},
	{"the other layout", 1, func(_ robustSite, query string, _ *rand.Rand) string { return otherLayout(query) }},
}

// TestRobust rewords the titles of the sample site, or up to 200 queries of CHAJA_ROBUST, a collection in the form of BEIR or a
// site, and counts how often the right post that was first stays first. A site is asked for its titles.
//
//	make robust DIR=../shared/eval/korquad-keyword
func TestRobust(t *testing.T) {
	dir := cmp.Or(os.Getenv("CHAJA_ROBUST"), sampleSite)
	analyzer := newAnalyzer(t)
	s := openRobust(t, analyzer, dir)
	for _, r := range rewordings {
		n, stays := 0, 0
		for _, query := range s.queries {
			if n == robustQueries {
				break
			}
			changed := r.change(s, query, rand.New(rand.NewPCG(hashOf(query), 1)))
			if changed == "" || changed == query || !s.right[query][s.first(t, query)] {
				continue
			}
			n++
			if s.right[query][s.first(t, changed)] {
				stays++
			} else {
				t.Logf("%s: %q is first for %q, not for %q", r.name, s.first(t, query), query, changed)
			}
		}
		share := float64(stays) / float64(max(n, 1))
		t.Logf("%-28s %3d of %3d stay first, %.3f (want %.2f)", r.name, stays, n, share, r.want)
		if short := n - stays; dir == sampleSite && short > 1 {
			t.Errorf("%s: %d of %d posts of the sample site do not stay first", r.name, short, n)
		}
	}
}

// robustSite is what is asked.
type robustSite struct {
	service  *service.Service
	analyzer *analysis.Analyzer
	queries  []string // in an order of no meaning
	right    map[string]map[string]bool
	written  map[string]bool // the words of the queries: a slip must not make another of them
}

func openRobust(t *testing.T, analyzer *analysis.Analyzer, dir string) robustSite {
	t.Helper()
	s := robustSite{analyzer: analyzer, right: map[string]map[string]bool{}, written: map[string]bool{}}
	if _, err := os.Stat(filepath.Join(dir, "corpus.jsonl")); err == nil {
		s.openCollection(t, dir)
	} else {
		s.service = openSite(t, analyzer, dir)
		for id, title := range titles(t, s.service) {
			if s.right[title] == nil {
				s.right[title] = map[string]bool{}
			}
			s.right[title][id] = true
		}
	}
	s.queries = slices.SortedFunc(maps.Keys(s.right), func(a, b string) int {
		return cmp.Or(cmp.Compare(hashOf(a), hashOf(b)), strings.Compare(a, b))
	})
	for _, query := range s.queries {
		for _, word := range chars.Words(query) {
			s.written[word] = true
		}
	}
	return s
}

func (s *robustSite) openCollection(t *testing.T, dir string) {
	t.Helper()
	collection, err := eval.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range collection.Queries {
		s.right[q.Text] = collection.Qrels[q.ID]
	}
	folder := t.TempDir()
	if err := indexCollection(t.Context(), collection, folder, s.analyzer); err != nil {
		t.Fatal(err)
	}
	index, err := generation.Open(folder, bleveindex.NewEngine(s.analyzer))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	s.service = service.New(index, s.analyzer)
}

// indexCollection commits an index of a collection, whose documents are read like posts.
func indexCollection(ctx context.Context, c *eval.Collection, folder string, analyzer *analysis.Analyzer) (err error) {
	update, err := generation.Begin(folder, bleveindex.NewEngine(analyzer), true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, update.Close()) }()
	var batch search.Batch
	flush := func() error {
		err := update.Apply(ctx, batch)
		batch = search.Batch{}
		return err
	}
	err = c.Corpus(func(d eval.Doc) error {
		post, _ := indexer.Parse(d.ID, []byte(d.Text))
		post.Title = cmp.Or(d.Title, post.Title)
		if batch.Put = append(batch.Put, post); len(batch.Put) < 500 {
			return nil
		}
		return flush()
	})
	return errors.Join(err, flush(), update.Commit(ctx))
}

// first returns the ID of the first post for a query, "" for none.
func (s robustSite) first(t *testing.T, query string) string {
	t.Helper()
	ids, err := s.service.Rank(t.Context(), search.Request{Query: query}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

// noun returns the noun of Hangul that a word of a query is, without its particle; "" for another word.
func (s robustSite) noun(word string) string {
	if utf8.RuneCountInString(word) < 2 || strings.ContainsFunc(word, func(r rune) bool { return !hangul.IsSyllable(r) }) {
		return ""
	}
	tokens := s.analyzer.Analyze(word)[analysis.Morpheme]
	end := 0
	for _, token := range tokens {
		if token.Class != analysis.Noun {
			return ""
		}
		end = max(end, token.End)
	}
	if len(tokens) == 0 || tokens[0].Start > 0 {
		return ""
	}
	return word[:end]
}

// particle adds a particle to a noun, or drops the one it has.
func (s robustSite) particle(query string, random *rand.Rand) string {
	words := strings.Fields(query)
	for _, i := range random.Perm(len(words)) {
		switch noun := s.noun(words[i]); {
		case noun == "":
		case noun != words[i]:
			words[i] = noun
			return strings.Join(words, " ")
		default:
			particles := [][2]string{{"을", "를"}, {"은", "는"}, {"이", "가"}, {"의", "의"}, {"에서", "에서"}}
			words[i] += behind(noun, particles[random.IntN(len(particles))])
			return strings.Join(words, " ")
		}
	}
	return ""
}

// behind returns the form of a particle behind a noun: the first one behind a consonant.
func behind(noun string, forms [2]string) string {
	last, _ := utf8.DecodeLastRuneInString(noun)
	if _, _, final := hangul.Split(last); final != 0 {
		return forms[0]
	}
	return forms[1]
}

// join writes two nouns that follow each other as one word.
func (s robustSite) join(query string, random *rand.Rand) string {
	words := strings.Fields(query)
	for _, i := range random.Perm(max(0, len(words)-1)) {
		if s.noun(words[i]) == words[i] && s.noun(words[i+1]) != "" {
			return strings.Join(slices.Concat(words[:i], []string{words[i] + words[i+1]}, words[i+2:]), " ")
		}
	}
	return ""
}

// what asks what something is.
func (s robustSite) what(query string, _ *rand.Rand) string {
	words := strings.Fields(query)
	if last := words[len(words)-1]; s.noun(last) == last {
		return query + behind(last, [2]string{"은", "는"}) + " 무엇인가요?"
	}
	return ""
}

// slip changes one letter of a word of three syllables or more into a word that no query has.
func (s robustSite) slip(query string, random *rand.Rand) string {
	words := strings.Fields(query)
	for _, i := range random.Perm(len(words)) {
		if noun := s.noun(words[i]); utf8.RuneCountInString(noun) > 2 {
			slipped := withJamo([]rune(noun), random, func(jamo *[3]rune) { jamo[1] = other("ㅏㅐㅓㅔㅗㅜㅡㅣ", jamo[1], random) })
			if slipped != "" && !s.written[slipped] {
				words[i] = slipped + strings.TrimPrefix(words[i], noun)
				return strings.Join(words, " ")
			}
		}
	}
	return ""
}

// otherLayout returns what the keys of a query give on the other layout; "" for a query in both scripts.
func otherLayout(query string) string {
	isHangul := strings.ContainsFunc(query, hangul.IsSyllable)
	if isHangul == strings.ContainsFunc(query, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
		return ""
	}
	if isHangul {
		return hangul.ToLatin(query)
	}
	return hangul.ToHangul(query)
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}
