package frontmatter

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"chaja/indexer/internal/spec"
	"chaja/indexer/text"

	"github.com/google/go-cmp/cmp"
)

func TestSpec(t *testing.T) {
	for _, c := range spec.Read(t, "testdata/matter.txt") {
		t.Run(c.Name, func(t *testing.T) {
			if diff := cmp.Diff(c.Want, render(Read(c.Input))); diff != "" {
				t.Errorf("Read (-want +got):\n%s", diff)
			}
		})
	}
}

// render writes what was read as the spec file shows it.
func render(m Matter, body string, problems []Problem) string {
	var b strings.Builder
	show := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, value)
		}
	}
	show("title", m.Title)
	if !m.Date.IsZero() {
		show("date", m.Date.Format(time.RFC3339))
	}
	show("tags", strings.Join(m.Tags, " | "))
	show("categories", strings.Join(m.Categories, " | "))
	show("lang", m.Lang)
	show("permalink", m.Permalink)
	show("slug", m.Slug)
	for _, p := range problems {
		show("problem", fmt.Sprintf("%d: %s", p.Line, p.Message))
	}
	return b.String() + fmt.Sprintf("body: %q", body)
}

func TestParseDate(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"2019-08-29 19:59 +0900", "2019-08-29T19:59:00+09:00"},
		{"2019-08-29 19:59:07 +0900", "2019-08-29T19:59:07+09:00"},
		{"2019-08-29T19:59:07Z", "2019-08-29T19:59:07Z"},
		{"2019-08-29T19:59:07.123-04:00", "2019-08-29T19:59:07-04:00"},
		{"2019-08-29T19:59+09:00", "2019-08-29T19:59:00+09:00"},
		{"2019-08-29 19:59", "2019-08-29T19:59:00+09:00"},
		{"2019-08-29", "2019-08-29T00:00:00+09:00"},
		{"2013-10-3", "2013-10-03T00:00:00+09:00"},
		{"2019/08/29 7:05", "2019-08-29T07:05:00+09:00"},
		{"2019-08-29 19:59:07 UTC", "2019-08-29T19:59:07Z"},
		{"2019-08-29 19:59:07 +0900 KST", "2019-08-29T19:59:07+09:00"},
		{"2019-08-29 19:59:07.999999 -0700 PDT", "2019-08-29T19:59:07-07:00"},
		{"2019-08-29 10:59:07 EST", "2019-08-29T10:59:07-05:00"},
		{"2019-08-29 19:59:07 Asia/Seoul", "2019-08-29T19:59:07+09:00"},
		{"2019-08-29 19:59 +09", "2019-08-29T19:59:00+09:00"},
		{"2019-08-29T19:59:07,5+0900", "2019-08-29T19:59:07+09:00"},
		{"2019.08.29", "2019-08-29T00:00:00+09:00"},
		{"2019. 8. 29.", "2019-08-29T00:00:00+09:00"},
		{"2019. 8. 29. 오후 7:59", "2019-08-29T19:59:00+09:00"},
		{"2019-08-29 (목) 19:59", "2019-08-29T19:59:00+09:00"},
		{"2019년 8월 29일", "2019-08-29T00:00:00+09:00"},
		{"2019년 8월 29일 목요일 오전 12시 5분 6초", "2019-08-29T00:05:06+09:00"},
		{"2019년 8월 29일 (목) 7시", "2019-08-29T07:00:00+09:00"},
		{"2019-08-29 07:59 PM", "2019-08-29T19:59:00+09:00"},
		{"2019-8-29 9:5:3", "2019-08-29T09:05:03+09:00"},
		{"19-01-05", "2019-01-05T00:00:00+09:00"},
		{"98-01-05", "1998-01-05T00:00:00+09:00"},
		{"20190829", "2019-08-29T00:00:00+09:00"},
		{"20190829T1959", "2019-08-29T19:59:00+09:00"},
		{"2019-08", "2019-08-01T00:00:00+09:00"},
		{"1567076340", "2019-08-29T19:59:00+09:00"},
		{"1567076340000", "2019-08-29T19:59:00+09:00"},
		{"915148800000", "1999-01-01T09:00:00+09:00"},
		{"201908291959", "2019-08-29T19:59:00+09:00"},
		{"201913291959", ""},
		{"Thu, 29 Aug 2019 19:59:07 +0900", "2019-08-29T19:59:07+09:00"},
		{"Thu, 29 Aug 2019 19:59:07 KST", "2019-08-29T19:59:07+09:00"},
		{"Thu Aug 29 2019 19:59:07 GMT+0900 (KST)", "2019-08-29T19:59:07+09:00"},
		{"Aug 29, 2019", "2019-08-29T00:00:00+09:00"},
		{"August 29, 2019 7:59 PM", "2019-08-29T19:59:00+09:00"},
		{"29 August 2019", "2019-08-29T00:00:00+09:00"},
		{"2020-02-30", ""},
		{"2019-02-29", ""},
		{"2019-08-29 13:00 PM", ""},
		{"2019-08-29 오전 7:00 PM", ""},
		{"2019-08-29 19:60", ""},
		{"2019-08-29 19:59 XYZ", ""},
		{"20191329", ""},
		{"0000-00-00", ""},
		{"2019-00-10", ""},
		{"01/02/03", ""},
		{"Aug 32, 2019", ""},
		{"오늘", ""},
		{"2019-08-29 24:00", ""},
		{"2019-08-29 19:59 +9900", ""},
		{"29/08/2019", ""},
		{"Invalid date", ""},
		{"", ""},
	} {
		t.Run(tt.in, func(t *testing.T) {
			date, ok := ParseDate(tt.in)
			if got := date.Format(time.RFC3339); ok != (tt.want != "") || ok && got != tt.want {
				t.Errorf("ParseDate(%q) = %s, %v; want %q", tt.in, got, ok, tt.want)
			}
		})
	}
}

func TestHostile(t *testing.T) {
	var keys, bomb strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&keys, "k%d: 1\n", i)
	}
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 8))
	}
	for _, tt := range []struct{ name, yaml string }{
		{"alias bomb", bomb.String() + "tags: *a29\ntitle: 제목"},
		{"alias of itself", "tags: &a [*a, x]\ntitle: 제목"},
		{"many keys", keys.String() + "title: 제목"},
		{"deep list", "tags: " + strings.Repeat("[", 12000) + "\ntitle: 제목"},
		{"deep closed list", "title: 제목\ntags: " + strings.Repeat("[", 12000) + strings.Repeat("]", 12000)},
		{"many values", "tags: [" + strings.Repeat("a, ", 20000) + "a]\ntitle: 제목"},
		{"binary", "x: !!binary /w==\ntitle: !!binary 제목"},
		{"long line", "x: " + strings.Repeat("가", 20000) + "\ntitle: 제목"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			m, body, _ := Read("---\n" + tt.yaml + "\n---\n본문")
			if m.Title != "제목" || body != "본문" {
				t.Errorf("title = %q, %d bytes of body", m.Title, len(body))
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
	t.Run("too long", func(t *testing.T) {
		source := "---\ntitle: a\n" + strings.Repeat("# 가나다\n", 1<<20) + "---\n본문"
		m, body, problems := Read(source)
		if m.Title != "" || body != source || len(problems) != 1 {
			t.Errorf("title = %q, %d bytes of body, problems %v", m.Title, len(body), problems)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, c := range spec.Read(f, "testdata/matter.txt") {
		f.Add(c.Input)
	}
	f.Fuzz(func(t *testing.T, source string) {
		source = text.Clean(source)
		m, body, problems := Read(source)
		if !strings.HasSuffix(source, body) {
			t.Errorf("the body is not the rest of %q: %q", source, body)
		}
		for _, s := range append(append([]string{m.Title, m.Lang}, m.Tags...), m.Categories...) {
			if s != text.Clean(s) || s != strings.TrimSpace(s) || strings.Contains(s, "\n") {
				t.Errorf("%q is not one clean line", s)
			}
		}
		for _, p := range problems {
			if p.Line < 1 || p.Line > 2+strings.Count(source, "\n") {
				t.Errorf("line %d of %q: %s", p.Line, source, p.Message)
			}
		}
		if _, err := m.Date.MarshalJSON(); err != nil {
			t.Errorf("date %v: %v", m.Date, err)
		}
	})
}

// TestLinear: front matter of twice the length takes twice the memory, whatever is in it.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("it measures memory, of which the race detector takes its own")
	}
	allocated := func(source string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Read(source)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for _, tt := range []struct{ name, before, anchor, unit, after string }{
		{"a deep key of TOML", "+++\ntitle = 'x'\n", "", "a.", "b = 1\n+++\n"},
		{"deep tables of TOML", "+++\ntitle = 'x'\na = ", "", "{a = ", "1\n+++\n"},
		{"a list that many aliases stand for", "---\na: &a [", "[1,1,1,1,1,1,1,1],", "tags: *a\n", "---\n"},
		{"a list of aliases", "---\na: &a [", "[1,1,1,1,1,1,1,1],", "k: [*a,*a,*a,*a,*a,*a]\ntags: [*a,*a,*a]\n", "---\n"},
		{"a mapping that many aliases stand for", "---\na: &a {", "b: {c: d},", "tags: *a\n", "---\n"},
		{"lists in lists", "---\ntags: ", "", "[", "\n---\n"},
		{"lists in lists of JSON", ";;;\n\"tags\": ", "", "[", "\n;;;\n"},
		{"titles", "---\n", "", "title: a\n", "---\n"},
		{"titles of JSON", ";;;\n", "", "\"title\": 1,\n", "\"title\": 1\n;;;\n"},
		{"broken lines", "---\n", "", "title: [\n", "---\n"},
		{"continued lines", "---\ntitle: [\n", "", "  a,\n", "---\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			made := func(n int) string {
				anchor := strings.Repeat(tt.anchor, n/2/max(1, len(tt.anchor)))
				if anchor != "" {
					anchor += "]\n"
				}
				if strings.HasSuffix(tt.before, "{") {
					anchor = strings.Replace(anchor, "]\n", "}\n", 1)
				}
				return tt.before + anchor + strings.Repeat(tt.unit, (n-len(anchor))/len(tt.unit)) + tt.after
			}
			const n = 30 << 10
			a, b := allocated(made(n)), allocated(made(2*n))
			if b > 3*(a+1<<20) || b > 100<<20 {
				t.Errorf("%d bytes take %d KB, %d bytes %d KB", n, a>>10, 2*n, b>>10)
			}
		})
	}
}

// TestComments: YAML drops what follows " #" without a word, which people mean as a part of a name.
func TestComments(t *testing.T) {
	for source, told := range map[string]bool{
		"title: C# 과 자바 # 비교\n":              true,
		"tags: #자바 #스프링\n":                   true,
		"title: x\ntags:\n  - 자바 #언어\n":      true,
		"title: x\ntags:\n  - #자바\n  - 하나\n": true,
		"title: x\ntags:\n- 하나\n- #자바\n":     true,
		"title: x\ntags:\n  # 설명\n  - 하나\n":  false,
		"title: C# 과 F#\n":                   false,
		"title: \"a # b\"\n":                 false,
		"# 설명\ntitle: x\n":                   false,
		"layout: post # 보기\ntitle: x\n":      false,
	} {
		_, _, problems := Read("---\n" + source + "---\n본문\n")
		if got := len(problems) == 1 && strings.Contains(problems[0].Message, "is a comment"); got != told || !told && len(problems) > 0 {
			t.Errorf("%q: %v", source, problems)
		}
	}
}
