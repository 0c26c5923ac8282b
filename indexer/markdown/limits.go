package markdown

import (
	"fmt"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
)

// What goldmark 1.8.7 is spared in one post. With these limits the worst source takes a few seconds. Of 5,000 real posts
// and 39,000 manual pages one reaches a limit: its lines were lost, and it has 700 KB in one paragraph.
const (
	maxLines = 500_000 // of a source
	maxDepth = 100     // quotes and lists inside each other; cost per line grows with it
	maxCells = 200_000 // table cells: a short row is filled up, so a small source makes many
	maxWork  = 1 << 30 // bytes looked at again and again: characters that may be markup times the length around them

	// maxTime is for what nobody thought of. It is some hundred times what the longest real post takes, and the only limit
	// that another machine reaches elsewhere: a page that ends by it is read again in the next run.
	maxTime = 10 * time.Second
)

// budget is the work that the parser may do for one post. What is beyond is read line by line.
type budget struct {
	cells       int // of tables
	definitions int // bytes around definitions of links
	inline      int // bytes looked at for the other end of markup
	end         time.Time
	calls       int  // since the clock was read
	late        bool // the end has come
}

func newBudget() *budget { return &budget{end: time.Now().Add(maxTime)} }

// budgetKey is where the parser's context has the budget.
var budgetKey = parser.NewContextKey()

// outOfTime interrupts the parser: it is panicked with, as a parser has no other way to end.
type outOfTime struct{}

func (outOfTime) Error() string { return fmt.Sprintf("takes longer than %v", maxTime) }

// tick panics when time is over. It is called for every line and for every character that may be markup, and looks at the
// clock now and then.
func (b *budget) tick() {
	if b.calls++; b.calls%64 == 0 && time.Now().After(b.end) {
		b.late = true
	}
	if b.late {
		panic(outOfTime{})
	}
}

// tangled reports whether guard had to step in.
func (b *budget) tangled() bool { return b.inline >= maxWork }

// tooHard says why goldmark must not read a piece, nothing if it may. It estimates the cost of blocks; guard does the same
// for the text in them. It takes linear time.
func (b *budget) tooHard(source string) string {
	if b.late = b.late || time.Now().After(b.end); b.late {
		return outOfTime{}.Error()
	}
	columns, paragraph := 0, 0
	for line := range strings.SplitSeq(source, "\n") {
		trimmed := strings.TrimLeft(line, " \t>")
		if depth(line) > maxDepth {
			return "lists or quotes too deep"
		}
		if trimmed == "" {
			columns, paragraph = 0, 0
			continue
		}
		b.cells += columns
		if strings.Trim(trimmed, "-:| \t") == "" {
			columns = max(columns, 1+strings.Count(trimmed, "|"))
		}
		paragraph += len(line)
		if strings.Contains(line, "]:") {
			b.definitions += paragraph
		}
	}
	switch {
	case b.cells > maxCells:
		return "table too large"
	case b.definitions > maxWork:
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
// search for the other end of that markup may cost. Once a post has spent maxWork, it takes the rest of each block as
// text. No text is lost then, and the markup stays visible.
type guard struct{}

// Trigger returns the characters whose parsers look ahead or back.
func (guard) Trigger() []byte { return []byte("[]!*_~`<") }

// Parse returns nil as long as the others may go on.
func (guard) Parse(parent ast.Node, block gmtext.Reader, pc parser.Context) ast.Node {
	b, ok := pc.Get(budgetKey).(*budget)
	if !ok { // a heading alone
		return nil
	}
	b.tick()
	if lines := parent.Lines(); lines.Len() > 0 {
		look := lines.At(lines.Len()-1).Stop - lines.At(0).Start
		if block.Peek() == ']' {
			look *= 8 // what follows may be an address, which is read character by character
		}
		b.inline += look
	}
	if !b.tangled() {
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

// watch is a block parser that is asked about every line before all others, takes none, and looks at the clock.
type watch struct{}

// Trigger returns nil, for any character.
func (watch) Trigger() []byte { return nil }

// Open takes no line.
func (watch) Open(_ ast.Node, _ gmtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	if b, ok := pc.Get(budgetKey).(*budget); ok {
		b.tick()
	}
	return nil, parser.NoChildren
}

// Continue is never called.
func (watch) Continue(ast.Node, gmtext.Reader, parser.Context) parser.State { return parser.Close }

// Close is never called.
func (watch) Close(ast.Node, gmtext.Reader, parser.Context) {}

// CanInterruptParagraph returns true, to be asked in paragraphs too.
func (watch) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine returns true, to be asked about indented lines too.
func (watch) CanAcceptIndentedLine() bool { return true }
