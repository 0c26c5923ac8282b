package markdown

// Flavour is the way in which a generator makes the ids of headings.
type Flavour int

// The flavours. The rules were read from what the programs make of the cases in testdata/ids.txt.
const (
	GitHub          Flavour = iota // GitHub, and the packages named slugger and slug of JavaScript
	KramdownGFM                    // Jekyll as it comes
	Kramdown                       // Jekyll with kramdown's own Markdown
	Hugo                           // Hugo as it comes
	HugoASCII                      // Hugo with ids of type github-ascii
	HugoBlackfriday                // Hugo with ids of type blackfriday
	Hexo                           // hexo-renderer-marked, which Hexo comes with
	HexoLower                      // the same with modifyAnchors: 1
	HexoUpper                      // the same with modifyAnchors: 2
	HexoMarkdownIt                 // hexo-renderer-markdown-it
	NoIDs                          // headings have no ids but those the posts state
)

// rule is what makes a flavour.
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

func (f Flavour) rule() rule {
	switch f {
	case KramdownGFM:
		return rule{"kramdown (GFM)", heading.kramdown, kramdownGFM, "", counted, false, 1}
	case Kramdown:
		return rule{"kramdown", heading.source, kramdown, "section", counted, false, 1}
	case Hugo:
		return rule{"Hugo", heading.source, hugo, "heading", nextFree, true, 1}
	case HugoASCII:
		return rule{"Hugo (github-ascii)", heading.source, hugoASCII, "heading", nextFree, true, 1}
	case HugoBlackfriday:
		return rule{"Hugo (blackfriday)", heading.source, blackfriday, "heading", nextFree, true, 1}
	case Hexo:
		return rule{"Hexo", heading.marked, hexoAnchor, "", anyObject, false, 1}
	case HexoLower:
		return rule{"Hexo (lower case)", heading.marked, lowerHexo, "", anyObject, false, 1}
	case HexoUpper:
		return rule{"Hexo (upper case)", heading.marked, upperHexo, "", anyObject, false, 1}
	case HexoMarkdownIt:
		return rule{"Hexo (markdown-it)", heading.markdownIt, HexoSlug, "", fromTwo, false, 2}
	case NoIDs:
		return rule{"none", heading.text, func(string) string { return "" }, "", counted, true, 7}
	}
	return rule{"GitHub", heading.text, github, "", nextFree, true, 1}
}

// isKramdown reports whether kramdown reads the posts.
func (f Flavour) isKramdown() bool { return f == Kramdown || f == KramdownGFM }

func (f Flavour) isHexo() bool {
	return f == Hexo || f == HexoLower || f == HexoUpper || f == HexoMarkdownIt
}

// String names the flavour for a person.
func (f Flavour) String() string { return f.rule().name }
