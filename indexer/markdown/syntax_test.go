package markdown

import (
	"strings"
	"testing"
	"time"
)

// TestPrepareHostile: templates that never end, or hold nothing but themselves, take linear time.
func TestPrepareHostile(t *testing.T) {
	for _, unit := range []string{
		"{{", "{%", "{{<", "{{%", "{{ a }}", "{% raw %}", "{% highlight a %}b{% endhighlight %}", "{% highlight a %}\n", "{% comment",
		"{{< highlight >}}", "{{</* a */>}}", "{{< highlight >}}a{{< /highlight >}}", "$$\n", "$$ a\n", "$$", "{::comment}\n", "{:",
		";base64,", "```\n", "<div markdown=1>\n", "<b></b>\n#\n", "::: a\n", "](a a",
	} {
		source := strings.Repeat(unit, 1<<17/len(unit))
		for _, s := range []Syntax{Plain, Jekyll, Hexo, Hugo} {
			start := time.Now()
			s.prepare(source)
			if d := time.Since(start); d > tooLong {
				t.Errorf("%q: %v", unit, d)
			}
		}
	}
}

// TestLongData: pictures inside a post do not make it too long to be read.
func TestLongData(t *testing.T) {
	data := "data:image/png;base64," + strings.Repeat("iVBORw0KGgo", 300_000)
	page := Read("# 제목\n\n![그림]("+data+") **글**\n\n[이름]: <"+data+">\n\n```\n"+data+"\n```\n", Options{})
	if page.Note != "" || strings.Contains(page.Text, "iVBOR") || !strings.HasPrefix(page.Text, "그림 글\n") {
		t.Errorf("note %q, text %.60q", page.Note, page.Text)
	}
}

// TestSyntaxHostile: what only some syntaxes read does not make a source hard.
func TestSyntaxHostile(t *testing.T) {
	repeat := strings.Repeat
	for name, source := range map[string]string{
		"definitions":               repeat("가\n: 나\n", 10_000),
		"definitions of nothing":    repeat("\n: ", 20_000),
		"definitions in each other": repeat("가\n", 10) + repeat(": ", 5000) + "나",
		"lists of attributes":       repeat("{: #a ", 20_000) + repeat("}", 20_000),
		"a table without head":      repeat("| 가 ", 20_000) + "\n" + repeat("|\n", 10_000),
		"preformatted":              "<div>" + repeat("<pre>", 20_000) + "</div>",
		"headings of HTML":          "<div>" + repeat("<h2>가</h2>", 20_000) + repeat("<h3>", 10_000),
		"scripts in a line":         "글 " + repeat("<script>", 10_000),
		"stars":                     repeat("**\"가\"**나", 10_000),
		"stars of all lengths":      repeat("**\"***가\"****나", 6_000),
		"HTML and Markdown":         repeat("<b></b>\n# 가\n", 6_000),
	} {
		t.Run(name, func(t *testing.T) {
			for _, s := range []Syntax{Plain, Jekyll, Hugo} {
				start := time.Now()
				check(t, source, Read(source, Options{Syntax: s}))
				if d := time.Since(start); d > tooLong {
					t.Errorf("syntax %d took %v", s, d)
				}
			}
		})
	}
}
