package markdown

import (
	"regexp"
	"strings"
)

// span is a range of bytes.
type span struct{ start, end int }

// blockTag is a tag of Liquid, Hexo or Hugo that may enclose text: what it begins with, whether it is an end, its name.
var blockTag = regexp.MustCompile(`\{(%-?|\{[<%])\s*(/?)\s*([A-Za-z_][\w./-]*)`)

// encloses reports whether a generator does not read as Markdown what such a tag encloses: code and comments in
// Jekyll; everything in Hexo; in Hugo what templates get as it stands, and may or may not read as Markdown then.
func (f Flavour) encloses(opening, name string) bool {
	switch {
	case f.isKramdown():
		return name == "highlight" || name == "comment"
	case f.isHexo():
		return true
	case f == GitHub, f == NoIDs:
		return false
	}
	return opening == "{<"
}

// unseenBy returns the parts of a source, in order, that such tags enclose.
func unseenBy(f Flavour, source string) []span {
	type tag struct {
		at            int
		opening, name string
		end           bool
	}
	var tags []tag
	ends := map[string][]int{} // where each name is closed, in order
	for _, m := range blockTag.FindAllStringSubmatchIndex(source, -1) {
		t := tag{m[0], source[m[2]:m[3]], source[m[6]:m[7]], m[4] != m[5]}
		if name, ok := strings.CutPrefix(t.name, "end"); ok && t.opening[0] == '%' {
			t.name, t.end = name, true
		}
		if t.end {
			ends[t.name] = append(ends[t.name], t.at)
		}
		tags = append(tags, t)
	}
	var spans []span
	after := 0
	for _, t := range tags {
		if t.at < after || t.end || !f.encloses(t.opening, t.name) {
			continue
		}
		for len(ends[t.name]) > 0 && ends[t.name][0] < t.at {
			ends[t.name] = ends[t.name][1:]
		}
		if len(ends[t.name]) > 0 {
			after = ends[t.name][0]
			spans = append(spans, span{t.at, after})
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
