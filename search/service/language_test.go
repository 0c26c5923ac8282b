package service_test

import (
	"testing"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/indextest"
	"chaja/search/indextest/fakejapanese"
	"chaja/search/indextest/fakekorean"
	"chaja/search/lexicon"
	"chaja/search/memindex"
	"chaja/search/service"
)

// TestSecondLanguage: one line adds a language. Its words are found by their dictionary form and marked as they stand, and
// the words of the first language are read as before.
func TestSecondLanguage(t *testing.T) {
	analyzer := analysis.New(fakekorean.Analyzer{}, fakejapanese.Analyzer{})
	index := memindex.New(analyzer)
	posts := []search.Document{
		indextest.Post("ja", "# 全文検索\n\nデータベースの全文検索を作りました。"),
		indextest.Post("ko", "# 데이터베이스\n\n서울시청에서 漢字로 썼다."),
	}
	if err := index.Apply(t.Context(), search.Batch{Put: posts}); err != nil {
		t.Fatal(err)
	}
	s := service.New(lexicon.Learning{Index: index, Analyzer: analyzer}, analyzer)
	for _, test := range []struct{ name, query, id, excerpt string }{
		{"a verb by its dictionary form", "作る", "ja", "データベースの全文検索を<mark>作りました</mark>。"},
		{"a noun with a particle", "データベースを", "ja", "<mark>データベース</mark>の全文検索を作りました。"},
		{"Han that both languages have", "検索", "ja", "データベースの全文<mark>検索</mark>を作りました。"},
		{"a Korean noun", "시청", "ko", "서울<mark>시청</mark>에서 漢字로 썼다."},
		{"Hanja in a Korean word", "漢字", "ko", "서울시청에서 <mark>漢字</mark>로 썼다."},
	} {
		t.Run(test.name, func(t *testing.T) {
			result := ask(t, s, search.Request{Query: test.query})
			if got := ids(result.Hits); got != test.id {
				t.Fatalf("%s finds %q, want %q", test.query, got, test.id)
			}
			if got := result.Hits[0].ExcerptHTML; got != test.excerpt {
				t.Errorf("%s shows %s, want %s", test.query, got, test.excerpt)
			}
		})
	}
}
