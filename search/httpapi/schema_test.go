package httpapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// conforms checks a decoded value against a JSON Schema, as far as /openapi.json uses the language: any other keyword is
// an error, so that none is taken for checked. It returns what is wrong with paths.
func conforms(root, schema object, value any, path string) (wrong []string) {
	fail := func(format string, args ...any) { wrong = append(wrong, path+": "+fmt.Sprintf(format, args...)) }
	for keyword, arg := range schema {
		switch keyword {
		case "description", "required", "items", "minItems", "maxItems":
		case "$ref":
			wrong = append(wrong, conforms(root, lookUp(root, arg.(string)), value, path)...)
		case "type":
			if got := typeOf(value); got != arg && !(arg == "number" && got == "integer") {
				fail("%s, want %s", got, arg)
			}
		case "format":
			if text, _ := value.(string); arg != "date-time" {
				fail("unknown format %v", arg)
			} else if _, err := time.Parse(time.RFC3339, text); err != nil {
				fail("%v", err)
			}
		case "anyOf":
			if !slices.ContainsFunc(arg.([]any), func(s any) bool { return len(conforms(root, s.(object), value, path)) == 0 }) {
				fail("%v is none of %v", value, arg)
			}
		case "properties":
			wrong = append(wrong, conformsObject(root, schema, value, path)...)
		default:
			fail("the test does not know the keyword %s", keyword)
		}
	}
	if items, ok := schema["items"].(object); ok {
		list, _ := value.([]any)
		for i, v := range list {
			wrong = append(wrong, conforms(root, items, v, fmt.Sprintf("%s[%d]", path, i))...)
		}
	}
	return wrong
}

func conformsObject(root, schema object, value any, path string) (wrong []string) {
	has, _ := value.(object)
	properties := schema["properties"].(object)
	for _, key := range schema["required"].([]any) {
		if _, ok := has[key.(string)]; !ok {
			wrong = append(wrong, path+": lacks "+key.(string))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(has)) {
		if property, ok := properties[key].(object); ok {
			wrong = append(wrong, conforms(root, property, has[key], path+"."+key)...)
		} else { // clients must bear it, but it should be told of
			wrong = append(wrong, path+": "+key+" is not described")
		}
	}
	return wrong
}

// lookUp follows a reference such as #/components/schemas/Hit.
func lookUp(root object, ref string) object {
	at := root
	for step := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		at, _ = at[step].(object)
	}
	return at
}

func typeOf(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return "number"
		}
		return "integer"
	case []any:
		return "array"
	}
	return "object"
}
