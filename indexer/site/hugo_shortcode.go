package site

import "strings"

// shortcode is a template of Hugo: {{< name arguments >}} or {{% name arguments %}}.
type shortcode struct {
	name, arguments string
	end             bool // it ends one: {{< /name >}}
}

// nextShortcode finds the first shortcode of source. One that is commented out, {{</* name */>}}, is shown without the
// marks of the comment: then quoted is what to show.
func nextShortcode(source string) (before string, s shortcode, quoted, rest string, ok bool) {
	i := 0
	for {
		j := strings.Index(source[i:], "{{")
		if j < 0 {
			return source, s, "", "", false
		}
		i += j
		if i+2 < len(source) && (source[i+2] == '<' || source[i+2] == '%') {
			break
		}
		i += 2
	}
	end := ">}}"
	if source[i+2] == '%' {
		end = "%}}"
	}
	inside, rest, ok := strings.Cut(source[i+3:], end)
	if !ok {
		return source, s, "", "", false
	}
	if len(inside) >= 4 && strings.HasPrefix(inside, "/*") && strings.HasSuffix(inside, "*/") {
		return source[:i], s, source[i:i+3] + inside[2:len(inside)-2] + end, rest, true
	}
	inside = strings.TrimSpace(strings.Trim(inside, "-"))
	s.end = strings.HasPrefix(inside, "/")
	s.name, s.arguments, _ = strings.Cut(strings.TrimSpace(strings.TrimPrefix(inside, "/")), " ")
	return source[:i], s, "", rest, true
}

// shows returns what a reader sees of a shortcode itself.
func (s shortcode) shows() string {
	if s.end {
		return ""
	}
	switch s.name {
	case "details", "expand", "spoiler", "tab": // of themes: the title is their only argument, or their name
		return quotedArguments(s.arguments)
	}
	return shownArguments(s.arguments)
}

// encloses says what becomes of what stands between a shortcode and its end.
func (s shortcode) encloses() kind {
	switch s.name {
	case "highlight", "code", "mermaid":
		return code
	case "comment", "hugo-encryptor", "hugo-encrypt", "encrypt", "encrypted", "fixit-encryptor", "password", "secret", "private", "protected":
		return dropped // what they enclose nobody sees without a password
	}
	return lone
}

// expandShortcodes replaces shortcodes by what they show, as far as a reader of the source can tell.
func expandShortcodes(source string) string {
	var b strings.Builder
	missing := map[string]bool{} // names without an end further on
	for {
		before, s, quoted, rest, ok := nextShortcode(source)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		if b.WriteString(quoted + s.shows()); quoted == "" {
			b.WriteString(lineEnds(source[len(before) : len(source)-len(rest)]))
		}
		source = rest
		if s.end || s.encloses() == lone || missing[s.name] {
			continue
		}
		inner, rest, ok := enclosedBy(s.name, source)
		if !ok {
			missing[s.name] = true
			continue
		}
		if s.encloses() == code {
			codeBlock(&b, inner, rest)
		} else {
			b.WriteString(lineEnds(inner))
		}
		b.WriteString(lineEnds(source[len(inner) : len(source)-len(rest)]))
		source = rest
	}
}

// enclosedBy cuts source at the end of a shortcode.
func enclosedBy(name, source string) (inner, rest string, ok bool) {
	from := source
	for {
		before, s, quoted, after, ok := nextShortcode(from)
		if !ok {
			return "", "", false
		}
		if quoted == "" && s.end && s.name == name {
			return source[:len(source)-len(from)+len(before)], after, true
		}
		from = after
	}
}
