package site

import (
	"strings"
	"testing"

	"chaja/indexer/frontmatter"
)

// TestScriptPermalink: what files of data in JavaScript say of permalinks is read, never run.
func TestScriptPermalink(t *testing.T) {
	for _, tt := range []struct {
		program  string
		want     any
		computed bool
	}{
		{"module.exports = { layout: 'x' }", nil, false},
		{"module.exports = { permalink: '/a/{{ page.fileSlug }}/', tags: ['b'] }", frontmatter.Bare("/a/{{ page.fileSlug }}/"), false},
		{"export default { \"permalink\": false }", frontmatter.Bare("false"), false},
		{"const at = '/a/'\nexport default { permalink: at }", frontmatter.Bare("/a/"), false},
		{"export default { permalink: (data) => `/a/${data.page.fileSlug}/${ data.slug }/` }", frontmatter.Bare("/a/{{ page.fileSlug }}/{{ slug }}/"), false},
		{"export default { permalink: ({ page, title }) => `/a/${page.fileSlug}/${title}/`, x: 1 }", frontmatter.Bare("/a/{{ page.fileSlug }}/{{ title }}/"), false},
		{"module.exports = { permalink: function (data) { return `/a/${this.slugify(data.title)}/`; } }", frontmatter.Bare("/a/{{ title | slugify }}/"), false},
		{"module.exports = { permalink(data) { if (data.draft) return false; return `/a/${data.page.fileSlug}/`; } }", frontmatter.Bare("/a/{{ page.fileSlug }}/"), false},
		{"module.exports = { permalink: () => false }", frontmatter.Bare("false"), false},
		{"module.exports = { eleventyComputed: { permalink: data => data.draft ? false : data.permalink } }", nil, true},
		{"module.exports = { eleventyComputed: { title: (d) => d.name, permalink: '/a/{{ title }}/' } }", frontmatter.Bare("/a/{{ title }}/"), true},
		{"module.exports = { eleventyComputed: { title: (d) => d.name }, permalink: '/a/' }", frontmatter.Bare("/a/"), false},
		{"export default { permalink: (data) => `/a/${cut(data.title)}/` }", computed{}, false},
		{"export default { permalink: (data) => data.title ? '/a/' : '/b/' }", computed{}, false},
		{"export default { permalink: at }", computed{}, false},
		{"export default { permalink: (data) => { return '/a/' + data.page.fileSlug } }", computed{}, false},
		{"export default { permalink: `/a/${base}/` }", computed{}, false},
		{"export default { permalink: (", computed{}, false},
	} {
		if got, isComputed := scriptPermalink(tt.program); got != tt.want || isComputed != tt.computed {
			t.Errorf("%s: %v, %v; want %v, %v", tt.program, got, isComputed, tt.want, tt.computed)
		}
	}
	hostile := strings.Repeat("permalink: (", 1<<14)
	scriptPermalink(hostile)
	scriptPermalink("permalink: x => {" + strings.Repeat("return (", 1<<14) + "}")
}
