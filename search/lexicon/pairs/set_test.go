package pairs

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestSetOf(t *testing.T) {
	file, mistakes := ReadFile(strings.NewReader("쿠버네티스 = K8s\n검색, search\n! 리액트 = reactor\n"), "words")
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	set := NewSet([]Pair{
		{A: "쿠버네티스", B: "kubernetes"},
		{A: "스프링 부트", B: "spring boot"},
		{A: "메세지", B: "메시지"},
		{A: "메시지", B: "message"},
		{A: "리액트", B: "react"},
		{A: "리액트", B: "reactor"},
	}, file)
	data, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	var stored Set
	if err := json.Unmarshal(data, &stored); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string][]string{
		"쿠버네티스":       {"k8s", "kubernetes"},
		"Kubernetes":  {"쿠버네티스", "k8s"},
		"k8s":         {"쿠버네티스", "kubernetes"},
		"Spring-Boot": {"스프링 부트"},
		"스프링부트":       {"spring boot"},
		"메세지":         {"메시지"},
		"메시지":         {"메세지", "message"},
		"search":      {"검색"},
		"리액트":         {"react"},
		"reactor":     nil,
		"없는말":         nil,
		"":            nil,
	} {
		for name, s := range map[string]*Set{"made": set, "stored": &stored} {
			if diff := cmp.Diff(want, s.Of(word)); diff != "" {
				t.Errorf("%s set: Of(%q) differs (-want +got):\n%s", name, word, diff)
			}
		}
	}
	var none *Set
	if got := none.Of("쿠버네티스"); got != nil {
		t.Errorf("a nil set knows %q", got)
	}
}

func TestSetIsBounded(t *testing.T) {
	var learned []Pair
	for i := range 100 {
		learned = append(learned, Pair{A: "모두", B: fmt.Sprintf("word%d", i)})
	}
	if got := len(NewSet(learned, nil).Of("모두")); got != MaxSpellings {
		t.Errorf("%d spellings, want %d", got, MaxSpellings)
	}
}

func TestReadFile(t *testing.T) {
	const input = "\ufeff# 우리 낱말\n\n쿠버네티스 = Kubernetes = k8s  # 클러스터\nC#, 씨샵\r\n!리액트 = 리액터\n" +
		"혼자\na = = b\nSpring Boot = spring-boot\n- = b\n\xff = c\n" + "1=2=3=4=5=6=7=8=9=10\n스칼라 = scala\n"
	file, mistakes := ReadFile(strings.NewReader(input), "words.txt")
	want := &File{
		Name:      "words.txt",
		Groups:    [][]string{{"쿠버네티스", "kubernetes", "k8s"}, {"c#", "씨샵"}, {"스칼라", "scala"}},
		Forbidden: [][]string{{"리액트", "리액터"}},
	}
	if diff := cmp.Diff(want, file); diff != "" {
		t.Errorf("file differs (-want +got):\n%s", diff)
	}
	wantMistakes := []Mistake{
		{6, "a group has two words or more: write word = other word"},
		{7, `a word is missing between two "=": write it or take one "=" away`},
		{8, `"spring-boot" stands twice: case, blanks and hyphens make no other word; take one away`},
		{9, `"-" has no letters: write a word`},
		{10, "the line is not UTF-8: save the file as UTF-8"},
		{11, "the group has 10 words, more than 9: split it"},
	}
	if diff := cmp.Diff(wantMistakes, mistakes); diff != "" {
		t.Errorf("mistakes differ (-want +got):\n%s", diff)
	}
}

// TestApply: people see what holds, the groups of the file first, and nothing that it forbids.
func TestApply(t *testing.T) {
	learned := []Pair{{A: "리액트", B: "react"}, {A: "스타일", B: "still"}}
	file := &File{Name: "words.txt", Groups: [][]string{{"쿠버네티스", "kubernetes", "k8s"}}, Forbidden: [][]string{{"Still", "스타일"}}}
	says := []Evidence{{"words.txt", Stated}}
	want := []Pair{
		{A: "쿠버네티스", B: "kubernetes", Count: 1, Evidence: says}, {A: "쿠버네티스", B: "k8s", Count: 1, Evidence: says},
		{A: "리액트", B: "react"},
	}
	if diff := cmp.Diff(want, file.Apply(learned)); diff != "" {
		t.Errorf("with a file (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(learned, (*File)(nil).Apply(learned)); diff != "" {
		t.Errorf("without one (-want +got):\n%s", diff)
	}
}

func TestReadFileIsBounded(t *testing.T) {
	file, mistakes := ReadFile(strings.NewReader(strings.Repeat("외톨이\n", 100)+"a = b\n"), "words")
	if got := len(mistakes); got != maxFileErrors || len(file.Groups) != 1 {
		t.Errorf("%d mistakes and %d groups, want %d and 1", got, len(file.Groups), maxFileErrors)
	}
	_, mistakes = ReadFile(io.MultiReader(strings.NewReader("a = b\n"), strings.NewReader(strings.Repeat("#\n", maxFileBytes))), "words")
	if len(mistakes) != 1 || !strings.Contains(mistakes[0].Message, "shorten it") {
		t.Errorf("a huge file gives %v", mistakes)
	}
	_, mistakes = ReadFile(iotest.ErrReader(io.ErrUnexpectedEOF), "words")
	if len(mistakes) != 1 || !strings.Contains(mistakes[0].Message, "read pairs") {
		t.Errorf("a broken reader gives %v", mistakes)
	}
}
