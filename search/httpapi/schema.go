package httpapi

import (
	"cmp"
	"encoding/json"
	"reflect"
	"strings"
	"time"
	"unicode"

	"chaja/search"
)

// schemas holds the JSON Schemas of the types of answers, by name. They are made from the types themselves.
type schemas object

// abouts returns descriptions of fields whose names do not say enough.
func abouts() map[string]string {
	return map[string]string{
		"Result.total":          "posts that match",
		"Result.at_least":       "total is what is certain; more posts may have some of the words",
		"Result.full":           "posts with all the words; the rest have some of them",
		"Result.notice":         "what of the query could not be used, for a person to read",
		"Result.took_ms":        "milliseconds, without the way there and back",
		"Result.hits":           "the posts of this page",
		"Result.suggestion":     "another query that finds more",
		"Hit.id":                "path of the post in the site",
		"Hit.url":               "path that the site serves, percent-encoded once; the whole address of a post on another site",
		"Hit.date":              "absent when the post states none",
		"Hit.score":             "comparable only within one answer",
		"Hit.missing":           "words of the query that the post has not",
		"Hit.sections":          "headings under which something matches, best first, at most three",
		"HitSection.level":      "1 to 6",
		"HitSection.url":        "of the post, with the anchor",
		"Suggestion.reason":     "such as keyboard, typed with the other layout, or spelling, mistyped, or spacing, written with other blanks",
		"Suggestion.applied":    "the query as typed finds nothing, and this is the answer to the suggested one",
		"Completion.kind":       "title, heading, tag or term",
		"Completion.url":        "of the post or section; empty where the text is to be searched for",
		"Facet.count":           "matching posts that have the value",
		"errorBody.code":        "for programs; it does not change",
		"errorBody.message":     "what is wrong, in the language of the client",
		"errorBody.fix":         "what to do about it",
		"statusAnswer.status":   "ok, ready or indexing",
		"statusAnswer.indexing": "how far the index is that is being made; absent when none is",
		"indexingAnswer.done":   "posts that are read",
		"indexingAnswer.total":  "posts that there are, 0 while that is not known",
	}
}

// of returns the schema of a type. For a struct it is a reference. Objects are open, as fields may be added later.
func (s schemas) of(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[browserSuggestions]():
		texts := object{"type": "array", "items": object{"type": "string"}}
		return object{ // prefixItems would say more, and tools that know no more than version 3.0 of OpenAPI take it for a fault
			"type": "array", "items": object{"anyOf": []object{{"type": "string"}, texts}}, "minItems": 2, "maxItems": 2,
			"description": "what was typed, and the list of suggestions",
		}
	case t == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case t.Kind() != reflect.Struct && t.Implements(reflect.TypeFor[json.Marshaler]()):
		return object{}
	}
	switch t.Kind() {
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Pointer:
		return object{"anyOf": []object{s.of(t.Elem()), {"type": "null"}}}
	case reflect.Struct:
		return s.ofStruct(t)
	}
	simple := map[reflect.Kind]string{
		reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer", reflect.Int64: "integer", reflect.Float64: "number",
	}
	return object{"type": cmp.Or(simple[t.Kind()], "object")}
}

func (s schemas) ofStruct(t reflect.Type) object {
	name := []rune(t.Name())
	name[0] = unicode.ToUpper(name[0])
	if t == reflect.TypeFor[search.Explanation]() {
		name = []rune("Why") // clients that are made of the description know it by this name
	}
	if _, ok := s[string(name)]; !ok {
		s[string(name)] = object{} // a type may lead back to itself
		properties, required := object{}, []string{}
		for _, field := range reflect.VisibleFields(t) {
			key, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			if key == "" || key == "-" {
				continue
			}
			property := s.of(field.Type)
			if text := abouts()[t.Name()+"."+key]; text != "" {
				property["description"] = text
			}
			properties[key] = property
			if !strings.HasPrefix(options, "omit") {
				required = append(required, key)
			}
		}
		s[string(name)] = object{"type": "object", "properties": properties, "required": required}
	}
	return object{"$ref": "#/components/schemas/" + string(name)}
}
