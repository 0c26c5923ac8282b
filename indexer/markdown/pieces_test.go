package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// long is a post of several pieces, of blocks of all kinds.
func long(seed uint64) string {
	blocks := []string{
		"## 제목 %d\n", "글 *강조* %d [이름][가]\n이어진 줄\n", "- 하나 %d\n- 둘\n\n  이어진 문단\n", "> 인용 %d\n> 줄\n", "```go\nfunc f%d() {}\n\n# 코드\n```\n",
		"| 가 | 나 |\n|-|-|\n| %d | 2 |\n", "    들여 쓴 코드 %d\n", "<div>\n상자 %d\n</div>\n", "<pre>\n미리 %d\n\n빈 줄 뒤\n</pre>\n", "<!-- 숨은 글 %d\n\n-->\n",
		"[정의%d]: /url\n", "1. 가 %d\n2. 나\n", "밑줄 제목 %d\n===\n",
	}
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for i := 0; b.Len() < 5*piece; i++ {
		fmt.Fprintf(&b, blocks[r.IntN(len(blocks))]+"\n", i)
	}
	return b.String() + "[가]: /url\n"
}

// TestPiecesReadAsOne: a post that is cut between blocks is read as if it were not.
func TestPiecesReadAsOne(t *testing.T) {
	for seed := range uint64(5) {
		source := long(seed)
		got := Read(source, Options{})
		r := reader{options: Options{IDs: GitHubIDs()}, page: &page{anchors: anchors{ids: GitHubIDs()}}, budget: newBudget()}
		r.heads = newHeads(r.options, source)
		r.read(part{source: r.options.prepare(source)})
		want := r.finish()
		want.Weight, got.Weight = 0, 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d: in one piece and in several (-want +got):\n%.2000s", seed, diff)
		}
		links, _ := Links(source, Options{})
		if n := strings.Count(source, "[이름][가]"); len(links) != n {
			t.Errorf("seed %d: %d links of %d", seed, len(links), n)
		}
		for _, l := range links {
			if line := strings.Split(source, "\n")[l.Line-1]; !strings.Contains(line, "[이름][가]") {
				t.Fatalf("seed %d: a link in line %d: %s", seed, l.Line, line)
			}
		}
	}
}

// TestPartsAreTheSource: nothing is lost or twice where a source is cut, and every piece knows its line.
func TestPartsAreTheSource(t *testing.T) {
	for _, source := range []string{
		"", "가", long(3), strings.Repeat("가", piece), strings.Repeat("가 나 ", piece), strings.Repeat("- 가\n", piece),
		strings.Repeat("\n", 3*longPiece), strings.Repeat("가\n\n", piece), strings.Repeat("가", longPiece) + "\n" + strings.Repeat("나", longPiece) + "\n다",
	} {
		var whole strings.Builder
		for p := range parts(source) {
			if line := strings.Count(whole.String(), "\n"); p.line != line {
				t.Errorf("%.20q: a piece in line %d, want %d", source, p.line, line)
			}
			if len(p.source) > longPiece+piece {
				t.Errorf("%.20q: a piece of %d bytes", source, len(p.source))
			}
			whole.WriteString(p.source)
		}
		if whole.String() != source {
			t.Errorf("%.20q: pieces have %d bytes of %d", source, whole.Len(), len(source))
		}
	}
}

// TestLongCode: code that is cut stays code, and its headings are none.
func TestLongCode(t *testing.T) {
	for _, open := range []string{"```go", "~~~~", "- ```"} {
		end := strings.TrimLeft(strings.TrimSuffix(open, "go"), "- ")
		source := "# 앞\n\n" + open + "\n" + strings.Repeat("  # x = 1\n\n", 40_000) + "  " + end + "\n\n# 뒤\n\n글\n"
		page := Read(source, Options{})
		if len(page.Sections) != 2 || page.Sections[1].Heading != "뒤" || page.Note != "" || len(page.Code) < 3 {
			t.Errorf("%s: %d sections, %d blocks of code, note %q", open, len(page.Sections), len(page.Code), page.Note)
		}
		code := 0
		for _, c := range page.Code {
			code += c.End - c.Start
		}
		if prose := len(page.Text) - code; prose > 100 {
			t.Errorf("%s: %d bytes are no code", open, prose)
		}
	}
}

// TestTooManyWords: the text ends where an index can hold no more, and the note says where.
func TestTooManyWords(t *testing.T) {
	var b strings.Builder
	b.WriteString("# 제목\n\n")
	for i := range 200_000 {
		fmt.Fprintf(&b, "word%d ", i)
		if i%50 == 49 {
			b.WriteString("\n\n")
		}
	}
	page := Read(b.String(), Options{})
	if !strings.Contains(page.Note, "left out") || page.NoteLine < 1000 || page.NoteLine > 7000 {
		t.Errorf("note %q in line %d", page.Note, page.NoteLine)
	}
	if page.Weight < MaxWeight || page.Weight > MaxWeight*5/4 {
		t.Errorf("weight %d MB of %d", page.Weight>>20, MaxWeight>>20)
	}
	if !strings.HasPrefix(page.Text, "word0 ") || strings.Contains(page.Text, "word199999") {
		t.Errorf("%d bytes of text", len(page.Text))
	}
}

func TestTooManyLines(t *testing.T) {
	page := Read("앞\n"+strings.Repeat("\n", maxLines)+"뒤", Options{})
	if page.Text != "앞" || page.NoteLine != maxLines+1 || !strings.Contains(page.Note, "left out") {
		t.Errorf("text %q, line %d: %s", page.Text, page.NoteLine, page.Note)
	}
}

// TestOutOfTime: when time is over, the rest is read line by line, with its headings, wherever the parser was.
func TestOutOfTime(t *testing.T) {
	source := "# 앞\n\n" + strings.Repeat("글 *강조* [x](y)\n\n", 10_000) + "# 뒤\n\n끝\n"
	for _, calls := range []int{0, 100, 5_000} {
		r := reader{options: Options{IDs: GitHubIDs()}, page: &page{anchors: anchors{ids: GitHubIDs()}}, budget: newBudget()}
		r.heads = newHeads(r.options, source)
		n := 0
		for p := range parts(source) {
			if n++; n == 2 {
				r.budget.calls, r.budget.end = -calls, time.Now().Add(-time.Hour)
				if calls > 0 {
					r.heads.begin(p.line)
					if err := r.readTree(p.source); err == nil {
						t.Error("the parser was not interrupted")
					}
				}
			}
			r.read(p)
		}
		page := r.finish()
		if len(page.Sections) != 2 || page.Sections[1].Heading != "뒤" || !page.Hasty || strings.Count(page.Text, "[x](y)") == 0 {
			t.Errorf("%d sections, hasty %v, note %q", len(page.Sections), page.Hasty, page.Note)
		}
		if got := strings.Count(page.Text, "강조"); got != 10_000 {
			t.Errorf("%d of 10000 lines", got)
		}
		if want := "takes longer than 10s; read as plain text"; page.Note != want || page.NoteLine < 3_000 {
			t.Errorf("line %d: %q, want %q", page.NoteLine, page.Note, want)
		}
	}
}
