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

// anyNumber compares words by their text.
var anyNumber = cmp.Comparer(func(a, b Word) bool { return a.Text == b.Text })

func w(text string) Node { return Word{Text: text} }

// parseCases is the query language by example; it also seeds the fuzzer. An empty canon means that the input is
// already canonical.
var parseCases = []struct {
	name  string
	in    string
	want  Node
	canon string
}{
	{"word", "성능", w("성능"), ""},
	{"words", "초당옥수수 취소", and(w("초당옥수수"), w("취소")), ""},
	{"blanks of every kind", "\t 배포 \u3000 자동화\n", and(w("배포"), w("자동화")), "배포 자동화"},
	{"case is kept", "Spring BOOT", and(w("Spring"), w("BOOT")), ""},

	{"phrase", `"데이터 레이크"`, Phrase{"데이터 레이크"}, ""},
	{"phrase of one word", `"go"`, Phrase{"go"}, ""},
	{"phrase with many blanks", "\"  데이터 \n 레이크 \"", Phrase{"데이터 레이크"}, `"데이터 레이크"`},
	{"typographic quotes", "“데이터 레이크”", Phrase{"데이터 레이크"}, `"데이터 레이크"`},
	{"low opening quote", "„data lake“", Phrase{"data lake"}, `"data lake"`},
	{"mixed quotes", "“data lake\" 구축", and(Phrase{"data lake"}, w("구축")), `"data lake" 구축`},
	{"words around a phrase", `빠른 "빌드 캐시" go`, and(w("빠른"), Phrase{"빌드 캐시"}, w("go")), ""},
	{"phrase without blank after it", `"빌드 캐시"활용`, and(Phrase{"빌드 캐시"}, w("활용")), `"빌드 캐시" 활용`},
	{"phrase beside phrase", `"a""b"`, and(Phrase{"a"}, Phrase{"b"}), `"a" "b"`},
	{"operators inside a phrase", `"tag:x -y"`, Phrase{"tag:x -y"}, ""},
	{"unclosed quote", `go "빌드 캐시`, and(w("go"), Phrase{"빌드 캐시"}), `go "빌드 캐시"`},
	{"empty phrase", `""`, w(`""`), ""},
	{"blank phrase", `"  " go`, and(w(`""`), w("go")), `"" go`},
	{"lone quote", `"`, w(`""`), `""`},
	{"quote inside a word", `5" disk`, and(w(`5"`), w("disk")), ""},

	{"excluded word", "배포 -수동", and(w("배포"), not(w("수동"))), ""},
	{"excluded phrase", `-"수동 배포"`, not(Phrase{"수동 배포"}), ""},
	{"excluded tag", "-tag:회고", not(Tag{"회고"}), ""},
	{"excluded category", `-category:"옛 글"`, not(Category{"옛 글"}), ""},
	{"excluded empty phrase", `-""`, not(w(`""`)), ""},
	{"excluded tag without value", "-tag:", not(w("tag:")), ""},
	{"lone minus", "-", w("-"), ""},
	{"minus before a blank", "a - b", and(w("a"), w("-"), w("b")), ""},
	{"two minuses", "--no-cache", w("--no-cache"), ""},
	{"minus inside a word", "end-to-end", w("end-to-end"), ""},
	{"minus at the end", "c-", w("c-"), ""},

	{"tag", "tag:ifkakao 성장", and(Tag{"ifkakao"}, w("성장")), ""},
	{"tag in capitals", "TAG:Go", Tag{"Go"}, "tag:Go"},
	{"quoted tag", `tag:"spring boot"`, Tag{"spring boot"}, ""},
	{"tag in typographic quotes", "tag:“spring boot”", Tag{"spring boot"}, `tag:"spring boot"`},
	{"quoted tag without blank", `tag:"go"`, Tag{"go"}, "tag:go"},
	{"quoted tag, unclosed", `tag:"spring boot`, Tag{"spring boot"}, `tag:"spring boot"`},
	{"quoted tag, then a word", `tag:"a b"c`, and(Tag{"a b"}, w("c")), `tag:"a b" c`},
	{"tag of symbols", "tag:c++", Tag{"c++"}, ""},
	{"tag with a colon", "tag:a:b", Tag{"a:b"}, ""},
	{"tag with a minus", "tag:-x", Tag{"-x"}, ""},
	{"tag with a quote inside", `tag:5"`, Tag{`5"`}, ""},
	{"tag without value", "tag:", w("tag:"), ""},
	{"tag before a blank", "Tag: go", and(w("Tag:"), w("go")), ""},
	{"tag of an empty quote", `tag:"" go`, and(w("tag:"), w("go")), "tag: go"},
	{"full-width colon", "tag：go", w("tag：go"), ""},
	{"category", "Category:회고", Category{"회고"}, "category:회고"},
	{"prefix of a longer key", "hashtag:x", w("hashtag:x"), ""},

	{"C++", "C++", w("C++"), ""},
	{"C#", "C#", w("C#"), ""},
	{".NET", ".NET", w(".NET"), ""},
	{"path", "net/http", w("net/http"), ""},
	{"unknown key", "key:value", w("key:value"), ""},
	{"address", "http://x", w("http://x"), ""},
	{"wildcards and regexps are words", "* /.*/ 가~2", and(w("*"), w("/.*/"), w("가~2")), ""},
	{"brackets are words", "((a", w("((a"), ""},
	{"only punctuation", "?! ...", and(w("?!"), w("...")), ""},
	{"half a syllable", "ㄱ ㅏ", and(w("ㄱ"), w("ㅏ")), ""},

	{"alternatives", "카프카 OR 래빗엠큐", or2(w("카프카"), w("래빗엠큐")), ""},
	{"three alternatives", "a OR b OR c", or2(w("a"), w("b"), w("c")), ""},
	{"blanks bind closer than OR", "a b OR c", or2(and(w("a"), w("b")), w("c")), ""},
	{"or in small letters is a word", "a or b", and(w("a"), w("or"), w("b")), ""},
	{"OR at the beginning", "OR a", and(w("OR"), w("a")), "(OR) a"},
	{"OR at the end", "a OR", and(w("a"), w("OR")), "a (OR)"},
	{"OR alone", "OR", w("OR"), ""},
	{"OR twice", "a OR OR b", or2(and(w("a"), w("OR")), w("b")), "a (OR) OR b"},
	{"OR in a word", "ORM OR JPA", or2(w("ORM"), w("JPA")), ""},
	{"group", "(a OR b) c", and(or2(w("a"), w("b")), w("c")), ""},
	{"group of words", "(a b) c", and(w("a"), w("b"), w("c")), "a b c"},
	{"group in a group", "((a OR b) c) OR d", or2(and(or2(w("a"), w("b")), w("c")), w("d")), "(a OR b) c OR d"},
	{"group of one", "(a)", w("a"), "a"},
	{"group beside a word", "(a OR b)c", and(or2(w("a"), w("b")), w("c")), "(a OR b) c"},
	{"excluded group", "a -(b OR c)", and(w("a"), not(or2(w("b"), w("c")))), ""},
	{"excluded words", "-(b c)", not(and(w("b"), w("c"))), ""},
	{"excluded twice", "-(-a)", w("a"), "a"},
	{"call in a group", "(f(x) OR g)", or2(w("f(x)"), w("g")), "f(x) OR g"},
	{"call", "f(x) g()", and(w("f(x)"), w("g()")), ""},
	{"unclosed group", "(a b", and(w("(a"), w("b")), ""},
	{"closing alone", "a) b", and(w("a)"), w("b")), ""},
	{"empty group", "() a", and(w("()"), w("a")), ""},
	{"closing in quotes", `(a "b)"`, and(w("(a"), Phrase{"b)"}), ""},
	{"quoted in a group", `("a b" OR tag:"c d")`, or2(Phrase{"a b"}, Tag{"c d"}), `"a b" OR tag:"c d"`},
	{"minus in a group", "(a -b)", and(w("a"), not(w("b"))), "a -b"},
	{"minus at the end of a group", "(a -)", and(w("a"), w("-")), "a -"},

	{"title", "title:성능 테스트", and(In{"title", w("성능")}, w("테스트")), ""},
	{"phrase in the title", `Title:"성능 테스트"`, In{"title", Phrase{"성능 테스트"}}, `title:"성능 테스트"`},
	{"heading", "heading:결론", In{"heading", w("결론")}, ""},
	{"excluded title", "-title:x", not(In{"title", w("x")}), ""},
	{"title without value", "title: x", and(w("title:"), w("x")), ""},
	{"title in a group", "(title:a OR heading:b)", or2(In{"title", w("a")}, In{"heading", w("b")}), "title:a OR heading:b"},
	{"after a year", "after:2019 회고", and(After{"2019"}, w("회고")), ""},
	{"before a month", "before:2019-08", Before{"2019-08"}, ""},
	{"after a day", `after:"2019-08-29"`, After{"2019-08-29"}, "after:2019-08-29"},
	{"no date", "after:soon", w("after:soon"), ""},
	{"no such day", "before:2019-02-30", w("before:2019-02-30"), ""},
	{"a date beside OR", "after:2019 OR a", or2(w("after:2019"), w("a")), ""},
	{"a date in a group", "(after:2019) a", and(After{"2019"}, w("a")), "after:2019 a"},
	{"a date in an alternative", "a OR (after:2019 b)", or2(w("a"), and(w("after:2019"), w("b"))), "a OR after:2019 b"},
	{"a date excluded", "-after:2019", not(w("after:2019")), ""},

	{"nothing", "", nil, ""},
	{"only blanks", " \t\n\u00a0\u3000", nil, ""},
	{"only invisible characters", "\u200b\ufeff", nil, ""},
	{"invalid UTF-8", "가\xff\xfe나", w("가\ufffd나"), "가\ufffd나"},
	{"half a rune", "가\xea\xb0", w("가\ufffd"), "가\ufffd"},
	{"decomposed Hangul", "\u1109\u1165\u11bc\u1102\u1173\u11bc", w("성능"), "성능"},
	{"decomposed Latin", "cafe\u0301", w("café"), "café"},
	{"control characters", "a\x00b\x07c", and(w("a"), w("b"), w("c")), "a b c"},
	{"zero-width inside a word", "성\u200b능", w("성능"), "성능"},
	{"zero-width inside a prefix", "ta\u200bg:x", Tag{"x"}, "tag:x"},
	{"zero-width before an accent", "e\u200b\u0301", w("é"), "é"},
	{"direction override", "a\u202eb", w("ab"), "ab"},
}

func TestParse(t *testing.T) {
	for _, c := range parseCases {
		t.Run(c.name, func(t *testing.T) {
			parsed := Parse(c.in)
			got := parsed.Tree
			if diff := cmp.Diff(c.want, got, anyNumber); diff != "" {
				t.Fatalf("Parse(%q) (-want +got):\n%s", c.in, diff)
			}
			if parsed.Truncated {
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
			again := Parse(got.String()).Tree
			if diff := cmp.Diff(got, again, anyNumber); diff != "" {
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
			parsed := Parse(tt.in)
			n, truncated := parsed.Tree, parsed.Truncated
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
		parsed := Parse(in)
		n := parsed.Tree
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
		if len(in) > MaxBytes && !parsed.Truncated {
			t.Fatalf("Parse of %d bytes is not truncated", len(in))
		}
		if len(s) > MaxBytes {
			return
		}
		again := Parse(s)
		if diff := cmp.Diff(n, again.Tree, anyNumber); diff != "" || again.Truncated {
			t.Fatalf("Parse(%q) -> %q -> truncated %v, (-want +got):\n%s", in, s, again.Truncated, diff)
		}
	})
}
