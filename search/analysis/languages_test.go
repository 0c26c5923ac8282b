package analysis_test

import (
	"strings"
	"testing"

	"chaja/search/analysis"
	"chaja/search/indextest/fakejapanese"
	"chaja/search/indextest/fakekorean"
)

// TestLanguages: two languages share Han, and each reads its own words. ja and ko tell who read a term.
func TestLanguages(t *testing.T) {
	both := analysis.New(fakekorean.Analyzer{}, fakejapanese.Analyzer{})
	if got, want := both.Version(), fakekorean.New().Version()+"+fake-ja"; got != want {
		t.Errorf("Version() = %q, want %q", got, want)
	}
	for _, test := range []struct{ name, text, want string }{
		{"Kana behind Han", "全文検索を", "ja:全文 ja:検索"},
		{"Hangul behind Han", "漢字로", "ko:漢字"},
		{"Kana", "データベースの", "ja:データベース"},
		{"Hangul", "서울시청에서", "ko:서울시청 ko:서울 ko:시청"},
		{"Han alone is of the first language", "検索", "ko:検索"},
		{"Han between Kana", "作りました検索", "ja:作る ja:検索"},
		{"a number and what it counts", "3冊を", "3冊 ja:3 ja:冊"},
		{"a name and its particle", "JDK17で", "jdk17 jdk ja:17"},
		{"one language behind the other", "서울検索を", "ko:서울検索"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, token := range both.Analyze(test.text)[analysis.Morpheme] {
				language := map[string]string{"名詞": "ja:", "数": "ja:", "動詞": "ja:", "助詞": "ja:", "NNG": "ko:", "JKB": "ko:"}[token.POS]
				got = append(got, language+token.Term)
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("%s: %s, want %s", test.text, got, test.want)
			}
		})
	}
}
