package site

import (
	"slices"
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/internal/lazyregexp"
)

var (
	// permalinkKey is the field of an object, or the function, that says where a page is.
	permalinkKey  = lazyregexp.New(`\bpermalink["']?\s*(:|\()`)
	computedBegin = lazyregexp.New(`\beleventyComputed["']?\s*:\s*`)
	// functionHead are the parameters of a function as people write it.
	functionHead = lazyregexp.New(`^\s*(?:async\s*)?(?:function\b\s*\w*\s*)?(?:\(([^()]*)\)|(\w+))\s*(?:=>)?\s*`)
	returned     = lazyregexp.New(`\breturn\b\s*([^;\n]*)`)
	// templateValue is a part of a template: a variable, and the filter slugify of Eleventy.
	templateValue = lazyregexp.New(`\$\{\s*(?:(this\.slugify)\(\s*)?([\w.]+)\s*(\))?\s*\}`)
	passesOn      = lazyregexp.New(`\bpermalink\b`)
)

// scriptPermalink returns the permalink that a file of data written in JavaScript sets: a frontmatter.Bare that is a text, as Liquid
// would have it, or false; computed{} if it is made in a way that is not followed; nil for none. It reports whether that is among the
// computed fields.
func scriptPermalink(program string) (value any, isComputed bool) {
	at := permalinkKey().FindStringSubmatchIndex(program)
	if at == nil {
		return nil, false
	}
	if begin := computedBegin().FindStringIndex(program); begin != nil {
		isComputed = begin[1] <= at[0] && at[0] < begin[1]+braces(program[begin[1]:])
	}
	rest, constants := program[at[1]:], constantsOf(program)
	if program[at[2]:at[3]] == "(" { // a method
		return functionValue("("+rest, constants), isComputed
	}
	switch expression := upToEnd(rest); {
	case expression == "false":
		return frontmatter.Bare("false"), isComputed
	case constants[expression] != "":
		return frontmatter.Bare(constants[expression]), isComputed
	default:
		if text, ok := scriptText(expression, "", constants); ok {
			return text, isComputed
		}
	}
	return functionValue(rest, constants), isComputed
}

// upToEnd returns the expression at the beginning of a program, up to a comma, the end of a statement or what closes the table or call
// that it stands in.
func upToEnd(program string) string {
	r := scriptReader{rest: program}
	depth := 0
	for {
		before := r.rest
		t := r.next()
		switch {
		case t.kind == endToken:
			return strings.TrimSpace(program)
		case t.kind != signToken:
		case strings.Contains("([{", t.text):
			depth++
		case strings.Contains(")]}", t.text) && depth > 0:
			depth--
		case depth == 0 && strings.Contains(",;)]}", t.text):
			return strings.TrimSpace(program[:len(program)-len(before)])
		}
	}
}

// scriptText returns the text that an expression is, as Liquid would have it: variables of the page by the name of the parameter that
// holds them. An expression is a text, and nothing else.
func scriptText(expression, parameter string, constants map[string]string) (text frontmatter.Bare, ok bool) {
	r := scriptReader{rest: expression, constants: constants}
	t := r.next()
	if t.kind != stringToken || strings.TrimSpace(r.rest) != "" {
		return "", false
	}
	liquid := templateValue().ReplaceAllStringFunc(t.text, func(part string) string {
		m := templateValue().FindStringSubmatch(part)
		name, known := strings.CutPrefix(m[2], parameter+".")
		if parameter == "" || strings.HasPrefix(parameter, "{") { // the variables themselves
			first, _, _ := strings.Cut(m[2], ".")
			known = slices.Contains(strings.FieldsFunc(parameter, func(r rune) bool { return strings.ContainsRune("{}, ", r) }), first)
		}
		switch {
		case !known, (m[1] == "") != (m[3] == ""):
			return part
		case m[1] != "":
			return "{{ " + name + " | slugify }}"
		}
		return "{{ " + name + " }}"
	})
	return frontmatter.Bare(liquid), !strings.Contains(liquid, "${")
}

// functionValue returns what a function gives: a text, whatever else it may give; false; nil if it hands on the permalink that there
// is; computed{} for anything else.
func functionValue(function string, constants map[string]string) any {
	head := functionHead().FindStringSubmatch(function)
	if head == nil {
		return computed{}
	}
	body := function[len(head[0]):]
	if !strings.Contains(head[0], "=>") && !strings.HasPrefix(body, "{") { // no function
		return computed{}
	}
	results := []string{upToEnd(body)}
	if strings.HasPrefix(body, "{") {
		results = nil
		for _, m := range returned().FindAllStringSubmatch(body[:braces(body)], -1) {
			results = append(results, strings.TrimSpace(m[1]))
		}
	}
	var text frontmatter.Bare
	passes := false
	for _, result := range results {
		one, ok := scriptText(result, strings.TrimSpace(head[1]+head[2]), constants)
		switch {
		case ok && (text == "" || text == one):
			text = one
		case result == "false", result == "", result == "undefined", result == "null":
		case passesOn().MatchString(result) && !strings.ContainsAny(result, "\"'`"):
			passes = true
		default:
			return computed{}
		}
	}
	switch {
	case passes && text != "", len(results) == 0:
		return computed{}
	case passes:
		return nil
	case text == "":
		return frontmatter.Bare("false")
	}
	return text
}
