package site

import (
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// mdxField is code in a line, or an expression that is a field of the front matter, by the names that generators have for it.
var mdxField = lazyregexp.New("`+[^`\n]*`+|\\\\\\{|\\{[ \t]*(?:props\\.(?:pageContext\\.)?)?(?:frontmatter|frontMatter|metadata)\\.([\\pL_$][\\pL\\pN_$.]*)[ \t]*\\}")

// signs mean something in Markdown or MDX.
var signs = lazyregexp.New("[\\\\`*_{}\\[\\]<>#&|~]")

// fillMDX replaces expressions that are fields of the front matter by what these are, outside of code: {frontmatter.title}.
func fillMDX(body string, m frontmatter.Matter) string {
	if !strings.Contains(body, "matter.") && !strings.Contains(body, "Matter.") && !strings.Contains(body, "metadata.") {
		return body
	}
	fields := valuesOf(m)
	var b strings.Builder
	for code, part := range markdown.Fenced(body) {
		if !code {
			part = mdxField().ReplaceAllStringFunc(part, func(expression string) string {
				name := mdxField().FindStringSubmatch(expression)[1]
				if text := fieldAt(fields, name); text != "" && len(text) <= maxVariable {
					return signs().ReplaceAllString(oneLine(text), `\$0`)
				}
				return expression
			})
		}
		b.WriteString(part)
	}
	return b.String()
}

// fieldAt returns the text of a field in tables, as in author.name; empty for none.
func fieldAt(fields values, name string) string {
	for {
		table, rest, deeper := strings.Cut(name, ".")
		if !deeper {
			return strings.TrimSpace(fields.text(name))
		}
		inner, _ := fields[table].(map[string]any)
		fields, name = inner, rest
	}
}

// mdxConstant begins an export whose value a page may show; mdxEntry is an entry of one that is a table.
var (
	mdxConstant = lazyregexp.New(`(?m)^export\s+const\s+([\pL_$][\pL\pN_$]*)(?:\s*:[^=\n]{1,100})?\s*=\s*`)
	mdxEntry    = lazyregexp.New(`[{,]\s*["']?([\pL_$][\pL\pN_$]*)["']?\s*:\s*`)
)

// constants takes the values of exported constants that are literals, and of the entries of tables of literals.
func (m *mdx) constants(module string) {
	for _, at := range mdxConstant().FindAllStringSubmatchIndex(module, maxMDXConstants) {
		name, value := module[at[2]:at[3]], module[at[1]:]
		if text, ok := m.literal(value, ";"); ok {
			m.values[name] = text
			continue
		}
		if !strings.HasPrefix(value, "{") || m.work <= 0 {
			continue
		}
		m.work -= len(value)
		table := value[:braces(value)]
		for _, e := range mdxEntry().FindAllStringSubmatchIndex(table, maxMDXConstants) {
			if text, ok := m.literal(table[e[1]:], ",}"); ok {
				m.values[name+"."+table[e[2]:e[3]]] = text
			}
		}
	}
}

// maxMDXConstants bounds the constants of a module, and the entries of one.
const maxMDXConstants = 200

// literal returns a string or number that an expression is, up to one of the ends, the end of the line or of the text.
func (m *mdx) literal(expression, ends string) (string, bool) {
	line, _, _ := strings.Cut(expression[:min(len(expression), maxVariable)], "\n")
	r := scriptReader{rest: line, constants: m.values}
	t := r.next()
	rest := strings.TrimLeft(r.rest, " \t\r")
	if rest != "" && !strings.ContainsRune(ends, rune(rest[0])) && !strings.HasPrefix(rest, "//") {
		return "", false
	}
	switch {
	case t.kind == stringToken:
		return unknownParts().ReplaceAllString(t.text, ""), true
	case t.kind == wordToken && '0' <= t.text[0] && t.text[0] <= '9':
		return t.text, true
	}
	return "", false
}

// unknownParts are what a template puts into a string, which is not known.
var unknownParts = lazyregexp.New(`\$\{[^{}]*\}`)
