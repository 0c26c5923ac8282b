package analysis_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search/analysis"
	"chaja/search/analysis/korean"
)

// TestMixedWords: numbers, names and Hangul in one word, read with the real dictionary; * marks a whole.
func TestMixedWords(t *testing.T) {
	ko, err := korean.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	analyzer := analysis.New(ko)
	for text, want := range map[string]string{
		"70만":          "70만* 70 만",
		"70만을":         "70만* 70 만",
		"7만5천":         "7만5천* 7 만 5 천",
		"1도":           "1도* 1 도",
		"100만건":        "100만건* 100 만 건",
		"2011가합7397에서": "2011가합7397* 2011 가합 7397",
		"10cm를":        "10cm* 10 cm",
		"1,000원을":      "1000원* 1000 원",
		"1초내에":         "1초내* 1초* 1 초 내",
		"k8s에서":        "k8s",
		"Docker를":      "docker",
		"API키를":        "api키* api 키",
		"Go언어로":        "go언어* go 언어",
		"JDK17에서":      "jdk17* jdk 17",
		"v2.6.1에서":     "2.6.1* 2.6* v2* 2",
		"net/http를":    "nethttp* net http",
		"AWS의":         "aws",
		"ES2015부터":     "es2015* es 2015",
		"2단계":          "2단계* 2 단계",
		"3D프린터":        "3d프린터* 3d 프린터",
		"Node.js로":     "nodej* node js",
		"CI/CD를":       "cicd* ci cd",
		"JavaScript의":  "javascript* java script",
		"2.6버전은":       "2.6버전* 2.6* 2 버전",
		"1.5만":         "1.5만* 1.5* 1 만",
		"C++17을":       "c++17* c++ 17",
		"5G가":          "5g",
		"iOS용":         "ios용* ios 용",
		"gRPC란":        "grpc",
		"Kafka이란":      "kafka",
		"Kotlin이다":     "kotlin",
		"OAuth라는":      "oauth",
		"C++인가요":       "c++",
		"net/http다":    "nethttp* net http",
		"JDK21이란":      "jdk21* jdk 21",
		"merge했다":      "merg",
		"error로그는":     "error로그* error 로그",
		"AWS람다란":       "aws람다* aws 람다",
		"제7호":          "제7호* 제 7 호",
		"제 7 호":        "제 7 호",
		"각4개":          "각4개* 각 4 개",
		"항만ㆍ철도ㆍ공항":     "항만 철도 공항",
		"㈜누리":          "주 누리",
		"(주)누리":        "주 누리",
		"3㎏":           "3kg* 3 kg",
		"①단계":          "1단계* 1 단계",
		"①②2023년":      "1 2 2023년* 2023 년",
		"㉮항":           "가 항",
	} {
		var terms []string
		for _, token := range analyzer.Analyze(text)[analysis.Morpheme] {
			term := token.Term
			if token.Whole {
				term += "*"
			}
			terms = append(terms, term)
		}
		if diff := cmp.Diff(want, strings.Join(terms, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
