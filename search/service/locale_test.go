package service_test

import (
	"strings"
	"testing"

	"chaja/search"
)

// TestLocale: explanations and warnings are in the language that fits the reader best, in English where none does, and in
// that of the query where the reader says nothing.
func TestLocale(t *testing.T) {
	s := newService(t, "설치 kubernetes")
	tests := []struct{ locale, query, explains, warns string }{
		{"", "설치", `"설치": 본문에 있음`, "제외할 검색어만"},
		{"", "kubernetes", `"kubernetes" is in the text`, "only says what to leave out"},
		{"ko-KR", "kubernetes", `"kubernetes": 본문에 있음`, "제외할 검색어만"},
		{"en-GB,ko;q=0.5", "설치", `"설치" is in the text`, "only says what to leave out"},
		{"ja", "설치", `"설치" is in the text`, "only says what to leave out"},
		{"ja,ko;q=0.5", "kubernetes", `"kubernetes": 본문에 있음`, "제외할 검색어만"},
		{"%d", "설치", `"설치" is in the text`, "only says what to leave out"},
	}
	for _, tt := range tests {
		t.Run(tt.locale+" "+tt.query, func(t *testing.T) {
			hits := ask(t, s, search.Request{Query: tt.query, Locale: tt.locale, Explain: true}).Hits
			if len(hits) != 1 || len(hits[0].Why) != 1 {
				t.Fatalf("hits %+v", hits)
			}
			equal(t, "explanation", hits[0].Why[0].Text, tt.explains)
			if got := ask(t, s, search.Request{Query: "-" + tt.query, Locale: tt.locale}).Warning; !strings.Contains(got, tt.warns) {
				t.Errorf("warning %q, want %q in it", got, tt.warns)
			}
		})
	}
}
