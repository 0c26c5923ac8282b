package compile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search/analysis"
	"chaja/search/indextest/fakekorean"
	"chaja/search/match"
	"chaja/search/query"
	"chaja/search/ranking"
)

func compiled(text string) *match.Query {
	node := query.Parse(text).Tree
	q, _ := Query(node, fakekorean.New(), nil)
	return q
}

func TestTerms(t *testing.T) {
	tests := []struct{ name, query, want string }{
		{"a word in both lanes", "index", "morpheme:index bigram:index"},
		{"a particle is no morpheme", "서울은", "morpheme:서울 bigram:서울 bigram:울은"},
		{"a whole and its parts", "net/http", "morpheme:nethttp morpheme:net morpheme:http bigram:net bigram:http"},
		{"a term once", "go Go", "morpheme:go bigram:go"},
		{"tags and categories by key", `tag:"Spring Boot" category:C++`, "tag:springboot category:c++"},
		{"words excluded", "-go", "morpheme:go"},
		{"a phrase", `"old index"`, "morpheme:old morpheme:index bigram:old bigram:index"},
		{"signs alone", "? go !", "morpheme:go bigram:go"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, termsOf(compiled(tt.query))); diff != "" {
				t.Errorf("terms (-want +got):\n%s", diff)
			}
		})
	}
	for _, text := range []string{"", "?", "? !", `"? !"`, "-?"} {
		if q := compiled(text); q != nil {
			t.Errorf("Query(%q) = %+v, want nil", text, q)
		}
	}
}

func termsOf(q *match.Query) string {
	names := map[match.Space]string{match.Morphemes: "morpheme", match.Bigrams: "bigram", match.TagKeys: "tag", match.CategoryKey: "category", match.LangKey: "lang"}
	var list []string
	for _, term := range q.Terms {
		if term.Space >= match.TitleKey {
			continue // in every query with words
		}
		list = append(list, names[term.Space]+":"+term.Text)
	}
	return strings.Join(list, " ")
}

// TestVariantsAreShared gives every word more variants than all may have together.
func TestVariantsAreShared(t *testing.T) {
	node := query.Parse("b c d e").Tree
	q, _ := Query(node, fakekorean.New(), func(word string) (variants []match.Variant) {
		if strings.Contains(word, " ") {
			return nil
		}
		for i := range ranking.MaxAllVariants {
			variants = append(variants, match.Variant{Text: fmt.Sprintf("%s%d", word, i), Kind: match.Prefix})
		}
		return variants
	})
	var taken []int
	for _, word := range q.Words {
		taken = append(taken, len(word)-1)
	}
	if diff := cmp.Diff([]int{6, 6, 6, 6}, taken); diff != "" {
		t.Errorf("variants by word (-want +got):\n%s", diff)
	}
}

// TestNamesOfManyWords: a name of four words is looked up as a whole, the longest name that pairs know.
func TestNamesOfManyWords(t *testing.T) {
	const name = "amazon elastic container service"
	node := query.Parse("my " + name + " notes").Tree
	q, _ := Query(node, fakekorean.New(), func(text string) []match.Variant {
		if text == name {
			return []match.Variant{{Text: "ecs", Kind: match.Pair}}
		}
		return nil
	})
	var found []string
	for _, word := range q.Words {
		if len(word) > 1 {
			found = append(found, word[0].Text)
		}
	}
	if diff := cmp.Diff(strings.Fields(name), found); diff != "" {
		t.Errorf("words with the other name (-want +got):\n%s", diff)
	}
}

// TestLanes holds the spaces of match, which knows no analysis, to the lanes.
func TestLanes(t *testing.T) {
	if match.Lanes != analysis.Lanes || match.Morphemes != match.Space(analysis.Morpheme) || match.Bigrams != match.Space(analysis.Bigram) {
		t.Error("the first spaces are not the lanes of package analysis")
	}
}

// TestPairIsFoundLikeTyped: a name in another script is found where it is found when it is typed, so that both find the same
// posts: 부트 by its letters in 부트캠프, too.
func TestPairIsFoundLikeTyped(t *testing.T) {
	q, _ := Query(query.Parse("boot").Tree, fakekorean.New(), func(string) []match.Variant {
		return []match.Variant{{Text: "부트", Kind: match.Pair}}
	})
	letters := slices.Index(q.Terms, match.Term{Space: match.Bigrams, Text: "부트"})
	if letters < 0 || !asks(q.Full, letters) {
		t.Errorf("no condition asks for the letters of 부트; terms %s", termsOf(q))
	}
}

// TestGrammar: what only carries grammar counts little and is not asked for, unless nothing else is typed or it is a word of the
// subject too. So do bigrams that reach into a particle, beside other words.
func TestGrammar(t *testing.T) {
	tests := []struct{ name, query, grammar, asked string }{
		{"stop words", "what is the index", "what is the", "index"},
		{"nothing else", "what is", "", "what is"},
		{"a bigram that reaches into a particle", "서울은 index", "울은", "서울 index"},
		{"the same of a word by itself", "서울은", "", "서울"},
		{"a stop word that is a part of a word of the subject, too", "is is-a", "", "isa"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := compiled(tt.query)
			var grammar []string
			for _, n := range q.Grammar {
				if term := q.Terms[n].Text; !slices.Contains(grammar, term) {
					grammar = append(grammar, term)
				}
			}
			if got := strings.Join(grammar, " "); got != tt.grammar {
				t.Errorf("grammar %q, want %q", got, tt.grammar)
			}
			for _, word := range strings.Fields(tt.asked) {
				n := slices.Index(q.Terms, match.Term{Space: match.Morphemes, Text: word})
				if n < 0 || slices.Contains(q.Grammar, n) || !asks(q.AnyWord, n) {
					t.Errorf("%s is not asked for; terms %s", word, termsOf(q))
				}
			}
			for _, n := range q.Grammar {
				if asks(q.AnyWord, n) {
					t.Errorf("%s is asked for", q.Terms[n].Text)
				}
			}
		})
	}
}

// asks reports whether a condition names a term.
func asks(c match.Condition, term int) (found bool) {
	match.Replace(c, func(leaf match.Condition) match.Condition {
		has, ok := leaf.(match.Has)
		found = found || ok && has.Term == term
		return leaf
	})
	return found
}

// TestPartsScoreOnce: a compound with blanks between its parts is no other form that scores, as the parts score already; apart
// from each other they would count like the whole.
func TestPartsScoreOnce(t *testing.T) {
	for text, want := range map[string]int{"성능개선": 1, "springboot": 2} {
		q, _ := Query(query.Parse(text).Tree, fakekorean.New(), func(word string) []match.Variant {
			return []match.Variant{{Text: map[string]string{"성능개선": "성능 개선", "springboot": "spring boot"}[word], Kind: match.Spacing}}
		})
		if got := len(q.Words[0]); got != want {
			t.Errorf("%s scores in %d forms, want %d", text, got, want)
		}
	}
}
