package rewrite

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/indextest/fakekorean"
	"chaja/search/lexicon"
	"chaja/search/match"
	"chaja/search/query"
)

// testLexicon learns the words of a small site: kubernetes and docker in ten titles each, 데이터 in twelve, rarity in one.
func testLexicon() *lexicon.Lexicon {
	b := lexicon.NewBuilder(fakekorean.New())
	add := func(title string, n int) {
		for i := range n {
			doc := indextest.Post(fmt.Sprint(title, i), "# "+title)
			b.Add(&doc)
		}
		for word := range strings.FieldsSeq(title) {
			lane := match.Bigrams
			if fakekorean.New().ReadsAll(word) {
				lane = match.Morphemes
			}
			b.Term(match.Term{Space: lane, Text: word}, n)
		}
	}
	add("kubernetes", 10)
	add("docker", 11)
	add("데이터", 12)
	add("rarity", 1)
	return b.Build(nil)
}

// TestTable: the table of DidYouMean, row by row. Nothing that is counted is in the index.
func TestTable(t *testing.T) {
	for _, tt := range []struct{ name, typed, sure, rare, rest string }{
		{"known words", "kubernetes docker", "", "", ""},
		{"a word on the other layout", "ㅏㅕㅠㄷ구ㄷㅅㄷㄴ", "kubernetes (keyboard)", "", "kubernetes (keyboard) applied"},
		{"a word that the site lacks", "kubernets", "kubernetes (spelling)", "", "kubernetes (spelling) offered"},
		{"two edits leave a doubt", "kubernts", "kubernetes (spelling)", "", "kubernetes (spelling) offered"},
		{"two words in one", "dockerkubernetes", "docker kubernetes (spacing)", "", "docker kubernetes (spacing) offered"},
		{"signs and operators stay", `(kubernets OR docker) -dokcer "dokcer"`, `(kubernetes OR docker) -dokcer "dokcer" (spelling)`, "", `(kubernetes OR docker) -dokcer "dokcer" (spelling) offered`},
		{"what nobody knows", "xyzzyplugh", "", "", ""},
		{"initial consonants", "ㄷㅇㅌ", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := New(query.Parse(tt.typed), false, 0, NewVariants(testLexicon(), fakekorean.New()))
			for _, text := range d.Wanted(d.Sure) {
				d.Know(text, 0)
			}
			sure, rest := all(d.Sure()), ""
			if draft, v, ok := d.Rest(); ok {
				rest = shown(draft) + map[Verdict]string{Offered: " offered", Applied: " applied"}[v]
			}
			if diff := cmp.Diff([]string{tt.sure, tt.rare, tt.rest}, []string{sure, all(d.Rare()), rest}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func all(drafts []Draft) string {
	list := make([]string, len(drafts))
	for i, d := range drafts {
		list[i] = shown(d)
	}
	return strings.Join(list, ", ")
}

func shown(d Draft) string { return fmt.Sprintf("%s (%s)", d.Query, d.Reason) }

// TestVerdict: how many more posts a draft must find.
func TestVerdict(t *testing.T) {
	sure, doubtful := repairs{"a": {text: "b"}}, repairs{"a": {text: "b", doubtful: true}}
	for _, tt := range []struct {
		name         string
		draft        Draft
		typed, found int
		want         Verdict
	}{
		{"nothing and nothing", Draft{repairs: sure}, 0, 0, Ignored},
		{"nothing and something", Draft{repairs: sure}, 0, 1, Applied},
		{"the site has the word", Draft{repairs: doubtful}, 0, 1, Offered},
		{"ten times as many are too few", Draft{repairs: sure}, 1, 10, Ignored},
		{"more than ten times as many", Draft{repairs: sure}, 1, 11, Offered},
		{"two words in one", Draft{repairs: sure, Reason: search.Spacing}, 2, 5, Offered},
		{"only pieces were found", Draft{repairs: sure, pieces: true}, 5, 1, Applied},
	} {
		if got := tt.draft.Verdict(tt.typed, tt.found); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

// TestWanted: what must be counted is asked for at once, and the drafts follow the answer.
func TestWanted(t *testing.T) {
	for posts, want := range map[int]string{0: "docker (spelling)", 3: ""} {
		d := New(query.Parse("dockre kubernetes"), false, 0, NewVariants(testLexicon(), fakekorean.New()))
		if diff := cmp.Diff([]string{"dockre"}, d.Wanted(d.Sure)); diff != "" {
			t.Fatalf("wanted (-want +got):\n%s", diff)
		}
		d.Know("dockre", posts)
		got := all(d.Sure())
		if !strings.HasPrefix(got, strings.TrimSuffix(want, " (spelling)")) || (got == "") != (want == "") {
			t.Errorf("%d posts have it: drafts %q, want %q", posts, got, want)
		}
		if wanted := d.Wanted(d.Sure); len(wanted) > 0 {
			t.Errorf("wanted again: %q", wanted)
		}
	}
}
