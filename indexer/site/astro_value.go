package site

import (
	"path"
	"slices"
	"strings"

	"chaja/internal/lazyregexp"
)

var (
	paramsBegin = lazyregexp.New(`\bparams\s*:\s*\{`)
	// bound is a name for a value; takenApart are names for the parts of a path.
	bound      = lazyregexp.New(`\b(?:const|let)\s+(\w+)\s*=\s*([^;\n]+)`)
	takenApart = lazyregexp.New(`\b(?:const|let)\s+\[\s*(\w+)\s*,\s*(\.\.\.)?(\w+)\s*\]\s*=\s*([^;\n]+?)\.split\(\s*["']/["']\s*\)`)
	ofEntry    = lazyregexp.New(`\b(?:const|let)\s+\{\s*(id|slug)\s*(?:,[^}]*)?\}\s*=`)
	// withoutSense is what changes nothing in an expression.
	withoutSense = lazyregexp.New("\\s*(?:(?:\\|\\||\\?\\?)\\s*undefined|\\s+as\\s+\\w+|\\.toString\\(\\)|\\.replace\\(\\s*/\\\\?\\.\\(?mdx?\\)?\\??\\$/i?\\s*,\\s*[\"']{2}\\s*\\)|\\.replace\\(\\s*[\"']\\.mdx?[\"']\\s*,\\s*[\"']{2}\\s*\\))$")
	idOfEntry    = lazyregexp.New(`^\w+\.(?:id|slug)$`)
	fieldOfEntry = lazyregexp.New(`^\w+\.data\.([\w.]+)$`)
	partOfEntry  = lazyregexp.New(`^\w+\.(?:id|slug)\.split\(\s*["']/["']\s*\)(\[0\]|\.slice\(\s*1\s*\)\.join\(\s*["']/["']\s*\)|\.pop\(\)!?|\.at\(\s*-1\s*\)!?|\.shift\(\))$`)
	entryPart    = lazyregexp.New(`\.(?:id|slug|filePath)\b`)
)

// routeValues returns the expressions that the parameters of a route are, by their names; nil if the route does not say.
func routeValues(program string) map[string]string {
	at := paramsBegin().FindStringIndex(program)
	if at == nil {
		return nil
	}
	values := map[string]string{}
	for rest := program[at[1]:]; ; {
		entry := upToEnd(rest)
		name, expression, stated := strings.Cut(entry, ":")
		if name = strings.Trim(strings.TrimSpace(name), `"'`); name != "" {
			if values[name] = name; stated {
				values[name] = strings.TrimSpace(expression)
			}
		}
		rest = rest[strings.Index(rest, entry)+len(entry):]
		rest = strings.TrimLeft(rest, " \t\r\n")
		if !strings.HasPrefix(rest, ",") || len(values) > maxMDXConstants {
			break
		}
		rest = rest[1:]
	}
	for _, m := range bound().FindAllStringSubmatch(program, maxMDXConstants) {
		values["="+m[1]] = strings.TrimSpace(m[2])
	}
	for _, m := range takenApart().FindAllStringSubmatch(program, maxMDXConstants) {
		values["="+m[1]] = m[4] + `.split("/")[0]`
		values["="+m[3]] = m[4] + `.split("/").slice(1).join("/")`
	}
	for _, m := range ofEntry().FindAllStringSubmatch(program, maxMDXConstants) {
		values["="+m[1]] = "entry." + m[1]
	}
	return values
}

// expression returns what a parameter is, by what its names stand for, without what changes nothing; empty if the route does not say.
func (r astroRoute) expression(name string) string {
	expression := r.values[name]
	const deep = 5 // names for names
	for range deep {
		for before := ""; before != expression; {
			before = expression
			expression = withoutSense().ReplaceAllString(strings.TrimSpace(expression), "")
			if inner, is := strings.CutPrefix(expression, "String("); is && strings.HasSuffix(inner, ")") {
				expression = strings.TrimSuffix(inner, ")")
			}
			expression = strings.TrimSuffix(strings.TrimSuffix(expression, `.join("/")`), `.join('/')`)
		}
		if strings.HasSuffix(expression, ".slice(1)") {
			expression += `.join("/")`
		}
		next, named := r.values["="+expression]
		if !named {
			break
		}
		expression = next
	}
	return expression
}

// value returns what a parameter is for an entry, and whether that is known. One that is computed of the id of the entry is taken
// for it, see unknown.
func (r astroRoute) value(name, id string, e entry) (string, bool) {
	expression := r.expression(name)
	if text, ok := valueOf(expression, id, e); ok {
		return text, true
	}
	if name != r.last || expression != "" && !r.bare && !entryPart().MatchString(expression) {
		return "", false
	}
	if r.bare {
		folder, last := path.Split(id)
		kept := slices.DeleteFunc(strings.Split(folder, "/"), func(part string) bool { return strings.HasPrefix(part, "_") })
		id = strings.Join(kept, "/") + last
	}
	return id, true
}

// valueOf returns what an expression is for an entry, if that is a text, its id or a part of that, or a field of its front matter.
func valueOf(expression, id string, e entry) (string, bool) {
	parts := strings.Split(id, "/")
	switch m := partOfEntry().FindStringSubmatch(expression); {
	case idOfEntry().MatchString(expression):
		return id, true
	case m != nil && (m[1] == "[0]" || m[1] == ".shift()"):
		return parts[0], true
	case m != nil && strings.HasPrefix(m[1], ".slice"):
		return strings.Join(parts[1:], "/"), true
	case m != nil:
		return parts[len(parts)-1], true
	}
	if m := fieldOfEntry().FindStringSubmatch(expression); m != nil {
		text := fieldAt(e.values, strings.ToLower(m[1]))
		return text, text != ""
	}
	text, ok := scriptText(expression, "", nil)
	return string(text), ok
}

// of returns the path of an entry, and whether it is known.
func (r astroRoute) of(id string, e entry) (inside string, known bool) {
	if r.nowhere {
		return "", false
	}
	if r.docs {
		if id == "index" {
			id = ""
		}
		return id, true
	}
	var all []string
	for _, part := range r.parts {
		if m := parameter().FindStringSubmatch(part); m != nil {
			if part, known = r.value(m[1], id, e); !known {
				return "", false
			}
		}
		all = append(all, part)
	}
	last, known := id, true
	if r.last != "" {
		last, known = r.value(r.last, id, e)
	}
	return strings.Trim(strings.Join(append(all, last), "/"), "/"), known
}

// unknown says what of a route is not known, whatever the entry; empty for nothing.
func (r astroRoute) unknown() string {
	for _, part := range append(slices.Clone(r.parts), "["+r.last+"]") {
		m := parameter().FindStringSubmatch(part)
		if m == nil {
			continue
		}
		expression := r.expression(m[1])
		_, known := valueOf(expression, "a/b", entry{})
		switch _, taken := r.value(m[1], "a/b", entry{}); {
		case known, fieldOfEntry().MatchString(expression), m[1] == r.last && (expression == "" || r.bare):
		case taken:
			return "the parameter " + m[1] + " is computed when the site is built; it is taken for the path of each entry. If it is not, state the URLs with urls: in chaja.yaml"
		default:
			return "the parameter " + m[1] + " is computed when the site is built; hits in its pages lead to the home page. State their URLs with urls: in chaja.yaml"
		}
	}
	return ""
}
