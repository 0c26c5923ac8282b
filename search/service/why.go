package service

import (
	"fmt"

	"chaja/search"

	"chaja/search/analysis"
	"chaja/search/highlight"
)

// why explains what was found in a document; in a very long one that has all the words some may not have been looked for.
func why(found []highlight.Explanation, full bool, lang string) []search.Why {
	list := make([]search.Why, len(found))
	for i, f := range found {
		w := search.Why{Word: f.Word, Fields: []string{}}
		if f.Variant != f.Word {
			w.Form = f.Variant
		}
		for _, field := range f.Fields {
			w.Lane = f.Lane.String()
			w.Fields = append(w.Fields, field.String())
		}
		w.Text = explainers[lang].text(w, full && f.Required)
		list[i] = w
	}
	return list
}

// explainer says why in one language.
type explainer struct {
	fields                                   map[string]string
	and, missing, there, word, letters, form string
}

var explainers = map[string]explainer{
	"en": {
		map[string]string{"title": "the title", "heading": "a heading", "tag": "a tag", "body": "the text", "code": "code"},
		" and ", "%q is not in the post", "%q is in the post", "%q is in %s", "%q is in %s, letter by letter", "%q is in %s as %q",
	},
	"ko": {
		map[string]string{"title": "제목", "heading": "소제목", "tag": "태그", "body": "본문", "code": "코드"},
		", ", "%q: 이 글에 없음", "%q: 이 글에 있음", "%q: %s에 있음", "%q: %s에 글자 그대로 있음", "%q: %s에 %q(으)로 있음",
	},
}

// text says why in words; has tells that the post has the word, wherever it is.
func (e explainer) text(w search.Why, has bool) string {
	where := ""
	for i, f := range w.Fields {
		switch {
		case i > 0 && i == len(w.Fields)-1:
			where += e.and
		case i > 0:
			where += ", "
		}
		where += e.fields[f]
	}
	switch {
	case len(w.Fields) == 0 && has:
		return fmt.Sprintf(e.there, w.Word)
	case len(w.Fields) == 0:
		return fmt.Sprintf(e.missing, w.Word)
	case w.Form != "":
		return fmt.Sprintf(e.form, w.Word, where, w.Form)
	case w.Lane == analysis.Bigram.String():
		return fmt.Sprintf(e.letters, w.Word, where)
	}
	return fmt.Sprintf(e.word, w.Word, where)
}
