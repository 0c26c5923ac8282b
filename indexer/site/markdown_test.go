package site

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"chaja/indexer/internal/pagetest"
	"chaja/indexer/internal/spec"
	"chaja/indexer/markdown"
	"chaja/indexer/text"

	"github.com/google/go-cmp/cmp"
)

// ways are how the generators read Markdown as they come, and in some other ways.
func ways() map[string]markdown.Options {
	jekyll, hexo, hugo := (&jekyll{}).options(), (&hexo{anchors: markedIDs("Hexo", strings.Clone)}).options(), (&hugo{}).options()
	hugo.NoHTML = false
	all := map[string]markdown.Options{"plain": plain{}.options(), "jekyll": jekyll, "hexo": hexo, "hugo": hugo}
	jekyll.IDs, hexo.IDs, hugo.IDs = kramdownIDs(), markdownItIDs(), hugoIDs("github", hugoSlug, true)
	all["mdx"] = readMDX(plain{}.options(), nil)
	all["starlight"] = readMDX(openAstro(fstest.MapFS{}, settings{}, Options{}).options(), starlightShows)
	all["eleventy"] = openEleventy(fstest.MapFS{"eleventy.config.js": {Data: []byte("export const config = { markdownTemplateEngine: 'njk' }")}}, settings{}, Options{}).options()
	all["docsify"] = openDocsify(fstest.MapFS{}, settings{}, Options{}).options()
	all["macros"] = openMkDocs(fstest.MapFS{}, settings{"plugins": []any{"macros"}}, Options{}).options()
	all["jekyll, kramdown"], all["hexo, markdown-it"], all["hugo, newer"] = jekyll, hexo, hugo
	return all
}

// waysOfIDs are those of testdata/ids.txt, in its order.
func waysOfIDs() []markdown.IDs {
	all := []markdown.IDs{markdown.GitHubIDs(), kramdownGFMIDs(), kramdownIDs()}
	for _, newer := range []bool{false, true} {
		all = append(all, hugoIDs("github", hugoSlug, newer), hugoIDs("github-ascii", hugoASCII, newer), hugoIDs("blackfriday", blackfriday, newer))
	}
	return append(all, markedIDs("Hexo", strings.Clone), markedIDs("Hexo (lower case)", strings.ToLower),
		markedIDs("Hexo (upper case)", strings.ToUpper), markdownItIDs())
}

// raw returns o for a source that was cleaned.
func raw(o markdown.Options, source string) markdown.Options {
	o.Raw = source
	return o
}

// TestMarkdown: what each generator reads beside Markdown.
func TestMarkdown(t *testing.T) {
	for _, name := range []string{"plain", "jekyll", "hexo", "hugo", "mdx", "starlight", "macros", "eleventy", "docsify"} {
		for _, c := range spec.Read(t, "testdata/"+name+".txt") {
			t.Run(name+"/"+c.Name, func(t *testing.T) {
				page := markdown.Read(c.Input, ways()[name])
				if page.Note != "" {
					t.Errorf("note: %s", page.Note)
				}
				if diff := cmp.Diff(c.Want, pagetest.Render(page)); diff != "" {
					t.Errorf("Read (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// TestLinksAmongTemplates: templates in links are not links.
func TestLinksAmongTemplates(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		want         []markdown.Link
	}{
		{"templates", "{% raw %}\n{% endraw %}\n[가]({{ site.baseurl }}/a)", []markdown.Link{{Line: 3, Target: "/a"}}},
		{"a link to a post by template", "[가]({% post_url 2020-01-02-a %})", nil},
		{"a variable in a link", "[가]({{ page.dir }}/a)\n[나]({{ site.url }}/b) [다]({{ '/c' | relative_url }})", []markdown.Link{{Line: 2, Target: "/b"}, {Line: 2, Target: "/c"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			links, _ := markdown.Links(tt.source, ways()["jekyll"])
			if diff := cmp.Diff(tt.want, links); diff != "" {
				t.Errorf("links (-want +got):\n%s", diff)
			}
		})
	}
}

// TestIDs: each case is a source, and its headings' ids in every way, separated by blanks; "-" for none.
func TestIDs(t *testing.T) {
	for _, c := range spec.Read(t, "testdata/ids.txt") {
		t.Run(c.Name, func(t *testing.T) {
			if diff := cmp.Diff(c.Want, idsIn(c.Input)); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
		})
	}
}

func idsIn(source string) string {
	var b strings.Builder
	for _, ids := range waysOfIDs() {
		page := markdown.Read(text.Clean(source), markdown.Options{IDs: ids, Raw: source})
		fmt.Fprintf(&b, "%s:", ids.Name)
		for _, s := range page.Sections {
			switch {
			case s.Level == 0:
			case s.Anchor == "":
				b.WriteString(" -")
			default:
				b.WriteString(" " + s.Anchor)
			}
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// repeater repeats texts for sources that are hard to read; with -short less often.
func repeater() func(unit string, n int) string {
	if !testing.Short() {
		return strings.Repeat
	}
	return func(unit string, n int) string { return strings.Repeat(unit, max(n/32, min(n, 50))) }
}

// TestIDsHostile: what looks for the end of something takes linear time.
func TestIDsHostile(t *testing.T) {
	repeat := repeater()
	for _, tt := range []struct{ name, source string }{
		{"open comments and tags", repeat("<!-- <a>\n", 60_000)},
		{"open scripts and tags", repeat("<script>\n<b>\n", 40_000)},
		{"templates in a heading", "# " + repeat("{{{%a%}", 100_000)},
		{"boxes and headings", repeat("<div>\n</div>\n\n# 가\n", 30_000)},
		{"tags and headings", repeat("{% a %}\n\n# 가\n\n{% enda %}\n", 20_000)},
		{"long heading", repeat("가 *나* `다`\n", 50_000) + "---\n"},
		{"equal headings", repeat("# 제목\u200b\n", 50_000)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, o := range ways() {
				start := time.Now()
				source := text.Clean(tt.source)
				pagetest.Check(t, source, markdown.Read(source, raw(o, tt.source)))
				d := time.Since(start)
				t.Logf("%s: %v", o.IDs.Name, d)
				if d > pagetest.TooLong { // well under 2 s on an idle machine
					t.Errorf("%s took %v", o.IDs.Name, d)
				}
			}
		})
	}
}

// TestPrepareHostile: templates that never end, or hold nothing but themselves, take linear time.
func TestPrepareHostile(t *testing.T) {
	for _, unit := range []string{
		"{{", "{%", "{{<", "{{%", "{{ a }}", "{% raw %}", "{% highlight a %}b{% endhighlight %}", "{% highlight a %}\n", "{% comment",
		"{{< highlight >}}", "{{</* a */>}}", "{{< highlight >}}a{{< /highlight >}}", "$$\n", "$$ a\n", "$$", "{::comment}\n", "{:",
		";base64,", "```\n", "<div markdown=1>\n", "<b></b>\n#\n", "::: a\n", "](a a",
	} {
		source := repeater()(unit, 1<<17/len(unit))
		for name, o := range ways() {
			start := time.Now()
			markdown.Read(source, o)
			if d := time.Since(start); d > pagetest.TooLong {
				t.Errorf("%s: %q: %v", name, unit, d)
			}
		}
	}
}

// TestHostileToGenerators: what only generators read takes linear time too.
func TestHostileToGenerators(t *testing.T) {
	repeat := repeater()
	for name, o := range ways() {
		for _, tt := range []struct{ name, source string }{
			{"boxes in boxes", repeat("<div>", 50_000)},
			{"boxes for Markdown", repeat("<div markdown=1>\n# 가\n</div>\n", 10_000)},
			{"elements on a line", repeat("<b>가</b>", 50_000)},
			{"lines of attributes", repeat("{: #a}\n", 50_000) + "# 가"},
			{"open attributes", repeat("{: "+repeat("\"a\" ", 1000)+"\n# 가\n\n", 50)},
			{"open tags", repeat("{% ", 100_000)},
			{"tags without end", repeat("{% raw %}", 30_000)},
			{"open shortcodes", repeat("{{< ", 100_000)},
			{"shortcodes without end", repeat("{{< a >}}", 30_000)},
		} {
			t.Run(name+"/"+tt.name, func(t *testing.T) {
				start := time.Now()
				pagetest.Check(t, tt.source, markdown.Read(tt.source, o))
				if d := time.Since(start); d > pagetest.TooLong { // about 0.3 s on an idle machine
					t.Errorf("took %v", d)
				}
			})
		}
	}
}

// TestSyntaxHostile: what only some syntaxes read does not make a source hard.
func TestSyntaxHostile(t *testing.T) {
	repeat := repeater()
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
			for name, o := range ways() {
				start := time.Now()
				pagetest.Check(t, source, markdown.Read(source, o))
				if d := time.Since(start); d > pagetest.TooLong {
					t.Errorf("%s took %v", name, d)
				}
			}
		})
	}
}

func FuzzMarkdown(f *testing.F) {
	names := []string{"plain", "jekyll", "hexo", "hugo"}
	for i, name := range names {
		for _, c := range spec.Read(f, "testdata/"+name+".txt") {
			f.Add(c.Input, byte(i))
		}
	}
	f.Fuzz(func(t *testing.T, source string, way byte) {
		o := ways()[names[int(way)%len(names)]]
		o.Raw = strings.ToValidUTF8(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(source), "")
		source = text.Clean(source)
		pagetest.Check(t, source, markdown.Read(source, o))
		tooDeep := strings.Repeat(">", 200) + "\n" + source // is read line by line
		pagetest.Check(t, tooDeep, markdown.Read(tooDeep, o))
		lines := strings.Split(source, "\n")
		if o.Prepare != nil {
			lines = strings.Split(o.Prepare(source), "\n")
		}
		if o.Lines != nil {
			o.Lines(lines)
		}
		if prepared := strings.Join(lines, "\n"); strings.Count(prepared, "\n") != strings.Count(source, "\n") {
			t.Errorf("the lines of %q move: %q", source, prepared)
		}
	})
}
