package site

import (
	"regexp"
	"strings"

	"chaja/indexer/decode"
	"chaja/internal/lazyregexp"
)

// mdxAttributes are those that components show, by the names of the components.
type mdxAttributes map[string]*regexp.Regexp

// attributesOf makes them of lists such as "Card: title, description".
func attributesOf(lists ...string) mdxAttributes {
	all := mdxAttributes{}
	for _, list := range lists {
		component, names, _ := strings.Cut(list, ": ")
		all[component] = regexp.MustCompile(`\s(?:` + strings.ReplaceAll(names, ", ", "|") + `)=(?:"([^"]*)"|'([^']*)')`)
	}
	return all
}

var (
	mdxTag = lazyregexp.New(`^<(/?)([A-Za-z][\w.:-]*)?[\s/>]`)
	// shownTags are elements of HTML whose tags mean something to whoever reads Markdown.
	shownTags = lazyregexp.New(`^(?:h[1-6]|img|a|br|code|pre|table|thead|tbody|tr|td|th|ul|ol|li|kbd|b|i|em|strong|script|style)$`)
)

// jsxTag returns the length of the tag at the beginning of s, 0 when it is not closed.
func jsxTag(s string) int {
	for i := 1; i < len(s); i++ {
		switch c := s[i]; c {
		case '>':
			return i + 1
		case '"', '\'':
			end := strings.IndexByte(s[i+1:], c)
			if end < 0 {
				return 0
			}
			i += end + 1
		case '{':
			n := braces(s[i:])
			if n == 0 {
				return 0
			}
			i += n - 1
		}
	}
	return 0
}

// mdxValue is an attribute whose value is an expression.
var mdxValue = lazyregexp.New(`\s+[\w:-]*=?\{`)

// element leaves out the tags of components and of boxes, and the values of attributes that are expressions.
func (m *mdx) element(rest string) string {
	name := mdxTag().FindStringSubmatch(rest)
	inside, after, ok := "", rest, false
	if name != nil || strings.HasPrefix(rest, "<>") || strings.HasPrefix(rest, "</>") {
		inside, after, ok = m.upTo(rest, jsxTag)
	}
	if !ok {
		m.out.WriteByte('<')
		return rest[1:]
	}
	if name != nil && shownTags().MatchString(name[2]) {
		m.out.WriteString(plainTag(inside))
		return after
	}
	switch {
	case strings.HasPrefix(inside, "</"):
		m.indents = m.indents[:max(len(m.indents)-1, 0)]
	case !strings.HasSuffix(inside, "/>") && len(m.indents) < decode.MaxDepth:
		m.indents = append(m.indents, -1)
	}
	if name != nil && m.shown[name[2]] != nil {
		for _, a := range m.shown[name[2]].FindAllStringSubmatch(inside, -1) {
			m.out.WriteString(" " + oneLine(a[1]+a[2]) + " ")
		}
	}
	m.out.WriteString(strings.Repeat("\n", strings.Count(inside, "\n")))
	return after
}

// plainTag takes the attributes whose values are expressions out of a tag.
func plainTag(tag string) string {
	var b strings.Builder
	for {
		at := mdxValue().FindStringIndex(tag)
		if at == nil {
			break
		}
		n := braces(tag[at[1]-1:])
		if n == 0 {
			break
		}
		value := tag[at[0] : at[1]-1+n]
		b.WriteString(tag[:at[0]] + strings.Repeat("\n", strings.Count(value, "\n")))
		tag = tag[at[1]-1+n:]
	}
	return b.String() + tag
}
