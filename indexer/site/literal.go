package site

import (
	"strings"

	"chaja/indexer/decode"
)

// The configuration of many generators is a program of JavaScript. It is read, never run: of its tokens the literals are
// taken, objects, lists, strings, numbers and truth values, and the names of constants that are one of the last three. Of a call its arguments are taken, of all else nothing. That is
// what people write there; who computes a setting is not understood.

// scripts are the names that a configuration may have as a program.
func scripts(stems ...string) (names []string) {
	for _, stem := range stems {
		for _, ext := range []string{".ts", ".mts", ".js", ".mjs", ".cts", ".cjs"} {
			names = append(names, stem+ext)
		}
	}
	return names
}

// literals reads a program. It takes linear time.
func literals(program string) settings {
	r := scriptReader{rest: program, constants: constantsOf(program)}
	all := settings{}
	for {
		t := r.next()
		switch t.kind {
		case endToken:
			return all
		case signToken:
			if t.text == "{" {
				r.depth = 0
				merge(all, r.object())
			}
		}
	}
}

// merge adds what other has; tables are merged.
func merge(s, other settings) {
	for key, value := range other {
		mine, both := s[key].(settings)
		if theirs, ok := value.(settings); ok && both {
			merge(mine, theirs)
			continue
		}
		s[key] = value
	}
}

// find returns the value of the first key of that name, the outermost first, in tables and lists.
func (s settings) find(key string) any {
	level := []any{s}
	for range decode.MaxDepth {
		var below []any
		for _, value := range level {
			switch v := value.(type) {
			case settings:
				if found, ok := v[key]; ok {
					return found
				}
				for _, inner := range v {
					below = append(below, inner)
				}
			case []any:
				below = append(below, v...)
			}
		}
		if level = below; len(level) == 0 {
			break
		}
	}
	return nil
}

// under returns the table that find finds, empty for none.
func (s settings) under(key string) settings {
	found, _ := s.find(key).(settings)
	return found
}

// object reads what follows {. What is no key and value is left out.
func (r *scriptReader) object() settings {
	s := settings{}
	for {
		key := r.next()
		switch {
		case key.kind == endToken, key.kind == signToken && key.text == "}":
			return s
		case key.kind == signToken && key.text == ",":
			continue
		case key.kind == signToken:
			r.skip(key)
			continue
		}
		after := r.next()
		if key.text == "return" && after.kind == signToken && after.text == "{" { // of a function that makes the settings
			merge(s, r.object())
			continue
		}
		if after.kind != signToken || after.text != ":" {
			if value, known := r.constants[key.text]; known && after.kind == signToken && (after.text == "," || after.text == "}") {
				s[key.text] = value
			}
			if r.ends(after, "}") {
				return s
			}
			continue
		}
		value, closed := r.value("}")
		if value != nil {
			s[key.text] = value
		}
		if closed {
			return s
		}
	}
}

// ends reports whether a token ends a list or object that end closes. If it does not, it is left out, with what it opens.
func (r *scriptReader) ends(t scriptToken, end string) bool {
	if t.kind == endToken || t.kind == signToken && t.text == end {
		return true
	}
	r.skip(t)
	return false
}

// skip leaves out what a token opens.
func (r *scriptReader) skip(t scriptToken) {
	if t.kind == signToken && strings.Contains("([{", t.text) {
		r.list(map[string]string{"(": ")", "[": "]", "{": "}"}[t.text])
	}
}

// list reads the values up to end.
func (r *scriptReader) list(end string) []any {
	values := []any{}
	for {
		value, closed := r.value(end)
		if value != nil {
			values = append(values, value)
		}
		if closed {
			return values
		}
	}
}

// value reads a value and the comma behind it, or what closes the list or object that it stands in. It is nil for what is
// not understood. Of several literals in one expression the first counts.
func (r *scriptReader) value(end string) (value any, closed bool) {
	if r.depth++; r.depth > decode.MaxDepth {
		r.rest = ""
	}
	defer func() { r.depth-- }()
	take := func(v any) {
		if value == nil {
			value = v
		}
	}
	for {
		switch t := r.next(); {
		case t.kind == endToken, t.kind == signToken && t.text == end:
			return value, true
		case t.kind == signToken && (t.text == "," || t.text == ";"):
			return value, false
		case t.kind == stringToken:
			take(t.text)
		case t.kind == wordToken && (t.text == "true" || t.text == "false" || t.text[0] >= '0' && t.text[0] <= '9'):
			take(t.text)
		case t.kind == wordToken && r.constants[t.text] != "":
			take(r.constants[t.text])
		case t.kind == signToken && t.text == "{":
			take(r.object())
		case t.kind == signToken && t.text == "[":
			take(r.list("]"))
		case t.kind == signToken && t.text == "(":
			take(r.arguments())
		}
	}
}

// arguments reads the arguments of a call: the only one, or a list of several.
func (r *scriptReader) arguments() any {
	switch all := r.list(")"); len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	default:
		return all
	}
}
