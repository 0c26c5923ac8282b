package indextest

import (
	"testing"

	"chaja/search"
	"chaja/search/match"
	"chaja/search/query"
)

// testMatch: which documents a query finds. The documents are a, b, c and so on.
func testMatch(t *testing.T, open Open) {
	for _, group := range append(syntaxGroups(), textGroups()...) {
		t.Run(group.name, func(t *testing.T) {
			x := open.index(t, posts(group.posts...)...)
			for _, c := range group.cases {
				t.Run(c.query, func(t *testing.T) { equal(t, "documents", ids(t, x, c.query), c.want) })
			}
		})
	}
}

// matchGroup is some documents and what queries find among them.
type matchGroup struct {
	name  string
	posts []string
	cases []matchCase
}

// matchCase is a query and the IDs of the documents it finds.
type matchCase struct{ query, want string }

// syntaxGroups are about the forms of the query language and the fields.
func syntaxGroups() []matchGroup {
	return []matchGroup{
		{"no documents", nil, []matchCase{{"", ""}, {"go", ""}, {"-go", ""}, {`"a b"`, ""}, {"tag:go", ""}}},
		{"fields", []string{
			"# alpha\nbody one", "tags: alpha\nbody two", "opening\n## alpha\nbody three", "alpha body", "categories: alpha\nlast",
			"# beta\ntags: gamma\nopening\n## delta\ntext", "before\n\tmain alpha\nafter",
		}, []matchCase{
			{"", "a b c d e f g"}, {"alpha", "a b c d e g"}, {"alpha body", "a b c d"}, {"alpha three", "c"}, {"alpha missing", ""},
			{"before main after", "g"}, {`"main alpha"`, "g"}, {`"before main"`, ""}, {`"before after"`, ""}, {"alpha -main", "a b c d e"},
			{"beta gamma delta text", "f"},
			{"ALPHA Body", "a b c d"},
		}},
		{"excluded", []string{"red green", "red blue", "green blue", "the red apple tree", "tags: red\nwhite"}, []matchCase{
			{"red -green", "b d e"},
			{"-red", "c"},
			{"-red -blue", ""},
			{"-missing", "a b c d e"},
			{`red -"apple tree"`, "a b e"},
			{`-"red apple"`, "a b c e"},
			{`-"apple red"`, "a b c d e"},
			{"red -tag:red", "a b d"},
			{"-tag:red", "a b c d"},
			{"red -red", ""},
		}},
		{"alternatives", []string{"red green", "red blue", "green blue", "white", "tags: go\nred white"}, []matchCase{
			{"white OR green", "a c d e"}, {"red white OR blue", "b c e"}, {"(white OR blue) red", "b e"}, {"red -(green OR white)", "b"},
			{"-(red blue)", "a c d e"}, {"tag:go OR green blue", "c e"}, {`"red green" OR white`, "a d e"}, {"missing OR gone", ""},
			{"red OR -white", "a b c e"},
		}},
		{"one field", []string{"# red tree\ngreen", "# green\n## red tree\nblue", "# blue\nred tree", "# 서울시청\nx", "# tree\n## x\nred"}, []matchCase{
			{"title:red", "a"}, {"heading:red", "b"}, {`title:"red tree"`, "a"}, {`heading:"tree red"`, ""}, {"title:tree red", "a e"},
			{"-title:tree", "b c d"}, {"title:red OR heading:red", "a b"}, {"title:시청", "d"}, {"title:missing", ""}, {"title:red title:tree", "a"},
		}},
		{"phrases", phrasePosts(), []matchCase{
			{`"apple tree"`, "a c d g"},
			{`"tree apple"`, "b d"},
			{`"apple apple tree"`, "c"},
			{`"apple apple"`, "c"},
			{`"apple apple apple"`, ""},
			{`"tree apple tree"`, "d"},
			{`"apple tree" green`, "g"},
			{`"red apple"`, ""},
			{`"cold water"`, ""},
			{`"green apple tree red"`, ""},
		}},
		{"a phrase stays in its field", []string{
			"# stone\nbridge", "# bridge\nan old stone", "# stone bridge\nnothing", "old\n## stone\nbridge", "tags: stone\nbridge stone",
		}, []matchCase{{`"stone bridge"`, "c"}, {`"old stone"`, "b"}, {`"bridge stone"`, "e"}}},
		{"tags", []string{
			"tags: Spring Boot, C++", "tags: spring-boot, C#", "tags: SpringBoot\ncategories: c++", "tags: spring_boot2, C", "tags: ｇｏ, node.js\ncategories: Dev Ops",
		}, []matchCase{
			{"tag:springboot", "a b c"},
			{`tag:"SPRING boot"`, "a b c"},
			{"tag:spring", ""},
			{"tag:c++", "a"},
			{"tag:c#", "b"},
			{"tag:c", "d"},
			{"tag:go", "e"},
			{"tag:node.js", "e"},
			{"category:c++", "c"},
			{`category:"dev-ops" tag:GO`, "e"},
			{"tag:springboot -tag:c#", "a c"},
			{"c++", "a c"},
			{"boot", "a b c d"},
		}},
	}
}

// textGroups are about words in Korean, in English and in neither.
func textGroups() []matchGroup {
	return []matchGroup{
		{"Korean", []string{
			"서울은 크다", "서울시청에서 만나다", "시청을 서울의 옆에 짓다", "성능개선을 하다", "에어플로우를 쓰다", "漢字를 쓰다", "データを 쓰다",
		}, []matchCase{
			{"서울", "a b c"},
			{"서울을", "a b c"},
			{"시청", "b c"},
			{"서울시청", "b c"},
			{`"서울 시청"`, "b"},
			{`"시청 서울"`, "c"},
			{"성능", "d"},
			{"개선", "d"},
			{"성능 개선", "d"},
			{"개선성능", ""},
			{"로우", "e"}, // one bigram
			{"플로우", ""}, // several, which may stand apart
			{"에어플로우", "e"},
			{"에어플로", ""},
			{"플로우에어", ""},
			{"漢字", "f"},
			{"データ", "g"},
			{"\u1109\u1165\u110b\u116e\u11af", "a b c"},
		}},
		{"English stems", []string{"indexes are built", "the index", "running fast", "he runs"}, []matchCase{
			{"index", "a b"}, {"indexing", "a b"}, {"Run", "c d"}, {"runs", "c d"}, {"fas", ""},
		}},
		{"camelCase", []string{
			"GitHub Actions 설정", "github actions 설정", "spring boot 시작", "SpringBoot 시작", "springboot 시작", "v2.6.1 배포", "2.6.2 배포",
		}, []matchCase{
			{"github", "a b"}, {"GitHub", "a b"}, {`"github actions"`, "a b"}, {`"GitHub Actions"`, "a b"}, {"hub", "a"},
			{"설정 -GitHub", ""}, {"설정 -git", "b"},
			{"spring boot", "c d"}, {"SpringBoot", "c d e"}, {"springboot", "d e"}, {`"SpringBoot 시작"`, "d e"},
			{"배포 -2.6.1", "g"}, {`"2.6 배포"`, "f g"}, {`"v2.6.1 배포"`, "f"},
		}},
		{"identifiers", []string{
			"net/http 서버", "C++ 컴파일러", "k8s에서 돌린다", "JDK17로 옮긴다", "2011가합7397 판결", "70만 명", "v2.6.1 배포", "Node.js", "C# 과 C 언어", "http 서버",
		}, []matchCase{
			{"net/http", "a"}, {"http", "a j"}, {"net", "a"},
			{"C++", "b"}, {"c++", "b"}, {"C#", "i"}, {"C", "i"},
			{"k8s", "c"}, {"K8S에서", "c"},
			{"JDK17", "d"}, {"jdk", "d"}, {"17", "d"},
			{"2011가합7397", "e"}, {"7397", "e"}, {"가합", "e"}, {"2011가합7398", ""},
			{"70만", "f"}, {"70", "f"},
			{"v2.6.1", "g"}, {"2.6.1", "g"}, {"2.6", "g"}, {"V2", "g"}, {"v2.6.2", ""}, {"6.1", ""},
			{"node.js", "h"}, {"Node", "h"}, {"NodeJS", "h"}, {"node-js", "h"},
		}},
	}
}

// phrasePosts have the words of phrases in their order, out of order, repeated, and apart in fields and values.
func phrasePosts() []string {
	return []string{
		"an apple tree stands", "tree apple", "apple apple tree", "a tree apple x tree apple tree",
		"# red\napple", "tags: cold, water\ncold\n## cold\nx\n## water\ny", "tags: green\nmany apple trees",
	}
}

// testLoose: a query that will do with a part of its words keeps its phrases, its filters and what it excludes, and leaves
// out the documents that have too little of them.
func testLoose(t *testing.T, open Open) {
	x := open.index(t, posts("red green", "red blue", "blue sky", "tags: go\nred sky", "네트워크를 고치다", "gray")...)
	tests := []struct {
		name, query, want string
		filter            match.Labels
	}{
		{"any word, or all", "red sky", "a b c d", match.Labels{}},
		{"a word that is nowhere", "red missing", "a b d", match.Labels{}},
		{"words that are nowhere hide none", "red missing gone lost away", "a b d", match.Labels{}},
		{"too little", "red 네트워크를고치다시한번네트워크를고치다", "e", match.Labels{}},
		{"nothing of it", "missing gone", "", match.Labels{}},
		{"excluded words stay out", "red sky -green", "b c d", match.Labels{}},
		{"phrases stay", `red green "blue sky"`, "c", match.Labels{}},
		{"tags stay", "red blue tag:go", "d", match.Labels{}},
		{"filters stay", "red blue", "d", match.Labels{Tags: []string{"GO"}}},
		{"half a word", "네트워킹", "e", match.Labels{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loose := compiled(tt.query).Where(tt.filter).Loose()
			if loose == nil {
				t.Fatal("there is no loose query")
			}
			equal(t, "documents", matching(t, x, search.Query{Match: loose}), tt.want)
		})
	}
}

// testNames: a document whose title or a heading of which is the query matches, whatever the blanks and signs, and
// comes first.
func testNames(t *testing.T, open Open) {
	x := open.index(t, posts("# 서울 시청, 가는 길\nx", "# y\n## 서울시청 가는길\nx", "# z\n서울 시청 가는 길 서울 시청 가는 길", "# C++\nx", "# C\nx")...)
	for text, want := range map[string]string{"서울시청가는길": "a b", "서울 시청 가는 길": "a b c", "서울·시청 가는 길!": "a b c", "c++": "d"} {
		got := ranked(find(t, x, search.Query{Match: compiled(text), Size: all}))
		equal(t, text, got, want)
	}
	for text, want := range map[string]string{"서울시청가는길": "a b", "서울 시청 가는 길": "a b", "서울 시청": "", "c++": "d", "c x": "", "tag:go": ""} {
		for _, parts := range []search.Parts{search.NoParts, search.WithParts} {
			var named search.Matches
			for _, hit := range find(t, x, search.Query{Match: compiled(text), Parts: parts, Size: all, OnlyIDs: true}).Hits {
				if hit.Named {
					named.Hits = append(named.Hits, hit)
				}
			}
			equal(t, "named "+text, ranked(named), want)
		}
	}
}

// testFilter: bounds of date, and filters beside a query or without one.
func testFilter(t *testing.T, open Open) {
	x := open.index(t, posts(
		"date: 2024-01-01\ntags: Go, db\nlang: ko\nred", "date: 2024-01-02\ntags: go\ncategories: Notes\nlang: en\nred",
		"date: 1969-12-31\ntags: db\nlang: ko\nblue", "tags: go\ncategories: notes\nred",
	)...)
	day := Day
	tests := []struct {
		name, query, want string
		bounds            search.Query
		filter            match.Labels
	}{
		{"the first moment after is included", "", "a b", search.Query{After: day("2024-01-01")}, match.Labels{}},
		{"a moment later is not", "", "b", search.Query{After: day("2024-01-01").Add(1)}, match.Labels{}},
		{"the first moment before is excluded", "", "c", search.Query{Before: day("2024-01-01")}, match.Labels{}},
		{"a moment later is included", "", "a c", search.Query{Before: day("2024-01-01").Add(1)}, match.Labels{}},
		{"both", "", "a", search.Query{After: day("2024-01-01"), Before: day("2024-01-02")}, match.Labels{}},
		{"nothing between", "", "", search.Query{After: day("2024-01-02"), Before: day("2024-01-01")}, match.Labels{}},
		{"another zone", "", "b", search.Query{After: day("2024-01-02").In(query.Zone())}, match.Labels{}},
		{"undated documents are in no bounds", "", "a b c", search.Query{After: day("0001-01-02")}, match.Labels{}},
		{"before 1970", "", "c", search.Query{After: day("1969-01-01"), Before: day("1970-01-01")}, match.Labels{}},
		{"with a word", "red", "b", search.Query{After: day("2024-01-02")}, match.Labels{}},
		{"with an excluded word", "-red", "c", search.Query{Before: day("2025-01-01")}, match.Labels{}},
		{"a tag", "", "a b d", search.Query{}, match.Labels{Tags: []string{"GO"}}},
		{"tags, both of them", "", "a", search.Query{}, match.Labels{Tags: []string{"go", "DB"}}},
		{"a category", "", "b d", search.Query{}, match.Labels{Categories: []string{"NOTES"}}},
		{"a category is no tag", "", "", search.Query{}, match.Labels{Tags: []string{"notes"}}},
		{"a language", "", "a c", search.Query{}, match.Labels{Lang: "ko"}},
		{"everything", "red", "b", search.Query{Before: day("2024-01-03")}, match.Labels{Tags: []string{"go"}, Categories: []string{"notes"}, Lang: "en"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.bounds.Match = compiled(tt.query).Where(tt.filter)
			equal(t, "documents", matching(t, x, tt.bounds), tt.want)
		})
	}
}
