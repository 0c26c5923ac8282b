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

// TestScripts: what a word's script says of it, with Korean alone and with a language that calls Kana its own.
func TestScripts(t *testing.T) {
	korean := fakekorean.New()
	both := analysis.New(fakekorean.Analyzer{}, fakejapanese.Analyzer{})
	for _, test := range []struct {
		word         string
		korean, both bool // ReadsAll
		syllabic     bool // of the first character
		language     string
	}{
		{"서울", true, true, true, "ko"},
		{"70만", true, true, false, "ko"},
		{"k8s", false, false, false, ""},
		{"k8s에서", false, false, false, "ko"},
		{"漢字", false, false, false, ""},
		{"データ", false, true, false, ""},
		{"2024", true, true, false, ""},
	} {
		first := []rune(test.word)[0]
		if got := korean.ReadsAll(test.word); got != test.korean {
			t.Errorf("Korean reads all of %s: %v", test.word, got)
		}
		if got := both.ReadsAll(test.word); got != test.both {
			t.Errorf("Korean and Japanese read all of %s: %v", test.word, got)
		}
		if got := analysis.IsSyllabic(first); got != test.syllabic {
			t.Errorf("IsSyllabic(%c) = %v", first, got)
		}
		if got := analysis.LanguageOf(test.word); got != test.language {
			t.Errorf("LanguageOf(%s) = %q, want %q", test.word, got, test.language)
		}
	}
}
