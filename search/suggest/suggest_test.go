package suggest

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// post is a Post with headings at anchors of their own.
func post(url, title string, tags []string, headings ...string) Post {
	p := Post{Title: title, URL: url, Tags: tags}
	for i, h := range headings {
		p.Headings = append(p.Headings, Heading{Text: h, URL: url + "#" + string(rune('a'+i))})
	}
	return p
}

// site is the vocabulary of a small blog.
func site(t testing.TB) *Vocabulary {
	t.Helper()
	b := NewBuilder()
	for _, p := range []Post{
		post("/1/", "카카오뱅크 서버를 옮긴 이야기", []string{"카카오뱅크", "이전"}, "옮기기 전", "마치며"),
		post("/2/", "스프링 부트 시작하기", []string{"Spring Boot", "자바"}, "스프링 부트란", "첫 컨트롤러", "마치며"),
		post("/3/", "쿠버네티스(Kubernetes)로 배포하기", []string{"kubernetes", "Spring Boot"}, "파드와 서비스", "마치며"),
		post("/4/", "아이폰16 한 달", []string{"아이폰16"}, "화면", "마치며"),
		post("/5/", "서울특별시 강남구 산책", nil, "관악구에서 광진구까지", "과천"),
		post("/6/", "JavaScript와 TypeScript", []string{"javascript", "C++", "C#"}, "[참고] 카카오 뱅크의 자바스크립트"),
		post("/7/", "- 2018년 돌아보기 -", []string{"회고"}, "스프링 부트 걷어내기"),
	} {
		b.Post(p)
	}
	for word, docs := range map[string]int{
		"카카오뱅크": 3, "카카오": 4, "쿠버네티스": 9, "kubernetes": 12, "자바스크립트": 20, "javascript": 25, "스프링": 30, "부트": 12,
		"스프링부트": 0, "서버": 40, "서비스": 35, "컨트롤러": 8, "캘린더": 2, "카테고리": 3, "칵테일": 2, "한번만": 1, "강": 90,
	} {
		b.Term(word, docs)
	}
	return reopen(t, b.Build())
}

// reopen writes and reads a vocabulary.
func reopen(t testing.TB, v *Vocabulary) *Vocabulary {
	t.Helper()
	data, err := v.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	v, err = Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// show writes suggestions as kind: text with what was typed in brackets.
func show(list []Suggestion) []string {
	shown := []string{}
	for _, s := range list {
		text := s.Text
		for _, span := range slices.Backward(s.Spans) {
			text = text[:span.Start] + "<" + text[span.Start:span.End] + ">" + text[span.End:]
		}
		shown = append(shown, string(s.Kind)+": "+text)
	}
	return shown
}

func TestComplete(t *testing.T) {
	tests := []struct {
		name, typed string
		limit       int
		want        []string
	}{
		{"nothing typed", " ", 5, []string{}},
		{"half typed: a letter", "카카ㅇ", 1, []string{"title: <카카오>뱅크 서버를 옮긴 이야기"}},
	}
	v := site(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(v.Complete(test.typed, test.limit))); diff != "" {
				t.Errorf("Complete(%q) (-want +got):\n%s", test.typed, diff)
			}
		})
	}
}

// TestEveryPrefix types every title and heading letter by letter.
func TestEveryPrefix(t *testing.T) {
	v := site(t)
	for i := range v.texts.len() {
		text := string(v.texts.at(i))
		for n := 1; n <= len(text); n++ {
			if n == len(text) || utf8.RuneStart(text[n]) {
				if len(v.Complete(text[:n], 5)) == 0 {
					t.Errorf("Complete(%q) is empty, with a text %q", text[:n], text)
				}
			}
		}
	}
}
