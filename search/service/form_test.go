package service_test

import (
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
