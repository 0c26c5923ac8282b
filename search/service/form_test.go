package service_test

import (
	"strings"
	"testing"

	"chaja/search"
)

// TestQuotesOfASentence: around a part of a sentence quotes only quote; among keywords they are an operator.
func TestQuotesOfASentence(t *testing.T) {
	s := koreanService(t,
		"# 연결이 끊길 때\n창을 닫을 때 \"연결 풀이 비었습니다\" 라는 경고가 나타나면 풀의 크기를 늘린다.",
		"# 경고\n연결이 모자라면 창에 경고가 나타난다.\n연결에 쓰는 풀이 모두 비어도 그렇다.",
		"# 점심\n국수를 먹었다.")
	for _, tt := range []struct{ query, want string }{
		{`창을 닫으면 "연결 풀이 비었습니다" 경고가 나타나요`, "a b"},
		{`"연결 풀이 비었습니다" 경고`, "a"},
		{`창 화면 경고 "연결 풀이 비었습니다"`, "a"}, // three words, of which none is inflected
		{`창을 닫으면 "연결 풀이 비었습니다"`, "a"},  // two words
		{`창을 닫으면 -"연결 풀이 비었습니다" 경고가 나타나요`, "b"},
	} {
		equal(t, tt.query, ids(ask(t, s, search.Request{Query: tt.query}).Hits), tt.want)
	}
}

// TestLongTitle: a word of a title counts no less for the length of the title than it would in the text.
func TestLongTitle(t *testing.T) {
	s := koreanService(t, "# 바다\n등대 옆에 등대, 또 등대가 보인다.", "# "+strings.Repeat("구름 바람 햇빛 안개 ", 20)+"등대\n먼 길을 걸었다.",
		"# 산\n나무가 많다.", "# 강\n물이 맑다.", "# 들\n꽃이 피었다.")
	equal(t, "등대", ids(ask(t, s, search.Request{Query: "등대"}).Hits), "b a")
}

// TestQuestionWithoutBlanks: what it asks about is found, as if it had its blanks.
func TestQuestionWithoutBlanks(t *testing.T) {
	s := koreanService(t, "# Kafka 도입기\n메시지를 보낸다.", "# 여권 만들기\n구청에 간다.", "# 임진왜란\n전쟁이 있었다.",
		"# 인생\n인생이란 무엇인가요? 뭐라고 답할까요?", "# 잡담\n이게 뭐예요, 왜 그래요?")
	for query, want := range map[string]string{
		"Kafka가뭐야": "a", "kafka란무엇인가요?": "a", "여권이뭐예요": "b", "여권은어떻게하나요": "b", "임진왜란": "c", "임진왜란은왜일어났나요": "c",
	} {
		equal(t, query, firstHit(t, s, query).ID, want)
	}
}
