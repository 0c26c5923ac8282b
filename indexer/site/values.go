package site

import (
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/indexer/text"
)

// values are the fields of front matter as a generator reads them (frontmatter.Matter.Values).
type values map[string]any

// valuesOf returns nothing for front matter that a strict generator does not read.
func valuesOf(m frontmatter.Matter) values {
	if m.Broken || m.Odd {
		return nil
	}
	return m.Values
}

// lowered returns the values with their keys in lower case.
func (v values) lowered() values {
	low := make(values, len(v))
	for key, value := range v {
		low[strings.ToLower(key)] = value
	}
	return low
}

// text returns a scalar as text, empty for anything else.
func (v values) text(key string) string { return scalar(v[key]) }

func scalar(value any) string {
	switch v := value.(type) {
	case frontmatter.Bare:
		return string(v)
	case string:
		return v
	}
	return ""
}

// list returns the scalars of a list and of the lists inside it, split as a scalar is by how.
func (v values) list(key string, how func(string) []string) []string {
	list, ok := v[key].([]any)
	if !ok {
		return how(v.text(key))
	}
	return flattened(list)
}

// either returns the list of the first key that has one. A scalar is one value.
func (v values) either(keys ...string) []string {
	for _, key := range keys {
		if list := v.list(key, whole); len(list) > 0 {
			return list
		}
	}
	return nil
}

func flattened(list []any) []string {
	var flat []string
	for _, e := range list {
		if inner, ok := e.([]any); ok {
			flat = append(flat, flattened(inner)...)
		} else if s := scalar(e); s != "" {
			flat = append(flat, s)
		}
	}
	return flat
}

// whole takes a scalar for one value.
func whole(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// unique cleans and trims values and leaves out empty and repeated ones. It drops a comma at the end: the author put it
// between values, and the generator cuts at blanks only.
func unique(list []string) []string {
	var kept []string
	seen := map[string]bool{}
	for _, s := range list {
		if s = strings.TrimRight(strings.Join(strings.Fields(text.Clean(s)), " "), ", "); s != "" && !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

// truth reads a truth value: true, yes and on, and their opposites. In quotes it counts only if quoted is set. It
// returns otherwise for anything else.
func truth(value any, quoted, otherwise bool) bool {
	if _, ok := value.(string); ok && !quoted {
		return otherwise
	}
	switch strings.ToLower(scalar(value)) {
	case "true", "yes", "on":
		return true
	case "false", "no", "off":
		return false
	}
	return otherwise
}
