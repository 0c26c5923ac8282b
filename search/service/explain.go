package service

import (
	"slices"
	"strconv"
	"strings"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/catalog"
	"chaja/search/highlight"
	"chaja/search/match"
)

// explain says how a document was found, which has all the words, or lacks those whose index is in missing. In a very long
// document some words may not have been found that the index knows to be there.
func (a answer) explain(found []highlight.Explanation, full bool, missing []int) []search.Explanation {
	texts := a.texts.Match(a.Locale).Explanations
	list := make([]search.Explanation, len(found))
	for i, f := range found {
		e := search.Explanation{Word: f.Word, Fields: []string{}}
		if f.Variant != f.Word {
			e.Form = f.Variant
		}
		if f.Kind == match.Transliteration {
			e.Reason = search.Transliteration
		}
		for _, field := range f.Fields {
			e.Lane = f.Lane.String()
			e.Fields = append(e.Fields, field.String())
		}
		has := full && f.Required || !full && !slices.Contains(missing, i)
		e.Grammar = f.Grammar
		text := textOf(e, texts, has)
		e.Text = text.With("word", strconv.Quote(e.Word), "where", where(texts, e.Fields), "form", strconv.Quote(e.Form))
		list[i] = e
	}
	return list
}

// textOf chooses what to say; has tells that the post has the word somewhere.
func textOf(e search.Explanation, texts catalog.Explanations, has bool) catalog.Text {
	switch {
	case e.Grammar:
		return texts.Grammar
	case len(e.Fields) == 0 && has:
		return texts.There
	case len(e.Fields) == 0:
		return texts.Missing
	case e.Reason == search.Transliteration:
		return texts.Sound
	case e.Form != "":
		return texts.Form
	case e.Lane == analysis.Bigram.String():
		return texts.Letters
	}
	return texts.Word
}

// where lists the fields of a document in a sentence.
func where(texts catalog.Explanations, fields []string) string {
	var names []string
	for _, f := range fields {
		names = append(names, texts.Fields[f])
	}
	if last := len(names) - 1; last > 0 {
		names = append(names[:last-1], names[last-1]+texts.LastSeparator+names[last])
	}
	return strings.Join(names, texts.Separator)
}
