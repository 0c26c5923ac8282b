package frontmatter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"chaja/indexer/text"
)

// reader makes a Matter of fields and notes what it did not expect.
type reader struct {
	fields   map[string]field
	problems []Problem
}

func (r *reader) matter() Matter {
	return Matter{
		Title:      r.text("title"),
		Date:       r.date("date"),
		Tags:       r.list("tags", "tag"),
		Categories: r.list("categories", "category"),
		Lang:       r.text("lang", "language"),
		Permalink:  r.text("permalink", "url"),
		Slug:       r.text("slug"),
	}
}

func (r *reader) report(key, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.fields[key].line, fmt.Sprintf(format, args...)})
}

// text returns the first of keys that says something, on one line.
func (r *reader) text(keys ...string) string {
	for _, key := range keys {
		value := r.fields[key].value
		if _, ok := value.(string); !ok && value != nil {
			r.report(key, "%s is not text; write it in quotes", key)
		}
		if s := oneLine(value); s != "" {
			return s
		}
	}
	return ""
}

// oneLine reads a value as text. A list was most likely meant as a title in brackets.
func oneLine(value any) string {
	var s string
	switch v := value.(type) {
	case string:
		s = v
	case mapping:
		s = string(v)
	case []any:
		var parts []string
		for _, e := range v {
			parts = append(parts, oneLine(e))
		}
		s = "[" + strings.Join(parts, ", ") + "]"
	}
	return strings.Join(strings.Fields(text.Clean(s)), " ")
}

// list returns the values of keys, in order. In one string they are separated by commas; an element of a list is
// one value, commas and all; lists inside lists are flattened.
func (r *reader) list(keys ...string) []string {
	var values []string
	add := func(v any) {
		if s := oneLine(v); s != "" && len(values) < maxValues && !slices.Contains(values, s) {
			values = append(values, s)
		}
	}
	var flatten func(v any)
	flatten = func(v any) {
		list, ok := v.([]any)
		if !ok {
			add(v)
		}
		for _, e := range list {
			flatten(e)
		}
	}
	for _, key := range keys {
		value := r.fields[key].value
		if m, ok := value.(mapping); ok {
			r.report(key, "%s is neither a list nor text; read as separated by commas", key)
			value = string(m)
		}
		s, ok := value.(string)
		if !ok {
			flatten(value)
			continue
		}
		for _, part := range strings.Split(s, ",") {
			add(part)
		}
	}
	return values
}

func (r *reader) date(key string) time.Time {
	if several, ok := r.fields[key].typed.(map[string]any); ok && several["created"] != nil {
		return time.Time{} // some generators have a day for each occasion there; it is in Values
	}
	written := r.text(key)
	date, ok := ParseDate(written)
	if ok || written == "" {
		return date
	}
	day, _, _ := strings.Cut(written, " ")
	day, _, _ = strings.Cut(day, "T")
	if date, ok = ParseDate(day); ok { // a day with a broken time is still a day
		r.report(key, "%s %q is not a date, only its day is used; write it like 2019-08-29 19:59 +0900", key, written)
	} else {
		r.report(key, "%s %q is not a date, that of the file name is used if it has one; write it like 2019-08-29 19:59 +0900", key, written)
	}
	return date
}
