package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLiterals(t *testing.T) {
	for _, tt := range []struct {
		name, program string
		want          settings
	}{
		{"export", `export default { base: '/a/', 'clean-urls': true, n: 12 }`, settings{"base": "/a/", "clean-urls": "true", "n": "12"}},
		{"call", `export default defineConfig({ base: "/a/" });`, settings{"base": "/a/"}},
		{"typed", "import type { Config } from 'x';\nconst config: Config = { url: `https://x` };\nmodule.exports = config;", settings{"url": "https://x"}},
		{"nested", `x({ presets: [['classic', { docs: { routeBasePath: '/' }, blog: false }]] })`,
			settings{"presets": []any{[]any{"classic", settings{"docs": settings{"routeBasePath": "/"}, "blog": "false"}}}}},
		{"comments", "{ /* a: 1, */ b: 2, // c: 3\n d: 4 }", settings{"b": "2", "d": "4"}},
		{"expression", `{ a: /[/"']+/g, b: x / 2 / 3, c: "it's" }`, settings{"b": "2", "c": "it's"}},
		{"functions", `{ a() { return { b: 1 } }, c: (x) => { if (x) { return "y" } }, d: "e", ...f, g }`, settings{"c": settings{}, "d": "e"}},
		{"satisfies", `export default { base: '/b' } satisfies Config`, settings{"base": "/b"}},
		{"call inside", `{ integrations: [starlight({ title: '글' }), mdx()] }`, settings{"integrations": []any{settings{"title": "글"}}}},
		{"function that returns it", "export default function (c) {\n c.add(x);\n if (c) { y() }\n return { dir: { input: 'src' } };\n}", settings{"dir": settings{"input": "src"}}},
		{"constants", "const base = '/a/'\nexport const name: string = \"b\";\nexport default { base, url: `https://x/${name}/${other}`, title: name, n: cond ? 'c' : 'd' }",
			settings{"base": "/a/", "url": "https://x/b/${other}", "title": "b", "n": "c"}},
		{"not closed", `{ a: { b: 'c`, settings{"a": settings{"b": "c"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, literals(tt.program)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFind(t *testing.T) {
	s := literals(`x({ presets: [['classic', { docs: { path: 'a' } }]], url: 'b' })`)
	if got := s.under("docs").text("path", ""); got != "a" {
		t.Errorf("docs.path = %q", got)
	}
	if s.find("blog") != nil {
		t.Error("found what is not there")
	}
}

func FuzzLiterals(f *testing.F) {
	f.Add("export default { a: [1, 'b', {c: `d`}], e: f({}) }")
	f.Add(strings.Repeat("{a:[", 100))
	f.Fuzz(func(_ *testing.T, program string) { literals(program).find("a") })
}
