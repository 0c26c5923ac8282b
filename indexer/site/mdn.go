package site

import (
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// Macros of MDN (developer.mozilla.org, KumaScript and its successor rari): {{glossary("Grid", "격자")}} is a link with a text, {{Compat}}
// a table. Only names of theirs count: to others {{ name }} is a variable.
var (
	mdnMacro = lazyregexp.New(`\{\{\s*([A-Za-z][\w-]*)\s*(?:\(([^(){}\n]*(?:\([^(){}\n]*\)[^(){}\n]*)*)\))?\s*\}\}`)
	mdnText  = lazyregexp.New(`(?i)^(?:glossary|(?:js|css|dom|svg|webext|http)xref|htmlelement|svgelement|svgattr|mathmlelement|mathmlattr|` +
		`http(?:header|status|method)|csp|rfc|bug|link|domxref|webextapiref)$`)
	mdnBox = lazyregexp.New(`(?i)^(?:compat|specifications|(?:experimental|deprecated|non-standard|optional|readonly|securecontext)_?inline|` +
		`(?:deprecated|non-standard|secureContext|draft|seecompat)_?(?:header|table)|\w*sidebar|\w*apiref|cssref|jsref|svgref|htmlref|` +
		`cssinfo|csssyntax|embed\w+|interactiveexample|js_property_attributes|previous(?:menu)?(?:next)?|next(?:menu)?|previousmenunext|` +
		`quicklinks\w*|listsubpages\w*|subpages\w*|inheritancediagram|availableinworkers|glossarydisambiguation|apilistalpha|listgroups|webextallexamples)$`)
	mdnArgument = lazyregexp.New(`"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s,"']+)`)
	codeInLine  = lazyregexp.New("`+[^`\n]*`+")
)

// showMDN replaces the macros outside of code by what they show.
func showMDN(source string) string {
	if !strings.Contains(source, "{{") {
		return source
	}
	var b strings.Builder
	for code, part := range markdown.Fenced(source) {
		if code {
			b.WriteString(part)
			continue
		}
		at := 0
		for _, span := range codeInLine().FindAllStringIndex(part, -1) {
			b.WriteString(mdnMacro().ReplaceAllStringFunc(part[at:span[0]], mdnShown))
			b.WriteString(part[span[0]:span[1]])
			at = span[1]
		}
		b.WriteString(mdnMacro().ReplaceAllStringFunc(part[at:], mdnShown))
	}
	return b.String()
}

// mdnShown is what a macro shows: of a link the second argument, or the first; of others nothing.
func mdnShown(macro string) string {
	m := mdnMacro().FindStringSubmatch(macro)
	switch {
	case mdnBox().MatchString(m[1]):
		return ""
	case !mdnText().MatchString(m[1]) || m[2] == "":
		return macro
	}
	shown := ""
	for i, a := range mdnArgument().FindAllStringSubmatch(m[2], 2) {
		if text := a[1] + a[2] + a[3]; i == 0 || text != "" {
			shown = text
		}
	}
	return shown
}
