package indexer

import (
	"strings"
	"testing"
	"time"

	"chaja/indexer/text"
	"chaja/search"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	kst := time.FixedZone("", 9*60*60)
	for _, tt := range []struct {
		name, id, source string
		want             search.Document
	}{
		{"all stated", "content/posts/2020-01-02-a.md",
			"---\ntitle: 제목\ndate: 2020-03-04 05:06 +0900\ntags: [가, 나]\ncategories: [다]\nlang: ko\n---\n글\n## 절\n끝",
			search.Document{
				URL: "/2020/01/a/", Title: "제목", Date: time.Date(2020, 3, 4, 5, 6, 0, 0, kst), Lang: "ko",
				Tags: []string{"가", "나"}, Categories: []string{"다"}, Body: "글\n끝",
				Sections: []search.Section{{End: 4}, {Heading: "절", Level: 2, Anchor: "절", Start: 4, End: 7}},
			}},
		{"nothing stated", "2020-1-2-my-first_post.md", "text",
			search.Document{
				URL: "/2020/01/my-first_post/", Title: "my first post", Date: time.Date(2020, 1, 2, 0, 0, 0, 0, kst),
				Lang: "en", Body: "text", Sections: []search.Section{{End: 4}},
			}},
		{"title of the first heading", "a.md", "글\n\n# ![](x.png)\n# 제목\n",
			search.Document{
				URL: "/a/", Title: "제목", Lang: "ko", Body: "글\n",
				Sections: []search.Section{{End: 4}, {Level: 1, Start: 4, End: 4},
					{Heading: "제목", Level: 1, Anchor: "제목", Start: 4, End: 4}},
			}},
		{"empty, nameless", "-.md", "", search.Document{URL: "/-/", Title: "-.md", Lang: "en"}},
		{"index", "content/안내/index.md", "", search.Document{URL: "/%EC%95%88%EB%82%B4/", Title: "안내", Lang: "ko"}},
		{"English that quotes Hangul", "a.md", strings.Repeat("about the alphabet ", 20) + "한글",
			search.Document{URL: "/a/", Title: "a", Lang: "en", Body: strings.Repeat("about the alphabet ", 20) + "한글",
				Sections: []search.Section{{End: 386}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := Parse(tt.id, []byte(tt.source))
			tt.want.ID = tt.id
			if diff := cmp.Diff(tt.want, got); diff != "" || len(problems) > 0 {
				t.Errorf("Parse (-want +got):\n%s\nproblems %v", diff, problems)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("---\ntitle: 제목\n---\n# 절\n글"))
	f.Add([]byte("\xff\xfe#\x00 \x00"))
	f.Add([]byte("+++\r\ntags = [1]\r\n+++\r\n|a|\r\n|-|\r\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		d, _ := Parse("a.md", source)
		for _, s := range append([]string{d.Title, d.Body, d.Lang}, d.Tags...) {
			if s != text.Clean(s) {
				t.Errorf("%q is not clean", s)
			}
		}
		if d.Title == "" {
			t.Error("no title")
		}
	})
}

// TestParseAgain: what holds for all posts, such as the clock of the machine, is found out once.
func TestParseAgain(t *testing.T) {
	source := []byte("# 제목\n\n본문은 짧다.\n")
	Parse("a.md", source)
	if n := testing.AllocsPerRun(20, func() { Parse("a.md", source) }); n > 1000 {
		t.Errorf("a post of three lines takes %.0f allocations", n)
	}
}
