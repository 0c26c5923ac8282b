package frontmatter

import (
	"strings"

	"chaja/internal/lazyregexp"
)

// pairLine is one line of front matter as a person reads it. A line that is indented belongs to the one above.
var pairLine = lazyregexp.New(`^([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)$`)

// readLines reads front matter whose syntax is broken. The value of a key is what stands after it, with the indented
// lines that follow, whatever characters are in it. It returns nil if the first line has no key: then it is some text
// between two rules, which only looks like front matter.
func (b block) readLines() map[string]field {
	if first, _, _ := strings.Cut(strings.TrimLeft(b.text, " \t\n{"), "\n"); !pairLine().MatchString(b.asYAML(first)) {
		return nil
	}
	fields := map[string]field{}
	written, parts, items, line := "", []string(nil), []any(nil), 0
	finish := func() {
		value := strings.TrimSpace(strings.Join(parts, " "))
		f := field{line: line, value: recovered(value), written: written}
		if value == "" && items != nil {
			f.value = items
		}
		key := strings.ToLower(written)
		f.typed = typedOf(f.value, 0)
		if _, repeated := fields[key]; key != "" && (known(key) || len(fields) < maxValues) && (f.value != nil || !repeated) {
			fields[key] = f
		}
	}
	for i, l := range strings.Split(b.text, "\n") {
		l = b.asYAML(l)
		trimmed := strings.TrimSpace(l)
		pair := pairLine().FindStringSubmatch(trimEnd(l))
		switch {
		case b.format == tomlFormat && strings.HasPrefix(trimmed, "["):
			finish() // a table: the keys that follow are not of the post
			return fields
		case pair != nil:
			finish()
			written, parts, items, line = pair[1], []string{strings.TrimSpace(pair[2])}, nil, b.line+i
		case strings.HasPrefix(trimmed, "- "):
			items = append(items, scalar(trimmed[2:]))
		case trimmed != "" && strings.TrimLeft(l, " \t") != l, endsInComma(parts), trimmed == "]":
			if trimmed != "" {
				parts = append(parts, trimmed)
			}
		}
	}
	finish()
	return fields
}

// endsInComma reports whether a value goes on, whatever stands in the next line.
func endsInComma(parts []string) bool {
	return len(parts) > 0 && strings.HasSuffix(parts[len(parts)-1], ",")
}

// recovered reads the text after a key. It takes it for a list only if the bracket is closed at the end, as a title may
// begin with a bracket too. A quote inside a quoted value does not end it.
func recovered(value string) any {
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, "[") && (strings.HasSuffix(value, "]") || !strings.Contains(value, "]")) {
		return elements(strings.TrimSuffix(value[1:], "]"))
	}
	return scalar(value)
}

// elements cuts the inside of a list at the commas that stand outside quotes.
func elements(list string) []any {
	var values []any
	start, quote := 0, byte(0)
	for i := 0; i < len(list) && len(values) < maxValues; i++ {
		switch c := list[i]; {
		case quote == 0 && (c == '"' || c == '\'') && strings.TrimSpace(list[start:i]) == "":
			quote = c
		case c == quote:
			quote = 0
		case c == ',' && quote == 0:
			values = append(values, element(list[start:i]))
			start = i + 1
		}
	}
	return append(values, element(list[start:]))
}

// element reads an element of a list. Lists inside lists come out flat.
func element(value string) any { return scalar(strings.Trim(value, "[] \t")) }

// scalar takes quotes, the marks of a YAML block and an end comment off a value. No value is nil.
func scalar(value string) any {
	value = strings.TrimSpace(value)
	for _, mark := range []string{"|-", ">-", "|", ">"} {
		value = strings.TrimPrefix(value, mark+" ")
	}
	value = unquote(value)
	if value = strings.TrimSpace(value); value == "" || value == "~" || value == "null" {
		return nil
	}
	return value
}

// commentAfter is an end comment after a quoted value.
var commentAfter = lazyregexp.New(`^("[^"]*"|'[^']*')\s+#.*$`)

// unquote takes the quotes off a value, even if one of the two is missing. Off a value without quotes it takes the
// comment at its end.
func unquote(value string) string {
	value = commentAfter().ReplaceAllString(value, "$1")
	quote := value[:min(len(value), 1)]
	switch {
	case quote != `"` && quote != "'":
		value, _, _ = strings.Cut(value, " #")
		return value
	case len(value) > 1 && strings.HasSuffix(value, quote):
		return value[1 : len(value)-1]
	case strings.Count(value, quote) == 1:
		return value[1:]
	}
	return value // "this" is at its beginning
}

// quotedKey begins a line of JSON.
var quotedKey = lazyregexp.New(`^"([A-Za-z_][\w-]*)"[ \t]*:`)

// asYAML returns a line of the block as one of YAML.
func (b block) asYAML(l string) string {
	if b.format != jsonFormat {
		return l
	}
	return quotedKey().ReplaceAllString(strings.TrimSuffix(strings.TrimSpace(l), ","), "$1:")
}
