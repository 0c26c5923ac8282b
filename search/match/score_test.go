package match_test

import (
	"math"
	"strings"
	"testing"

	"chaja/search/analysis"
	. "chaja/search/match"
)

// stats describes 100 documents with 20 tokens in each field.
func stats(q *Query, docFreq func(Term) int) Stats {
	s := Stats{Docs: 100, DocFreq: make([]int, len(q.Terms))}
	for lane := range analysis.Lanes {
		for f := range Fields {
			s.AvgLength[lane][f] = 20
		}
	}
	for i, term := range q.Terms {
		s.DocFreq[i] = docFreq(term)
	}
	return s
}

// score is that of a document that has all the words of q or a part of them.
func score(q *Query, docFreq func(Term) int, doc document) float64 {
	if loose := q.Loose(); loose != nil {
		q = loose
	}
	return q.Scorer(stats(q, docFreq)).Match(doc.forQuery(q)).Score
}

func ten(Term) int { return 10 }

// TestScoreOrder: each row lists documents from best to worst.
func TestScoreOrder(t *testing.T) {
	pad := strings.Repeat(" x", 10)
	rare := func(term Term) int { return map[string]int{"rare": 1, "common": 60}[term.Text] }
	tests := []struct {
		name, query string
		docFreq     func(Term) int
		docs        []document
	}{
		{"fields", "red", ten, []document{{title: "red"}, {heading: "red"}, {body: "red"}, {code: "red"}, {body: "blue"}}},
		{"occurrences", "red", ten, []document{{body: "red red red x"}, {body: "red red x x"}, {body: "red x x x"}, {body: "x x x x"}}},
		{"length", "red", ten, []document{{body: "red"}, {body: "red x"}, {body: "red x" + pad}}},
		{"rarity", "rare common", rare, []document{{body: "rare common"}, {body: "rare x"}, {body: "common x"}}},
		{"all words before one of them often", "red blue", ten, []document{{body: "red blue x x"}, {body: "red red red red"}}},
		{"the word before its bigrams", "플로우", ten, []document{{body: "플로우"}, {body: "에어플로우"}}},
		{"the word as it stands before another with its stem", "indexes", ten, []document{{body: "indexes"}, {body: "indexing"}}},
		{"a title by its stems before one with more words", "old indexes", ten, []document{{title: "old index"}, {title: "old indexes guide", body: "old indexes"}}},
		{"a title without words of grammar", "what is red paint", ten, []document{{title: "red paint"}, {title: "red", body: "what is red paint"}}},
		{"a word of the subject before grammar", "what is red", ten, []document{{body: "red x x x"}, {body: "what is what is"}}},
		{"two fields before one", "red", ten, []document{{title: "red", body: "red"}, {title: "red", body: "x"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := compiled(tt.query)
			last := math.Inf(1)
			for i, doc := range tt.docs {
				got := score(q, tt.docFreq, doc)
				if !(got < last) || got < 0 {
					t.Errorf("document %d scores %v after %v", i, got, last)
				}
				last = got
			}
		})
	}
}

func TestScoreZero(t *testing.T) {
	for _, text := range []string{"tag:go", "-red", "-red tag:go"} {
		q := compiled(text)
		if got := score(q, ten, document{body: "blue", keys: []Term{{TagKeys, "go"}}}); got != 0 {
			t.Errorf("%s scores %v, want 0", text, got)
		}
	}
}

// TestScoreExtremes: a term in every document, or in none, gives a number all the same.
func TestScoreExtremes(t *testing.T) {
	q := compiled("red")
	for _, df := range []int{0, 1, 100} {
		got := score(q, func(Term) int { return df }, document{title: "red", body: "red"})
		if math.IsNaN(got) || math.IsInf(got, 0) || got <= 0 {
			t.Errorf("in %d of 100 documents: score %v", df, got)
		}
	}
}

// TestFiltersLeaveTheScore: what only filters neither adds nor takes away.
func TestFiltersLeaveTheScore(t *testing.T) {
	doc := document{body: "red green", keys: []Term{{TagKeys, "go"}, {LangKey, "ko"}}}
	want := score(compiled("red"), ten, doc)
	for name, q := range map[string]*Query{
		"a tag": compiled("red tag:go"), "an excluded word": compiled("red -blue"), "a filter": compiled("red").Where(Labels{Tags: []string{"go"}, Lang: "ko"}),
	} {
		if got := score(q, ten, doc); got != want {
			t.Errorf("%s: score %v, without it %v", name, got, want)
		}
	}
}

// TestOwnWord: who asks for one word gets the documents that have it before those that have another for it, or its stem.
func TestOwnWord(t *testing.T) {
	variants := func(text string) []Variant {
		switch text {
		case "에어플로우":
			return []Variant{{Text: "airflow", Kind: Pair}}
		case "카카오뱅크":
			return []Variant{{Text: "카카오 뱅크", Kind: Spacing}}
		}
		return nil
	}
	pad := strings.Repeat(" x", 50)
	tests := []struct {
		name, query   string
		first, second document
	}{
		{"another word", "에어플로우", document{body: "에어플로우" + pad}, document{title: "airflow", heading: "airflow", tag: "airflow", body: "airflow"}},
		{"a name in code", "@Caching", document{code: "caching" + pad}, document{title: "cache", heading: "cached", body: "caches"}},
		{"the same word apart", "카카오뱅크", document{title: "카카오 뱅크"}, document{body: "카카오뱅크" + pad}},
		{"a title typed without blanks", "서울성능개선", document{title: "서울 성능 개선", keys: []Term{{TitleKey, "서울성능개선"}}}, document{body: "서울성능개선"}},
		{"the stem of a plain word", "caching", document{title: "cache"}, document{body: "caching" + pad}},
		{"one of two words", "에어플로우 dag", document{title: "airflow dag", heading: "airflow"}, document{body: "에어플로우" + pad + "dag"}},
	}
	for _, tt := range tests {
		q := withVariants(tt.query, variants)
		if first, second := score(q, ten, tt.first), score(q, ten, tt.second); first <= second {
			t.Errorf("%s: scores %v and %v", tt.name, first, second)
		}
	}
}
