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
		source := strings.Repeat(unit, 1<<20/len(unit))
		for _, s := range []Syntax{Plain, Jekyll, Hexo, Hugo} {
			start := time.Now()
			s.prepare(source)
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("%q: %v", unit, d)
			}
		}
	}
}
