package markdown

// IDs is the way in which a generator makes the ids of headings.
type IDs int

// The ways. The rules were read from what the programs make of the cases in testdata/ids.txt.
const (
	GitHubIDs              IDs = iota // GitHub, and the packages named slugger and slug of JavaScript
	KramdownGFMIDs                    // Jekyll as it comes
	KramdownIDs                       // Jekyll with kramdown's own Markdown
	HugoIDs                           // Hugo as it comes
	HugoASCIIIDs                      // Hugo with ids of type github-ascii
	HugoBlackfridayIDs                // Hugo with ids of type blackfriday
	HugoTextIDs                       // a newer Hugo, which makes ids of what a reader sees
	HugoTextASCIIIDs                  // the same with ids of type github-ascii
	HugoTextBlackfridayIDs            // the same with ids of type blackfriday
	HexoIDs                           // hexo-renderer-marked, which Hexo comes with
	HexoLowerIDs                      // the same with modifyAnchors: 1
	HexoUpperIDs                      // the same with modifyAnchors: 2
	HexoItIDs                         // hexo-renderer-markdown-it
	NoIDs                             // headings have no ids but those the posts state
	boxedIDs                          // Jekyll as it comes, inside HTML: only kramdown's own rule looks there
)

// rule is what makes a way.
type rule struct {
	name     string
	text     func(heading) string // what the id is made of
	slug     func(string) string
	nothing  string // id of a heading that leaves nothing
	repeat   repeat // how the second of equal ids differs
	explicit bool   // whether {#id} after a heading is its id, as goldmark reads it
	level    int    // highest level that gets an id, 1 for most
}

// repeat is a way to tell equal ids apart.
type repeat int

const (
	nextFree  repeat = iota // -1, -2 and so on, past the ids that are taken
	counted                 // -1, -2 and so on, even if that id is taken
	fromTwo                 // the same from -2 on
	anyObject               // like counted, but names that every object of JavaScript has come out as NaN
)

func (f IDs) rule() rule {
	switch f {
	case KramdownGFMIDs:
		return rule{"kramdown (GFM)", heading.kramdown, kramdownGFM, "", counted, false, 1}
	case KramdownIDs:
		return rule{"kramdown", heading.source, kramdown, "section", counted, false, 1}
	case boxedIDs:
		return rule{"kramdown", heading.kramdown, kramdown, "section", counted, false, 1}
	case HugoIDs:
		return rule{"Hugo", heading.source, hugo, "heading", nextFree, true, 1}
	case HugoASCIIIDs:
		return rule{"Hugo (github-ascii)", heading.source, hugoASCII, "heading", nextFree, true, 1}
	case HugoBlackfridayIDs:
		return rule{"Hugo (blackfriday)", heading.source, blackfriday, "heading", nextFree, true, 1}
	case HugoTextIDs:
		return rule{"Hugo (text)", heading.shown, hugo, "heading", nextFree, true, 1}
	case HugoTextASCIIIDs:
		return rule{"Hugo (text, github-ascii)", heading.shown, hugoASCII, "heading", nextFree, true, 1}
	case HugoTextBlackfridayIDs:
		return rule{"Hugo (text, blackfriday)", heading.shown, blackfriday, "heading", nextFree, true, 1}
	case HexoIDs:
		return rule{"Hexo", heading.marked, hexoAnchor, "", anyObject, false, 1}
	case HexoLowerIDs:
		return rule{"Hexo (lower case)", heading.marked, lowerHexo, "", anyObject, false, 1}
	case HexoUpperIDs:
		return rule{"Hexo (upper case)", heading.marked, upperHexo, "", anyObject, false, 1}
	case HexoItIDs:
		return rule{"Hexo (markdown-it)", heading.markdownIt, HexoSlug, "", fromTwo, false, 2}
	case NoIDs:
		return rule{"none", heading.text, func(string) string { return "" }, "", counted, true, 7}
	}
	return rule{"GitHub", heading.text, github, "", nextFree, true, 1}
}

// isKramdown reports whether kramdown reads the posts.
func (f IDs) isKramdown() bool { return f == KramdownIDs || f == KramdownGFMIDs || f == boxedIDs }

func (f IDs) isHexo() bool {
	return f == HexoIDs || f == HexoLowerIDs || f == HexoUpperIDs || f == HexoItIDs
}

// String names the way for a person.
func (f IDs) String() string { return f.rule().name }
