package suggest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// random is a small site of few different syllables, so that much matches.
func random(r *rand.Rand) *Vocabulary {
	word := func() string {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			b.WriteRune([]rune("가각간강고과관나낙너카캉칵뱅크바박ab1")[r.IntN(19)])
		}
		return b.String()
	}
	b := NewBuilder()
	for i := range 60 {
		text := func() string { return word() + " " + word() + strings.Repeat(" "+word(), r.IntN(2)) }
		b.Post(post(fmt.Sprintf("/%d/", i), text(), []string{word()}, text(), word()))
		b.Term(word(), 1+r.IntN(20))
	}
	return b.Build()
}

// TestContinuedOracle holds the sorted starts against a look at every word of every text.
func TestContinuedOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 20 {
		v := random(r)
		for _, q := range []string{"ㄱ", "가", "각", "카ㅋ", "a", "뱅크", "과1", "강"} {
			key := readTyped(q).key
			var want [kinds][]string
			for i := range v.texts.len() {
				if text := v.text(i); compare(text, 0, key) == 0 {
					want[v.kindOf(i)] = append(want[v.kindOf(i)], string(text))
				}
			}
			for i := range v.texts.len() {
				text, n := v.text(i), 0
				for wordStart(text, n+1) < len(text) {
					n++
					if compare(text, wordStart(text, n), key) == 0 && !slices.Contains(want[v.kindOf(i)], string(text)) {
						want[v.kindOf(i)] = append(want[v.kindOf(i)], string(text))
					}
				}
			}
			const limit = 5
			a := newAnswer(v, limit)
			v.continued(a, key, 0)
			for k := range kinds {
				var got []string
				for _, s := range a.found[k] {
					got = append(got, s.Text)
				}
				got, want := got[:min(len(got), limit)], want[k][:min(len(want[k]), limit)]
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("texts of kind %d that continue %q (-want +got):\n%s", k, q, diff)
				}
			}
		}
	}
}

// TestCorrectOracle holds Correct against the distance to every word, by the plain form of the recurrence.
func TestCorrectOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	s := &syntheticSite{}
	b := NewBuilder()
	for i := range 2000 {
		s.words = append(s.words, syntheticWord(r))
		b.Term(s.words[i], 1+i%97)
	}
	v := b.Build()
	mended := 0
	for _, word := range s.mistyped(300) {
		key := readTyped(word).key
		edits := maxEdits(word, key)
		want, best := "", 0
		for i := range v.words.len() {
			other := appendKey(nil, v.words.at(i))
			d := plainDistance(key, other)
			if d > 1 && isSwapped(word, string(v.words.at(i))) {
				d = 1
			}
			score := v.docsOf(i)
			if d < 2 {
				score *= editWeight
			}
			if d == 2 && (len(other) < twoEditsOf || other[0] != key[0]) {
				continue
			}
			if 0 < d && d <= edits && score > best {
				want, best = string(v.words.at(i)), score
			}
		}
		got, _ := v.Correct(word, v.Docs)
		if got.Text != want {
			t.Errorf("Correct(%q) = %+v, want %q", word, got, want)
		}
		if got.Text != "" {
			mended++
		}
	}
	if mended < 100 {
		t.Errorf("%d of 300 words mended: too few to tell", mended)
	}
}

// isSwapped reports whether two words differ in two syllables side by side that have changed places.
func isSwapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	for i := range len(x) - 1 {
		swapped := slices.Clone(x)
		swapped[i], swapped[i+1] = x[i+1], x[i]
		if slices.Equal(swapped, y) {
			return true
		}
	}
	return false
}

// plainDistance is the optimal string alignment distance as it is defined.
func plainDistance(a, b []byte) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
