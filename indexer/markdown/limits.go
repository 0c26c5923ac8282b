package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
)

// What goldmark 1.8.7 is spared. With these limits the worst source takes about a second. Of 5,000 real posts and 39,000
// manual pages one reaches a limit: its lines were lost, and it has 700 KB in one paragraph.
const (
	maxSource = 2 << 20 // bytes read as Markdown at all
	maxDepth  = 100     // quotes and lists inside each other; cost per line grows with it
	maxCells  = 200_000 // table cells: a short row is filled up, so a small source makes many
	maxWork   = 1 << 30 // bytes looked at again and again: characters that may be markup times the length around them
)

// tooHard says why goldmark must not read a source, nothing if it may. It estimates the cost of blocks; guard does the
// same for the text in them. It takes linear time.
func tooHard(source string) string {
	if len(source) > maxSource {
		return "longer than 2 MiB"
	}
	var columns, cells, paragraph, work int
	for line := range strings.SplitSeq(source, "\n") {
		trimmed := strings.TrimLeft(line, " \t>")
		if depth(line) > maxDepth {
			return "lists or quotes too deep"
		}
		if trimmed == "" {
			columns, paragraph = 0, 0
			continue
		}
		cells += columns
		if strings.Trim(trimmed, "-:| \t") == "" {
			columns = max(columns, 1+strings.Count(trimmed, "|"))
		}
		paragraph += len(line)
		if strings.Contains(line, "]:") {
			work += paragraph
		}
	}
	switch {
	case cells > maxCells:
		return "table too large"
	case work > maxWork:
		return "too many link definitions"
	}
	return ""
}

// depth returns how many quotes and lists a line may open inside each other, at most. It counts the markers at its
// beginning and the indentation before them, as a list takes at least two columns.
func depth(line string) int {
	markers, columns := 0, 0
	for i := range len(line) {
		blankNext := i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t'
		switch c := line[i]; {
		case c == ' ':
			columns++
		case c == '\t':
			columns += 4
		case '0' <= c && c <= '9': // the number of a list
		case c == '>', blankNext && strings.IndexByte("-*+.)", c) >= 0:
			markers++
		default:
			return min(markers, 1) * (markers + columns/2)
		}
	}
	return min(markers, 1) * (markers + columns/2)
}

// guard is an inline parser that comes before all others at every character that may be markup. It adds up what the
// search for the other end of that markup may cost. Once a page has spent maxWork, it takes the rest of each block as
// text. No text is lost then, and the markup stays visible.
type guard struct{}

var workKey = parser.NewContextKey()

// tangles reports whether guard had to step in.
func tangles(pc parser.Context) bool {
	spent, _ := pc.Get(workKey).(int)
	return spent >= maxWork
}

// Trigger returns the characters whose parsers look ahead or back.
func (guard) Trigger() []byte { return []byte("[]!*_~`<") }

// Parse returns nil as long as the others may go on.
func (guard) Parse(parent ast.Node, block gmtext.Reader, pc parser.Context) ast.Node {
	spent, _ := pc.Get(workKey).(int)
	if lines := parent.Lines(); lines.Len() > 0 {
		look := lines.At(lines.Len()-1).Stop - lines.At(0).Start
		if block.Peek() == ']' {
			look *= 8 // what follows may be an address, which is read character by character
		}
		spent += look
	}
	pc.Set(workKey, spent)
	if !tangles(pc) {
		return nil
	}
	var last *ast.Text
	for line, segment := block.PeekLine(); line != nil; line, segment = block.PeekLine() {
		if last != nil {
			parent.AppendChild(parent, last)
		}
		last = ast.NewTextSegment(segment.TrimRightSpace(block.Source()))
		last.SetSoftLineBreak(true)
		block.AdvanceLine()
	}
	if last == nil {
		return nil
	}
	return last
}
