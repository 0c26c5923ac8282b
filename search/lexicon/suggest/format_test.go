package suggest

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"
)

// TestFile: the lists are the same after they were written and read, and take less than half of the room in a file.
func TestFile(t *testing.T) {
	b := NewBuilder()
	for i := range 300 {
		b.Post(post(fmt.Sprintf("/2024/05/post-%d/", i), fmt.Sprintf("쿠버네티스 클러스터 %d", i), []string{"kubernetes"}, fmt.Sprintf("설치 %d단계", i%40)))
	}
	for _, word := range []string{"서버", "쿠버네티스", "클러스터", "데이터베이스"} {
		for i := range 400 {
			b.Term(fmt.Sprintf("%s%c", word, '가'+rune(i)), i+1)
		}
	}
	v := b.Build()
	data, err := v.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	memory := len(v.textDocs) + len(v.starts) + len(v.wordDocs)
	for _, list := range []*table{&v.texts, &v.urls, &v.keys, &v.initials, &v.words} {
		memory += len(list.ends) + len(list.blob)
	}
	if len(data) > memory/2 {
		t.Errorf("the file has %d bytes, the lists %d", len(data), memory)
	}
	opened := reopen(t, v)
	for i, c := range opened.lists() {
		if !bytes.Equal(c.appendTo(nil), v.lists()[i].appendTo(nil)) {
			t.Errorf("list %d is not the same", i)
		}
	}
	if !reflect.DeepEqual(opened.shapes(), v.shapes()) {
		t.Error("the letters of words are not the same")
	}
}
