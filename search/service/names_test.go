package service_test

import (
	"slices"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/analysis/korean"
	"chaja/search/indextest"
	"chaja/search/lexicon"
	"chaja/search/memindex"
	"chaja/search/service"
)

// koreanService returns a service over posts with the IDs a, b, c and so on, with the real analyzer.
func koreanService(t *testing.T, sources ...string) *service.Service {
	t.Helper()
	ko, err := korean.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	analyzer := analysis.New(ko)
	index := memindex.New(analyzer)
	var batch search.Batch
	for i, source := range sources {
		batch.Put = append(batch.Put, indextest.Post(string(rune('a'+i)), source))
	}
	if err := index.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	return service.New(lexicon.Learning{Index: index, Analyzer: analyzer}, analyzer)
}

// TestSpellingsOfAName: the four spellings of a name find the same posts, whether the site says that the names are one, or
// only their words, or only the name and one of them.
func TestSpellingsOfAName(t *testing.T) {
	texts := []string{"# 배포\n스프링 부트로 만든 서버를 올렸다.", "# 설정\nSpring Boot reads its settings.", "# 첫 서버\nspringboot 프로젝트를 만든다.",
		"# 마이그레이션\n스프링부트 판을 올린다.", "# 봄\nspring rain on my boot", "# 신발\n여름 장화를 샀다.",
		"# 우산\nspring water in a boot", "# 양말\na boot in spring"}
	for _, tt := range []struct{ name, stated string }{
		{"the name", "# 이름\n스프링 부트(Spring Boot)와 스프링(Spring)을 쓴다."},
		{"its words", "# 이름\n스프링(Spring)에서 부트(boot)를 쓴다. 부트(boot)와 스프링(Spring)은 다르다."},
		{"the name without its blank", "# 이름\n스프링부트(SpringBoot)는 스프링(Spring)이 아니다."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := koreanService(t, append([]string{tt.stated}, texts...)...)
			var want search.Result
			for i, typed := range []string{"spring boot", "springboot", "SpringBoot", "스프링 부트", "스프링부트", "스프링부트를"} {
				got := ask(t, s, search.Request{Query: typed})
				if i == 0 {
					want = got
				}
				if got.Full != want.Full || got.Full < 5 {
					t.Errorf("%s: %d posts (%s), want those of %s: %d (%s), five at least", typed, got.Full, ids(got.Hits), want.Query, want.Full, ids(want.Hits))
				}
			}
		})
	}
}

// TestSpellingsOfAShortName: the same of a name whose words are a syllable each, which no pair of words confirms.
func TestSpellingsOfAShortName(t *testing.T) {
	s := koreanService(t, "# 할인\n핫딜을 모았다. 핫 딜(hot deal)", "# 알림\n핫 딜 알림을 받는다.", "# bot\na bot for each hot deal", "# 여름\n날이 덥다.")
	for _, typed := range []string{"핫딜", "핫 딜", "hot deal", "hotdeal", "핫딜을"} {
		if got := ask(t, s, search.Request{Query: typed}); got.Full != 3 {
			t.Errorf("%s: %d posts (%s), want 3", typed, got.Full, ids(got.Hits))
		}
	}
}

// TestJoinedAfterASyllable: a word whose first part is a single syllable is found where it is written with a blank.
func TestJoinedAfterASyllable(t *testing.T) {
	s := koreanService(t, "# 신경망\n딥 러닝을 배운다.", "# 러닝\n러닝을 하러 나갔다.", "# 함수\n콜 스택이 넘쳤다.", "# 자료\n스택에 쌓는다.")
	for typed, want := range map[string]string{"딥러닝": "a", "콜스택": "c", "딥러닝을": "a"} {
		if got := ask(t, s, search.Request{Query: typed}); got.Full != 1 || len(got.Hits) == 0 || got.Hits[0].ID != want {
			t.Errorf("%s finds %d posts (%s), want %s", typed, got.Full, ids(got.Hits), want)
		}
	}
}

// TestAsOftenApart: so it is where the site writes it both ways as often, but for a word of the dictionary.
func TestAsOftenApart(t *testing.T) {
	s := koreanService(t, "# 하나\n앱스토어에 올린다.", "# 셋\n앱 스토어에서 받는다.", "# 넷\n이미지를 줄인다.", "# 여섯\n이 미지의 세계")
	for typed, want := range map[string]string{"앱스토어": "a b", "앱 스토어": "a b", "이미지": "c"} {
		got := ask(t, s, search.Request{Query: typed})
		found := strings.Fields(ids(got.Hits))
		slices.Sort(found)
		if strings.Join(found, " ") != want {
			t.Errorf("%s finds %s, want %s", typed, found, want)
		}
	}
}
