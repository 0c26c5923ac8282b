package markdown

import (
	"regexp"
	"strings"
)

// span is a range of bytes.
type span struct{ start, end int }

// blockTag is a tag of Liquid, Hexo or Hugo that may enclose text.
var blockTag = regexp.MustCompile(`\{(?:%-?|\{[<%])\s*(/?)\s*([A-Za-z_][\w-]*)`)

// unseenBy returns the parts of a source, in order, that a generator does not read as Markdown because a tag of its
// own encloses them: code and comments in Jekyll and Hugo, everything in Hexo.
func unseenBy(f Flavour, source string) []span {
	encloses := func(name string) bool {
		switch {
		case f.isKramdown():
			return name == "highlight" || name == "comment"
		case f.isHexo():
			return true
		}
		return name == "highlight" && f != GitHub
	}
	var spans []span
	tags := blockTag.FindAllStringSubmatchIndex(source, -1)
	ends := map[string][]int{} // where each name is closed, in order
	for _, t := range tags {
		name := source[t[4]:t[5]]
		if rest, ok := strings.CutPrefix(name, "end"); ok && t[2] == t[3] {
			ends[rest] = append(ends[rest], t[0])
		} else if t[2] != t[3] {
			ends[name] = append(ends[name], t[0])
		}
	}
	after := 0
	for _, t := range tags {
		name := source[t[4]:t[5]]
		if t[0] < after || t[2] != t[3] || !encloses(name) {
			continue
		}
		for len(ends[name]) > 0 && ends[name][0] < t[0] {
			ends[name] = ends[name][1:]
		}
		if len(ends[name]) > 0 {
			after = ends[name][0]
			spans = append(spans, span{t[0], after})
		}
	}
	return spans
}

// rawHTML follows the HTML of a page as kramdown does: what stands inside an element that makes a box is not Markdown,
// whatever blank lines are in it, unless its tag says markdown="1".
type rawHTML struct{ open []htmlTag }

type htmlTag struct {
	name     string
	markdown bool
}

var (
	htmlPart  = regexp.MustCompile(`(?is)<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<(/?)([a-z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>`)
	spanLevel = regexp.MustCompile(`(?i)^(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|` +
		`mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|select|small|span|strong|sub|sup|time|tt|u|var)$`)
	voidTag = regexp.MustCompile(`(?i)^(?:area|base|br|col|command|embed|hr|img|input|keygen|link|meta|param|source|track|wbr)$`)
	asks    = regexp.MustCompile(`(?i)\bmarkdown\s*=`)
)

// block reads the HTML that stands between blocks of Markdown.
func (r *rawHTML) block(html string) {
	for _, m := range htmlPart.FindAllStringSubmatch(html, -1) {
		name := strings.ToLower(m[2])
		switch {
		case name == "", m[4] != "", voidTag.MatchString(name):
		case m[1] != "":
			for i := len(r.open) - 1; i >= 0; i-- {
				if r.open[i].name == name {
					r.open = r.open[:i]
					break
				}
			}
		case len(r.open) == 0 && spanLevel.MatchString(name):
			return // a paragraph
		case len(r.open) < maxDepth:
			r.open = append(r.open, htmlTag{name, asks.MatchString(m[3])})
		}
	}
}

// hides reports whether Markdown here is none to kramdown.
func (r *rawHTML) hides() bool { return len(r.open) > 0 && !r.open[len(r.open)-1].markdown }
