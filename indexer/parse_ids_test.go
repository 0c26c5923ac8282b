package indexer

import "testing"

// TestIDsInComments: a heading of Markdown may state its id as MDX does. What stands in code stays.
func TestIDsInComments(t *testing.T) {
	d, problems := Parse("hook.md", []byte("# 훅 {/*hooks*/}\n\n## 매개변수 {/* #parameters */}\n\n```\n# 코드 {/*x*/}\n```\n"))
	if d.Title != "훅" || len(d.Sections) != 2 || d.Sections[1].Heading != "매개변수" || d.Sections[1].Anchor != "parameters" || len(problems) > 0 {
		t.Errorf("%q, %+v, %v", d.Title, d.Sections, problems)
	}
	if d.Body != "# 코드 {/*x*/}" {
		t.Errorf("body = %q", d.Body)
	}
}
