package query

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func and(nodes ...Node) Node { return And{Nodes: nodes} }
func or2(nodes ...Node) Node { return Or{Nodes: nodes} }
func not(n Node) Node        { return Not{Node: n} }

// parseCases is the query language by example; it also seeds the fuzzer. An empty canon means that the input is
// already canonical.
var parseCases = []struct {
	name  string
	in    string
	want  Node
	canon string
}{
	{"word", "성능", Word{"성능"}, ""},
	{"words", "초당옥수수 취소", and(Word{"초당옥수수"}, Word{"취소"}), ""},
	{"blanks of every kind", "\t 배포 \u3000 자동화\n", and(Word{"배포"}, Word{"자동화"}), "배포 자동화"},
	{"case is kept", "Spring BOOT", and(Word{"Spring"}, Word{"BOOT"}), ""},

	{"phrase", `"데이터 레이크"`, Phrase{"데이터 레이크"}, ""},
	{"phrase of one word", `"go"`, Phrase{"go"}, ""},
	{"phrase with many blanks", "\"  데이터 \n 레이크 \"", Phrase{"데이터 레이크"}, `"데이터 레이크"`},
	{"typographic quotes", "“데이터 레이크”", Phrase{"데이터 레이크"}, `"데이터 레이크"`},
	{"low opening quote", "„data lake“", Phrase{"data lake"}, `"data lake"`},
	{"mixed quotes", "“data lake\" 구축", and(Phrase{"data lake"}, Word{"구축"}), `"data lake" 구축`},
	{"words around a phrase", `빠른 "빌드 캐시" go`, and(Word{"빠른"}, Phrase{"빌드 캐시"}, Word{"go"}), ""},
	{"phrase without blank after it", `"빌드 캐시"활용`, and(Phrase{"빌드 캐시"}, Word{"활용"}), `"빌드 캐시" 활용`},
	{"phrase beside phrase", `"a""b"`, and(Phrase{"a"}, Phrase{"b"}), `"a" "b"`},
	{"operators inside a phrase", `"tag:x -y"`, Phrase{"tag:x -y"}, ""},
	{"unclosed quote", `go "빌드 캐시`, and(Word{"go"}, Phrase{"빌드 캐시"}), `go "빌드 캐시"`},
	{"empty phrase", `""`, Word{`""`}, ""},
	{"blank phrase", `"  " go`, and(Word{`""`}, Word{"go"}), `"" go`},
	{"lone quote", `"`, Word{`""`}, `""`},
	{"quote inside a word", `5" disk`, and(Word{`5"`}, Word{"disk"}), ""},

	{"excluded word", "배포 -수동", and(Word{"배포"}, not(Word{"수동"})), ""},
	{"excluded phrase", `-"수동 배포"`, not(Phrase{"수동 배포"}), ""},
	{"excluded tag", "-tag:회고", not(Tag{"회고"}), ""},
	{"excluded category", `-category:"옛 글"`, not(Category{"옛 글"}), ""},
	{"excluded empty phrase", `-""`, not(Word{`""`}), ""},
	{"excluded tag without value", "-tag:", not(Word{"tag:"}), ""},
	{"lone minus", "-", Word{"-"}, ""},
	{"minus before a blank", "a - b", and(Word{"a"}, Word{"-"}, Word{"b"}), ""},
	{"two minuses", "--no-cache", Word{"--no-cache"}, ""},
	{"minus inside a word", "end-to-end", Word{"end-to-end"}, ""},
	{"minus at the end", "c-", Word{"c-"}, ""},

	{"tag", "tag:ifkakao 성장", and(Tag{"ifkakao"}, Word{"성장"}), ""},
	{"tag in capitals", "TAG:Go", Tag{"Go"}, "tag:Go"},
	{"quoted tag", `tag:"spring boot"`, Tag{"spring boot"}, ""},
	{"tag in typographic quotes", "tag:“spring boot”", Tag{"spring boot"}, `tag:"spring boot"`},
	{"quoted tag without blank", `tag:"go"`, Tag{"go"}, "tag:go"},
	{"quoted tag, unclosed", `tag:"spring boot`, Tag{"spring boot"}, `tag:"spring boot"`},
	{"quoted tag, then a word", `tag:"a b"c`, and(Tag{"a b"}, Word{"c"}), `tag:"a b" c`},
	{"tag of symbols", "tag:c++", Tag{"c++"}, ""},
	{"tag with a colon", "tag:a:b", Tag{"a:b"}, ""},
	{"tag with a minus", "tag:-x", Tag{"-x"}, ""},
	{"tag with a quote inside", `tag:5"`, Tag{`5"`}, ""},
	{"tag without value", "tag:", Word{"tag:"}, ""},
	{"tag before a blank", "Tag: go", and(Word{"Tag:"}, Word{"go"}), ""},
	{"tag of an empty quote", `tag:"" go`, and(Word{"tag:"}, Word{"go"}), "tag: go"},
	{"full-width colon", "tag：go", Word{"tag：go"}, ""},
	{"category", "Category:회고", Category{"회고"}, "category:회고"},
	{"prefix of a longer key", "hashtag:x", Word{"hashtag:x"}, ""},

	{"C++", "C++", Word{"C++"}, ""},
	{"C#", "C#", Word{"C#"}, ""},
	{".NET", ".NET", Word{".NET"}, ""},
	{"path", "net/http", Word{"net/http"}, ""},
	{"unknown key", "key:value", Word{"key:value"}, ""},
	{"address", "http://x", Word{"http://x"}, ""},
	{"wildcards and regexps are words", "* /.*/ 가~2", and(Word{"*"}, Word{"/.*/"}, Word{"가~2"}), ""},
	{"brackets are words", "((a", Word{"((a"}, ""},
	{"only punctuation", "?! ...", and(Word{"?!"}, Word{"..."}), ""},
	{"half a syllable", "ㄱ ㅏ", and(Word{"ㄱ"}, Word{"ㅏ"}), ""},

	{"alternatives", "카프카 OR 래빗엠큐", or2(Word{"카프카"}, Word{"래빗엠큐"}), ""},
	{"three alternatives", "a OR b OR c", or2(Word{"a"}, Word{"b"}, Word{"c"}), ""},
	{"blanks bind closer than OR", "a b OR c", or2(and(Word{"a"}, Word{"b"}), Word{"c"}), ""},
	{"or in small letters is a word", "a or b", and(Word{"a"}, Word{"or"}, Word{"b"}), ""},
	{"OR at the beginning", "OR a", and(Word{"OR"}, Word{"a"}), "(OR) a"},
	{"OR at the end", "a OR", and(Word{"a"}, Word{"OR"}), "a (OR)"},
	{"OR alone", "OR", Word{"OR"}, ""},
	{"OR twice", "a OR OR b", or2(and(Word{"a"}, Word{"OR"}), Word{"b"}), "a (OR) OR b"},
	{"OR in a word", "ORM OR JPA", or2(Word{"ORM"}, Word{"JPA"}), ""},
	{"group", "(a OR b) c", and(or2(Word{"a"}, Word{"b"}), Word{"c"}), ""},
	{"group of words", "(a b) c", and(Word{"a"}, Word{"b"}, Word{"c"}), "a b c"},
	{"group in a group", "((a OR b) c) OR d", or2(and(or2(Word{"a"}, Word{"b"}), Word{"c"}), Word{"d"}), "(a OR b) c OR d"},
	{"group of one", "(a)", Word{"a"}, "a"},
	{"group beside a word", "(a OR b)c", and(or2(Word{"a"}, Word{"b"}), Word{"c"}), "(a OR b) c"},
	{"excluded group", "a -(b OR c)", and(Word{"a"}, not(or2(Word{"b"}, Word{"c"}))), ""},
	{"excluded words", "-(b c)", not(and(Word{"b"}, Word{"c"})), ""},
	{"excluded twice", "-(-a)", Word{"a"}, "a"},
	{"call in a group", "(f(x) OR g)", or2(Word{"f(x)"}, Word{"g"}), "f(x) OR g"},
	{"call", "f(x) g()", and(Word{"f(x)"}, Word{"g()"}), ""},
	{"unclosed group", "(a b", and(Word{"(a"}, Word{"b"}), ""},
	{"closing alone", "a) b", and(Word{"a)"}, Word{"b"}), ""},
	{"empty group", "() a", and(Word{"()"}, Word{"a"}), ""},
	{"closing in quotes", `(a "b)"`, and(Word{"(a"}, Phrase{"b)"}), ""},
	{"quoted in a group", `("a b" OR tag:"c d")`, or2(Phrase{"a b"}, Tag{"c d"}), `"a b" OR tag:"c d"`},
	{"minus in a group", "(a -b)", and(Word{"a"}, not(Word{"b"})), "a -b"},
	{"minus at the end of a group", "(a -)", and(Word{"a"}, Word{"-"}), "a -"},

	{"title", "title:성능 테스트", and(In{"title", Word{"성능"}}, Word{"테스트"}), ""},
	{"phrase in the title", `Title:"성능 테스트"`, In{"title", Phrase{"성능 테스트"}}, `title:"성능 테스트"`},
	{"heading", "heading:결론", In{"heading", Word{"결론"}}, ""},
	{"excluded title", "-title:x", not(In{"title", Word{"x"}}), ""},
	{"title without value", "title: x", and(Word{"title:"}, Word{"x"}), ""},
	{"title in a group", "(title:a OR heading:b)", or2(In{"title", Word{"a"}}, In{"heading", Word{"b"}}), "title:a OR heading:b"},
	{"after a year", "after:2019 회고", and(After{"2019"}, Word{"회고"}), ""},
	{"before a month", "before:2019-08", Before{"2019-08"}, ""},
	{"after a day", `after:"2019-08-29"`, After{"2019-08-29"}, "after:2019-08-29"},
	{"no date", "after:soon", Word{"after:soon"}, ""},
	{"no such day", "before:2019-02-30", Word{"before:2019-02-30"}, ""},
	{"a date beside OR", "after:2019 OR a", or2(Word{"after:2019"}, Word{"a"}), ""},
	{"a date in a group", "(after:2019) a", and(After{"2019"}, Word{"a"}), "after:2019 a"},
	{"a date in an alternative", "a OR (after:2019 b)", or2(Word{"a"}, and(Word{"after:2019"}, Word{"b"})), "a OR after:2019 b"},
	{"a date excluded", "-after:2019", not(Word{"after:2019"}), ""},

	{"nothing", "", nil, ""},
	{"only blanks", " \t\n\u00a0\u3000", nil, ""},
	{"only invisible characters", "\u200b\ufeff", nil, ""},
	{"invalid UTF-8", "가\xff\xfe나", Word{"가\ufffd나"}, "가\ufffd나"},
	{"half a rune", "가\xea\xb0", Word{"가\ufffd"}, "가\ufffd"},
	{"decomposed Hangul", "\u1109\u1165\u11bc\u1102\u1173\u11bc", Word{"성능"}, "성능"},
	{"decomposed Latin", "cafe\u0301", Word{"café"}, "café"},
	{"control characters", "a\x00b\x07c", and(Word{"a"}, Word{"b"}, Word{"c"}), "a b c"},
	{"zero-width inside a word", "성\u200b능", Word{"성능"}, "성능"},
	{"zero-width inside a prefix", "ta\u200bg:x", Tag{"x"}, "tag:x"},
	{"zero-width before an accent", "e\u200b\u0301", Word{"é"}, "é"},
	{"direction override", "a\u202eb", Word{"ab"}, "ab"},
}

func TestParse(t *testing.T) {
	for _, c := range parseCases {
		t.Run(c.name, func(t *testing.T) {
			got, truncated := Parse(c.in)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Fatalf("Parse(%q) (-want +got):\n%s", c.in, diff)
			}
			if truncated {
				t.Errorf("Parse(%q) is truncated", c.in)
			}
			if got == nil {
				return
			}
			canon := c.canon
			if canon == "" {
				canon = c.in
			}
			if diff := cmp.Diff(canon, got.String()); diff != "" {
				t.Errorf("String() (-want +got):\n%s", diff)
			}
			again, _ := Parse(got.String())
			if diff := cmp.Diff(got, again); diff != "" {
				t.Errorf("Parse(%q) differs from its origin (-want +got):\n%s", got, diff)
			}
		})
	}
}

func TestParseLimits(t *testing.T) {
	tests := []struct {
		name      string
		in        string
		units     int
		bytes     int
		truncated bool
	}{
		{"as many units as allowed", strings.Repeat("가 ", MaxUnits), MaxUnits, 4*MaxUnits - 1, false},
		{"one unit more", strings.Repeat("가 ", MaxUnits+1), MaxUnits, 4*MaxUnits - 1, true},
		{"ten thousand words", strings.Repeat("가 ", 10_000), MaxUnits, 4*MaxUnits - 1, true},
		{"as many phrases as allowed", strings.Repeat(`"가" `, MaxFixed), MaxFixed, 6*MaxFixed - 1, false},
		{"one phrase more", strings.Repeat(`"가" title:가 `, MaxFixed), MaxFixed, 31, true},
		{"ten thousand minuses", strings.Repeat("- ", 10_000), MaxUnits, 2*MaxUnits - 1, true},
		{"as many bytes as allowed", strings.Repeat("a", MaxBytes), 1, MaxBytes, false},
		{"one byte more", strings.Repeat("a", MaxBytes+1), 1, MaxBytes, true},
		{"a rune over the limit", strings.Repeat("가", MaxBytes), 1, MaxBytes - MaxBytes%3, true},
		{"a word over the limit is left out", "go " + strings.Repeat("a", MaxBytes), 1, 2, true},
		{"blanks before a long word", "  " + strings.Repeat("a", MaxBytes), 1, MaxBytes - 2, true},
		{"an unclosed phrase", `"` + strings.Repeat("a ", MaxBytes), 1, MaxBytes - 1, true},
		{"only continuation bytes", strings.Repeat("\x80", 2*MaxBytes), 1, 3, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, truncated := Parse(tt.in)
			units := 1
			if list, ok := n.(And); ok {
				units = len(list.Nodes)
			}
			if units != tt.units || len(n.String()) != tt.bytes || truncated != tt.truncated {
				t.Errorf("got %d units, %d bytes, truncated %v; want %d, %d, %v",
					units, len(n.String()), truncated, tt.units, tt.bytes, tt.truncated)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add(c.in)
	}
	f.Add("tag:“a" + strings.Repeat("\u0301", 70)) // more accents than one normalized character may have
	f.Fuzz(func(t *testing.T, in string) {
		n, truncated := Parse(in)
		if n == nil {
			return
		}
		s := n.String()
		if !utf8.ValidString(s) {
			t.Fatalf("Parse(%q).String() is not UTF-8: %q", in, s)
		}
		if list, ok := n.(And); ok && (len(list.Nodes) < 2 || len(list.Nodes) > MaxUnits) {
			t.Fatalf("Parse(%q) has %d nodes", in, len(list.Nodes))
		}
		if len(in) > MaxBytes && !truncated {
			t.Fatalf("Parse of %d bytes is not truncated", len(in))
		}
		if len(s) > MaxBytes {
			return
		}
		again, truncated := Parse(s)
		if diff := cmp.Diff(n, again); diff != "" || truncated {
			t.Fatalf("Parse(%q) -> %q -> truncated %v, (-want +got):\n%s", in, s, truncated, diff)
		}
	})
}
