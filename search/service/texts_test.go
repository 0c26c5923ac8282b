package service

import (
	"testing"
	"testing/fstest"

	"chaja/search"
	"chaja/search/catalog"
	"chaja/search/highlight"
	"chaja/search/match"
)

// TestLanguageOfTheCatalog: a language that is put into the catalog is spoken without another change.
func TestLanguageOfTheCatalog(t *testing.T) {
	texts, err := catalog.New(fstest.MapFS{
		"en.json": {Data: []byte(`{"warnings": {"noWords": "no words"}}`)},
		"ja.json": {Data: []byte(`{"warnings": {"noWords": "言葉がありません"}, "explanations": {
			"fields": {"title": "題名", "tag": "タグ", "body": "本文"}, "separator": "、", "lastSeparator": "と", "word": "{where}に{word}があります"}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := state{Service: &Service{texts: texts}}
	r := request{Request: search.Request{Query: "?", Locale: "ja-JP"}, state: s}
	if got := r.warning(nil); got != "言葉がありません" {
		t.Errorf("warning %q", got)
	}
	found := []highlight.Explanation{{Word: "猫", Variant: "猫", Fields: []match.Field{match.Title, match.Tag, match.Body}}}
	a := answer{request: request{Request: search.Request{Locale: "ja"}, state: s}}
	if got := a.explain(found, true, nil)[0].Text; got != `題名、タグと本文に"猫"があります` {
		t.Errorf("explanation %q", got)
	}
}
