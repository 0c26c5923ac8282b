package markdown

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLinksAside: links whose titles say so lead to no page of the site.
func TestLinksAside(t *testing.T) {
	links, _ := Links("[가](/a ':ignore') [나](/b ':other')\n[다](/c \"이름 :ignore\")", Options{Aside: regexp.MustCompile(`:ignore\b`)})
	if diff := cmp.Diff([]Link{{1, "/b"}}, links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestLinks(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		want         []Link
		places       []string
	}{
		{"links and pictures", "[가](/a) ![나](b.png)\n[다](<c d> \"이름\")", []Link{{1, "/a"}, {1, "b.png"}, {2, "c d"}}, nil},
		{"references", "글\n\n[가][r] 와 [r]\n\n[r]: /a", []Link{{3, "/a"}, {3, "/a"}}, nil},
		{"not in code", "`[가](/a)`\n\n```\n[가](/a)\n```\n\n[나](/b)", []Link{{7, "/b"}}, nil},
		{"HTML", "<p>\n<a class=x href=\"/a\">가</a>\n<img src='b.png'></p>\n\n글 <a href=/c>다</a>",
			[]Link{{2, "/a"}, {3, "b.png"}, {5, "/c"}}, nil},
		{"places", "<a name=\"x\"></a>\n\n글 <span id='y'>나</span>", nil, []string{"x", "y"}},
		{"in lists and headings", "# [가](/a)\n\n- 하나\n- [나](/b)\n", []Link{{1, "/a"}, {4, "/b"}}, nil},
		{"too hard", strings.Repeat(">", 200) + "[가](/a)", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			links, places := Links(tt.source, Options{})
			if diff := cmp.Diff(tt.want, links); diff != "" {
				t.Errorf("links (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.places, places); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
		})
	}
}
