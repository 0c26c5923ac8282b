package eval_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/service"
)

// TestFullIsExplained: of a post that has all the words of a query it is said where each of them is, and of another for
// each word either where it is or that it is missing. The queries are those of the tables and the words of all titles.
func TestFullIsExplained(t *testing.T) {
	analyzer := newAnalyzer(t)
	service := openSite(t, analyzer, sampleSite)
	queries := []string{"@Transactional", "local", "사이즈", "타임"}
	for _, path := range []string{filepath.Join(sampleSite, "eval", "typed.txt"), demandsTable} {
		for _, g := range readTable(t, path) {
			for _, row := range g.rows {
				if text, ok := strings.CutPrefix(row.line, "search "); ok && !strings.HasPrefix(text, "--") && !strings.Contains(text, " OR ") {
					queries = append(queries, text)
				}
			}
		}
	}
	all, err := service.Search(t.Context(), search.Request{PerPage: search.MaxPerPage})
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range all.Hits {
		queries = append(queries, strings.Fields(hit.Title)...)
	}
	for _, query := range queries {
		checkExplained(t, service, query)
	}
}

func checkExplained(t *testing.T, service *service.Service, query string) {
	t.Helper()
	got, err := service.Search(t.Context(), search.Request{Query: query, Explain: true, PerPage: search.MaxPerPage})
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range got.Hits {
		for _, why := range hit.Why {
			if why.Grammar {
				continue
			}
			isMissing := slices.Contains(hit.Missing, why.Word)
			if has := len(why.Fields) > 0; has == isMissing || !has && hit.Full {
				t.Errorf("%s: %s, with all words: %t, lacks %q; %s", query, hit.ID, hit.Full, hit.Missing, why.Text)
			}
		}
	}
}
