package frontmatter

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
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

// DefaultZone returns the zone of a date that states none: Korean standard time, which has no summer time.
func DefaultZone() *time.Location { return time.FixedZone("KST", 9*60*60) }

func (r *reader) date(key string) time.Time {
	written := r.text(key)
	date, ok := ParseDate(written)
	if !ok && written != "" {
		r.report(key, "%s %q is not a date; write it like 2019-08-29 19:59 +0900", key, written)
		day, _, _ := strings.Cut(written, " ")
		date, _ = ParseDate(day) // a day with a broken time is still a day
	}
	return date
}

var datePattern = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})` +
	`(?:(?:[Tt]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|z|UTC|GMT|KST|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$`)

// ParseDate reads year, month and day, with a time and a zone if there are any. It reports false for anything else
// and for days and times that do not exist.
func ParseDate(s string) (time.Time, bool) { return ParseDateIn(s, DefaultZone()) }

// ParseDateIn does the same with another zone for what states none.
func ParseDateIn(s string, otherwise *time.Location) (time.Time, bool) {
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, false
	}
	var n [7]int
	for i := 1; i <= 6; i++ {
		n[i], _ = strconv.Atoi(m[i]) // digits, or nothing for 0
	}
	t := time.Date(n[1], time.Month(n[2]), n[3], n[4], n[5], n[6], 0, zone(m[7], otherwise))
	exists := t.Month() == time.Month(n[2]) && t.Day() == n[3] && t.Hour() == n[4] && t.Minute() == n[5] && n[6] < 60
	if !exists {
		return time.Time{}, false
	}
	return t, true
}

// zone reads what datePattern lets through.
func zone(s string, otherwise *time.Location) *time.Location {
	switch s {
	case "":
		return otherwise
	case "KST":
		return DefaultZone()
	case "Z", "z", "UTC", "GMT":
		return time.UTC
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	hours, _ := strconv.Atoi(digits[:2])
	minutes, _ := strconv.Atoi(digits[2:])
	seconds := hours*3600 + minutes*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds)
}
