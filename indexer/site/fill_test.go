package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"chaja/indexer/frontmatter"
)

// TestFill: what stands for other text in a page is replaced before Markdown is read, and nothing else is.
func TestFill(t *testing.T) {
	matter := "---\ntitle: 함께 만들기\nlang: ko\ndate: 2024-03-05\nlist: [a]\n---\n"
	for _, tt := range []struct{ generator, body, want string }{
		{"jekyll", "# {{ page.title }}", "# 함께 만들기"},
		{"jekyll", "{{page.title | escape}} {{- page.lang -}}", "함께 만들기 ko"},
		{"jekyll", "{{ page.title | upcase }} {{ page.date }} {{ page.list }} {{ site.title }}", "{{ page.title | upcase }} {{ page.date }} {{ page.list }} {{ site.title }}"},
		{"jekyll", "{% raw %}{{ page.title }}{% endraw %}", "{% raw %}{{ page.title }}{% endraw %}"},
		{"jekyll", "{{ page.title }} {% raw %}{{ page.title }}{% endraw %} {{ page.title }}", "함께 만들기 {% raw %}{{ page.title }}{% endraw %} 함께 만들기"},
		{"plain", "{{CSSRef}}속성은 {{glossary(\"Grid Row\", \"격자 행\")}}입니다.", "속성은 격자 행입니다."},
		{"plain", "## {{Experimental_Inline}} {{jsxref(\"Array.prototype.map()\", \"map()\")}} 쓰기", "##  map() 쓰기"},
		{"plain", "{{ jsxref('Promise') }}와 {{HTTPStatus(404)}}, {{Glossary(\"CORS\", \"\", 1)}}", "Promise와 404, CORS"},
		{"plain", "{{ name }} {{.Names}} {{title}} {{ include \"x\" }} {{unknown(\"가\")}}", "{{ name }} {{.Names}} {{title}} {{ include \"x\" }} {{unknown(\"가\")}}"},
		{"plain", "`{{Compat}}`\n\n```\n{{Compat}}\n```\n", "`{{Compat}}`\n\n```\n{{Compat}}\n```\n"},
		{"hugo", "{{Compat}} {{ page.title }}", "{{Compat}} {{ page.title }}"},
	} {
		r, err := rulesOf(fstest.MapFS{}, Options{Generator: tt.generator})
		if err != nil {
			t.Fatal(err)
		}
		m, _, _ := frontmatter.Read(matter)
		if got := r.Fill(Post{}, tt.body, m); got != tt.want {
			t.Errorf("%s: %q\ngot  %q\nwant %q", tt.generator, tt.body, got, tt.want)
		}
	}
	hostile := strings.Repeat("{{glossary(\"", 50_000) + strings.Repeat("{{page.title", 50_000)
	for _, generator := range []string{"plain", "jekyll"} {
		r, err := rulesOf(fstest.MapFS{}, Options{Generator: generator})
		if err != nil {
			t.Fatal(err)
		}
		r.Fill(Post{}, hostile, frontmatter.Matter{})
	}
}

// TestReadHonKit: what templates show stands in their place, and comments go.
func TestReadHonKit(t *testing.T) {
	for source, want := range map[string]string{
		"{% if false %}가{% else %}나{% endif %} 다":           "나 다",
		"{{ book.판 }}{{ book.edition }}, {{ file.path }}":   "둘째, ",
		"{### 주석\n둘째 줄 ###}가 {# 나 #}":                       "\n가 {# 나 #}",
		"{% raw %}{{ book.edition }}{% endraw %}{{ '글자' }}": "{{ book.edition }}글자",
		"```\n{{ book.edition }}\n```":                      "```\n둘째\n```",
	} {
		if got := readHonKit(source, settings{"edition": "둘째"}); got != want {
			t.Errorf("%q: %q; want %q", source, got, want)
		}
	}
}

// TestCallouts: the title of a box is a line of its own, and nothing stands behind it where no text follows.
func TestCallouts(t *testing.T) {
	lines := strings.Split("> [!note] 제목\n> 글\n\n> [!tip]- 둘\n> \n> 글\n\n> [!warning]\n> 글\n> [!info] 끝", "\n")
	openCallouts(lines)
	if got, want := strings.Join(lines, "\n"), "> 제목\\\n> 글\n\n> 둘\n> \n> 글\n\n> \n> 글\n> 끝"; got != want {
		t.Errorf("%q; want %q", got, want)
	}
	if got, want := openAdmonitions("!!! note \"제목\"\n\n    글\n\n!!! tip \"둘\"\n    글"), "제목\n\n글\n\n둘\\\n글"; got != want {
		t.Errorf("%q; want %q", got, want)
	}
}

// TestFillMDX: fields of the front matter stand in a page of MDX for what they are.
func TestFillMDX(t *testing.T) {
	m, _, _ := frontmatter.Read("---\ntitle: 함께 *만들기*\nauthor:\n  name: 나\nlist: [a]\n---\n")
	for body, want := range map[string]string{
		"# {frontmatter.title}":                             `# 함께 \*만들기\*`,
		"{frontMatter.author.name}{ metadata.author.name }": "나나",
		"{props.pageContext.frontmatter.author.name}":       "나",
		"{frontmatter.list} {frontmatter.none} {title}":     "{frontmatter.list} {frontmatter.none} {title}",
		"`{frontmatter.title}` \\{frontmatter.title}":       "`{frontmatter.title}` \\{frontmatter.title}",
		"```\n{frontmatter.title}\n```\n":                   "```\n{frontmatter.title}\n```\n",
	} {
		if got := fillMDX(body, m); got != want {
			t.Errorf("%q: %q; want %q", body, got, want)
		}
	}
}

// TestHugoFilesOfLanguages: a file of config/_default is placed by its name.
func TestHugoFilesOfLanguages(t *testing.T) {
	site := fstest.MapFS{}
	for name, content := range map[string]string{
		"hugo.toml": "defaultContentLanguage = 'ko'\n", "languages.ko.toml": "weight = 1\n", "languages.en.toml": "weight = 2\n",
		"menus.en.toml": "[[main]]\nname = 'Home'\n", "params.en.toml": "a = 1\n",
	} {
		site["config/_default/"+name] = &fstest.MapFile{Data: []byte(content)}
	}
	for _, name := range []string{"content/a.md", "content/a.en.md"} {
		site[name] = &fstest.MapFile{Data: []byte("글")}
	}
	r, err := rulesOf(site, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"content/a.md": "/a/", "content/a.en.md": "/en/a/"} {
		if page := r.Page(Post{name, name}, nil, frontmatter.Matter{}); page.URL != want {
			t.Errorf("%s: %s, want %s", name, page.URL, want)
		}
	}
	config := wholeHugoConfig(site, settings{})
	if _, ok := config.table("languages", "en")["menus"]; !ok {
		t.Errorf("no menus of a language: %v", config)
	}
}
