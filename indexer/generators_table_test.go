package indexer

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	clean "chaja/indexer/text"
	"chaja/search"
)

// result is what a comparison with one build counted.
type result struct {
	builder                                string
	facts                                  map[string][2]int // by kind, how many are right and how many wrong
	pages, pagesOff, hiddenOff, urls, lost int
	anchors, anchorsOff                    int
	words, missing, extra                  int // of the text, beside what a reader sees
}

// results are those of all sites, by what builds them.
type results struct {
	mu   sync.Mutex
	rows map[string]result
}

func (r *results) add(one result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.rows[one.builder]
	r.rows[one.builder] = result{
		one.builder, sums(all.facts, one.facts), all.pages + one.pages, all.pagesOff + one.pagesOff, all.hiddenOff + one.hiddenOff, all.urls + one.urls, all.lost + one.lost,
		all.anchors + one.anchors, all.anchorsOff + one.anchorsOff, all.words + one.words, all.missing + one.missing, all.extra + one.extra,
	}
}

func sums(all, more map[string][2]int) map[string][2]int {
	sum := map[string][2]int{}
	for _, m := range []map[string][2]int{all, more} {
		for kind, n := range m {
			sum[kind] = [2]int{sum[kind][0] + n[0], sum[kind][1] + n[1]}
		}
	}
	return sum
}

// tableMark begins the table in docs/generators.md that make generator-table writes.
const tableMark = "<!-- made by make generator-table -->\n"

// write puts the rows into docs/generators.md. Rows of generators that were not asked this time stay.
func (r *results) write(t *testing.T, name string) {
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(content), tableMark)
	if !found {
		t.Fatalf("%s has no place for the table", name)
	}
	table, after, _ := strings.Cut(rest, "\n\n")
	rows := map[string]string{}
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		if cells := strings.Split(line, "|"); i > 1 && len(cells) > 2 {
			rows[strings.TrimSpace(cells[1])] = line
		}
	}
	for builder, row := range r.rows {
		rows[builder] = row.String()
	}
	lines := []string{"| built with | pages found | hidden kept out | titles right | dates right | tags right | URLs right | anchors right | words missing | words extra |", "|---|---|---|---|---|---|---|---|---|---|"}
	for _, builder := range slices.Sorted(maps.Keys(rows)) {
		lines = append(lines, rows[builder])
	}
	if err := os.WriteFile(name, []byte(before+tableMark+strings.Join(lines, "\n")+"\n\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (r result) String() string {
	share := func(n int) string { return fmt.Sprintf("%.2f %%", 100*float64(n)/float64(max(r.words, 1))) }
	fact := func(kind string) string {
		n := r.facts[kind]
		if n[0]+n[1] == 0 {
			return "none shown"
		}
		return fmt.Sprintf("%d of %d", n[0], n[0]+n[1])
	}
	return fmt.Sprintf("| %s | %d of %d | %s | %s | %s | %s | %d of %d | %d of %d | %s | %s |", r.builder, r.pages, r.pages+r.lost,
		map[bool]string{true: "all", false: fmt.Sprintf("but %d", r.hiddenOff)}[r.hiddenOff == 0], fact("title"), fact("date"), fact("tags"), r.urls, r.urls+r.pagesOff,
		r.anchors, r.anchors+r.anchorsOff, share(r.missing), share(r.extra))
}

// compareText counts the words that a page shows and its document lacks, and those that only the document has.
func compareText(page string, d search.Document) (words, missing, extra int, examples []string) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return 0, 0, 0, nil
	}
	var shown strings.Builder
	readShown(&shown, textOf(root))
	text := d.Body
	for _, s := range d.Sections {
		text += "\n" + s.Heading
	}
	left := wordsOf(shown.String())
	for word, n := range wordsOf(text) {
		words += n
		left[word] -= n
	}
	title := wordsOf(d.Title)
	for word, n := range left {
		switch {
		case n > 0 && !markPattern.MatchString(word):
			n = max(0, n-title[word])
			missing += n
		case n < 0:
			n = -n
			extra += n
		}
		if n != 0 && !markPattern.MatchString(word) {
			examples = append(examples, fmt.Sprintf("%s (%+d)", word, left[word]))
		}
	}
	slices.Sort(examples)
	return words, missing, extra, examples
}

// textOf returns the element that holds the text of a page: the narrowest of those that usually do, and that has the marks of the
// sources that the page shows. Cards are articles too, and so are the posts of a list.
func textOf(root *html.Node) *html.Node {
	all := element(root, "body")
	for _, n := range []*html.Node{element(root, "article"), element(root, "main"), ofMain(root), all} {
		if n != nil && len(marksIn(n)) == len(marksIn(all)) {
			return n
		}
	}
	return root
}

// rawText is all text below an element.
func rawText(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// marksIn returns the marks in the text below an element.
func marksIn(n *html.Node) map[string]bool {
	marks := map[string]bool{}
	for c := range n.Descendants() {
		if c.Type == html.TextNode && (c.Parent == nil || c.Parent.Data != "script") {
			for _, m := range markPattern.FindAllString(c.Data, -1) {
				marks[m] = true
			}
		}
	}
	return marks
}

// element returns the first element with this name, nil for none.
func element(n *html.Node, name string) *html.Node {
	if n.Type == html.ElementNode && n.Data == name {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := element(c, name); found != nil {
			return found
		}
	}
	return nil
}

// ofMain returns the element that says it holds the text of the page, nil for none.
func ofMain(n *html.Node) *html.Node {
	for _, a := range n.Attr {
		if a.Key == "role" && a.Val == "main" || a.Key == "id" && a.Val == "content" {
			return n
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := ofMain(c); found != nil {
			return found
		}
	}
	return nil
}

// readShown writes the text that a browser shows of an element, but for menus.
func readShown(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case n.Type == html.ElementNode && slices.Contains([]string{"script", "style", "template", "nav", "footer", "button", "iframe"}, n.Data):
		return
	case n.Type == html.ElementNode && n.Data == "sup" && n.Parent.Data == "blockquote": // the number of a note in HonKit
		return
	case n.Type == html.ElementNode && n.Data == "header": // a title may stand in it, the rest is of the theme
		if n = element(n, "h1"); n == nil {
			return
		}
	case n.Type == html.ElementNode && (ofTheme(n) || n.Data == "summary" && defaultTitle.MatchString(rawText(n))):
		return
	case n.Type == html.ElementNode && n.Data == "img":
		for _, a := range n.Attr {
			if a.Key == "alt" {
				b.WriteString(" " + a.Val + " ")
			}
		}
	}
	inLine := n.Parent != nil && n.Parent.Data != "figcaption" && slices.Contains([]string{"a", "b", "code", "em", "i", "span", "strong", "del", "s", "sub", "sup", "mark", "u", "small", "ins", "kbd", "abbr", "font", "var", "q", "cite"}, n.Data)
	if n.Type == html.ElementNode && !inLine {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		readShown(b, c)
	}
	if n.Type == html.ElementNode && !inLine {
		b.WriteByte(' ')
	}
}

// boxTitle are the classes of titles of boxes.
var boxTitle = regexp.MustCompile(`admonition-?title|admonitionHeading|aside__title|custom-block-title|hint-container-title`)

// defaultTitle is what a generator calls a box that its author gave no title.
var defaultTitle = regexp.MustCompile(`(?i)^\s*(?:details|note|tip|info|caution|warning|danger|important|노트|팁|정보|참고|주의|경고|위험)\s*$`)

// ofTheme reports whether an element is none of the text of its page by its class or address: numbers of lines, the name of a
// language above code, what only readers by voice hear, what is folded away, and links between notes and text.
func ofTheme(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			if a.Val == "footnote-label" || a.Val == "markdown-toc" {
				return true
			}
		case "class":
			if boxTitle.MatchString(a.Val) && defaultTitle.MatchString(rawText(n)) {
				return true
			}
			if slices.ContainsFunc(strings.Fields(a.Val), func(c string) bool {
				return slices.Contains([]string{"gutter", "lang", "sr-only", "boring", "img-wrapper", "headerlink", "linenos", "lineno", "rouge-gutter", "hash-link", "footnote-backref", "data-footnote-backref", "VPSkipLink", "reversefootnote", "line-numbers"}, c)
			}) {
				return true
			}
		case "href":
			if strings.HasPrefix(a.Val, "#fn") || strings.HasPrefix(a.Val, "#user-content-fn") || strings.HasPrefix(a.Val, "#footnote") || strings.HasPrefix(a.Val, "#fr-") {
				return true
			}
		}
	}
	return false
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// wordsOf counts the words of a text.
func wordsOf(text string) map[string]int {
	words := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(clean.Clean(norm.NFC.String(text))), func(r rune) bool { return !isWordRune(r) }) {
		words[w]++
	}
	return words
}
