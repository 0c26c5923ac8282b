package site

import (
	"strings"

	"chaja/internal/lazyregexp"
)

// conditionTag is a tag by which Liquid and Nunjucks show one of several texts, or what keeps tags from being read.
var conditionTag = lazyregexp.New(`\{%-?\s*(if|unless|elsif|elseif|elif|else|endif|endunless|for|endfor|case|endcase|raw|verbatim|endraw|endverbatim)\b([^%\n]*?)-?%\}`)

// branch is a condition on the way through a source.
type branch struct {
	met   bool // one of its texts is shown for sure, so that no other is
	above bool // what the condition stands in may be shown
}

// dropUnmet leaves out the texts whose conditions are never met, such as {% if false %}. Conditions that are no constants may be met.
// Every line stays where it is, and so do the tags of what is shown. A source whose conditions are not closed stays as it is.
func dropUnmet(source string) string {
	if !strings.Contains(source, "{%") {
		return source
	}
	var b strings.Builder
	var open []branch
	at, raw, shown := 0, "", true
	for _, m := range conditionTag().FindAllStringSubmatchIndex(source, -1) {
		if name := source[m[2]:m[3]]; raw != "" || name == "raw" || name == "verbatim" {
			if raw == "" {
				raw = "end" + name
			} else if name == raw {
				raw = ""
			}
			continue
		}
		writeShown(&b, source[at:m[0]], shown)
		at = m[0]
		name, condition := source[m[2]:m[3]], strings.TrimSpace(source[m[4]:m[5]])
		switch last := len(open) - 1; {
		case name == "if", name == "unless":
			known, yes := constantCondition(condition)
			yes = yes != (name == "unless")
			open = append(open, branch{met: known && yes, above: shown})
			shown = shown && (!known || yes)
		case name == "for", name == "case": // which have an else, too
			open = append(open, branch{above: shown})
		case last < 0: // of nothing
		case strings.HasPrefix(name, "end"):
			shown = open[last].above
			open = open[:last]
		default:
			known, yes := constantCondition(condition)
			known, yes = known || name == "else", yes || name == "else"
			shown = open[last].above && !open[last].met && (!known || yes)
			open[last].met = open[last].met || known && yes
		}
	}
	if len(open) > 0 {
		return source
	}
	writeShown(&b, source[at:], true)
	return b.String()
}

func writeShown(b *strings.Builder, text string, shown bool) {
	if !shown {
		text = lineEnds(text)
	}
	b.WriteString(text)
}

// constantCondition returns what a condition is whatever the page, if that is known.
func constantCondition(condition string) (known, yes bool) {
	inner, not := strings.CutPrefix(condition, "not ")
	switch strings.TrimSpace(inner) {
	case "true":
		return true, !not
	case "false", "nil", "null", "none", "None":
		return true, not
	}
	return false, false
}
