package eval_test

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/hangul"
	"chaja/search/service"
)

// What is mistyped: words of three syllables or five letters, and two words of Hangul in a row, that this many posts have.
const (
	minTypoPosts = 5
	typosOfKind  = 150
)

// TestRealTypos mistypes frequent words of real sites, by one letter or by two syllables, and counts how often the answer is for
// the word that was meant. Words are halved by a hash: rules are fitted to the first half, if to any, and judged by the second.
//
//	CHAJA_FULL=1 go test -run TestRealTypos -v ./search/eval
func TestRealTypos(t *testing.T) {
	if os.Getenv("CHAJA_FULL") == "" {
		t.Skip("it takes a minute: set CHAJA_FULL=1")
	}
	root := os.Getenv("CHAJA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	for _, site := range []string{"owner-next", "hudi.blog", "yceffort-blog-v2", "madplay"} {
		t.Run(site, func(t *testing.T) {
			dir := filepath.Join(root, "posts", site)
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("real posts are not here: set CHAJA_SHARED to the folder that holds posts/%s", site)
			}
			analyzer := newAnalyzer(t)
			service := openSite(t, analyzer, dir)
			for _, line := range mistyped(t, service, typosOf(t, analyzer, dir)) {
				t.Log(line)
			}
		})
	}
}

// typo is a word as it is meant and as it is typed.
type typo struct {
	kind         string
	meant, typed string
	second       bool // of the half by which rules are judged
}

// mistyped asks for every typo, and returns lines that count the answers, and all that are wrong of the first half.
func mistyped(t *testing.T, service *service.Service, typos []typo) []string {
	t.Helper()
	type key struct {
		kind   string
		second bool
	}
	counts := map[key]*[4]int{} // right, another, none, found as typed
	var wrong []string
	for _, typo := range typos {
		k := key{typo.kind, typo.second}
		if counts[k] == nil {
			counts[k] = new([4]int)
		}
		got := ask(t, service, search.Request{Query: typo.typed, PerPage: 1})
		s := got.Suggestion
		switch {
		case s == nil && got.Full > 0:
			counts[k][3]++
		case s == nil:
			counts[k][2]++
		case chars.TagKey(s.Query) == chars.TagKey(typo.meant), s.Query+"s" == typo.meant, s.Query == typo.meant+"s",
			typo.kind == particled && slices.Contains(particles, strings.TrimPrefix(s.Query, typo.meant)):
			counts[k][0]++
			continue
		default:
			counts[k][1]++
		}
		if !typo.second && (typo.kind != joined || got.Full == 0) {
			line := fmt.Sprintf("%s: %s for %s", typo.kind, typo.typed, typo.meant)
			if s != nil {
				line += fmt.Sprintf(", taken for %s %s (%v)", s.Reason, s.Query, s.Applied)
			} else {
				line += fmt.Sprintf(", %d posts", got.Full)
			}
			wrong = append(wrong, line)
		}
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b key) int {
		return strings.Compare(fmt.Sprint(a.second, a.kind), fmt.Sprint(b.second, b.kind))
	})
	for _, k := range keys {
		n := counts[k]
		of := n[0] + n[1] + n[2]
		wrong = append(wrong, fmt.Sprintf("second half %v, %s: %d of %d right (%.1f %%), %d taken for another, %d for none; %d more are found as typed",
			k.second, k.kind, n[0], of, 100*float64(n[0])/float64(max(of, 1)), n[1], n[2], n[3]))
	}
	return wrong
}

// typosOf mistypes the frequent words of a site, at most typosOfKind times in each way and half, the same ones every time.
func typosOf(t *testing.T, analyzer *analysis.Analyzer, dir string) (typos []typo) {
	t.Helper()
	posts, written := frequentWords(t, analyzer, dir)
	random := rand.New(rand.NewPCG(1, 2))
	words := slices.Sorted(maps.Keys(posts))
	random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	taken := map[string]int{}
	for _, word := range words {
		if posts[word] < minTypoPosts {
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(word))
		second := h.Sum32()%2 == 1
		for _, m := range mistypings {
			if strings.Contains(word, " ") != (m.kind == joined) {
				continue
			}
			typed := m.slip([]rune(word), random)
			half := fmt.Sprint(m.kind, second)
			if typed == "" || typed == word || written[typed] || taken[half] == typosOfKind {
				continue
			}
			taken[half]++
			typos = append(typos, typo{m.kind, word, typed, second})
		}
	}
	return typos
}

const (
	joined    = "two words in one"
	particled = "with a particle"
)

// particles stand behind the words of kind particled, and stay there.
var particles = []string{"에서", "의", "만", "에는", "처럼"}

// mistypings are ways to mistype a word; "" where there is none.
var mistypings = []struct {
	kind string
	slip func(word []rune, random *rand.Rand) string
}{
	{"vowel", func(word []rune, random *rand.Rand) string {
		return withJamo(word, random, func(jamo *[3]rune) {
			jamo[1] = other("ㅏㅐㅑㅓㅔㅕㅗㅛㅜㅠㅡㅣ", jamo[1], random)
		})
	}},
	{"ㅐ for ㅔ", func(word []rune, random *rand.Rand) string {
		alike := map[rune]rune{'ㅐ': 'ㅔ', 'ㅔ': 'ㅐ', 'ㅓ': 'ㅗ', 'ㅗ': 'ㅓ', 'ㅡ': 'ㅜ', 'ㅕ': 'ㅓ'}
		return withJamo(word, random, func(jamo *[3]rune) { jamo[1] = alike[jamo[1]] })
	}},
	{"initial", func(word []rune, random *rand.Rand) string {
		return withJamo(word, random, func(jamo *[3]rune) { jamo[0] = other("ㄱㄲㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", jamo[0], random) })
	}},
	{"final", func(word []rune, random *rand.Rand) string {
		return withJamo(word, random, func(jamo *[3]rune) {
			if jamo[2] == 0 {
				jamo[2] = other("ㄱㄴㄷㄹㅁㅂㅅㅇ", 0, random)
			} else {
				jamo[2] = 0
			}
		})
	}},
	{"swapped syllables", func(word []rune, random *rand.Rand) string {
		if !hangul.IsSyllable(word[0]) {
			return ""
		}
		swapped := slices.Clone(word)
		i := random.IntN(len(word) - 1)
		swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
		return string(swapped)
	}},
	{particled, func(word []rune, random *rand.Rand) string {
		typed := withJamo(word, random, func(jamo *[3]rune) { jamo[1] = other("ㅏㅐㅓㅔㅗㅜㅡㅣ", jamo[1], random) })
		if typed == "" {
			return ""
		}
		return typed + particles[random.IntN(len(particles))]
	}},
	{joined, func(word []rune, _ *rand.Rand) string { return strings.ReplaceAll(string(word), " ", "") }},
	{"Latin", func(word []rune, random *rand.Rand) string {
		if hangul.IsSyllable(word[0]) {
			return ""
		}
		i := random.IntN(len(word) - 1)
		typed := slices.Clone(word)
		switch random.IntN(4) {
		case 0:
			typed[i], typed[i+1] = typed[i+1], typed[i]
		case 1:
			typed = slices.Delete(typed, i, i+1)
		case 2:
			typed[i] = 'a' + rune(random.IntN(26))
		default:
			typed = slices.Insert(typed, i, 'a'+rune(random.IntN(26)))
		}
		return string(typed)
	}},
}

// withJamo returns a word of Hangul with one of its syllables changed; "" when change left no syllable.
func withJamo(word []rune, random *rand.Rand, change func(jamo *[3]rune)) string {
	i := random.IntN(len(word))
	initial, vowel, final := hangul.Split(word[i])
	jamo := [3]rune{initial, vowel, final}
	if initial == 0 {
		return ""
	}
	if change(&jamo); jamo[0] == 0 || jamo[1] == 0 {
		return ""
	}
	keys := hangul.ToLatin(string(jamo[0]) + string(jamo[1]))
	if jamo[2] != 0 {
		keys += hangul.ToLatin(string(jamo[2]))
	}
	typed := slices.Clone(word)
	changed := []rune(hangul.ToHangul(keys))
	if len(changed) != 1 {
		return ""
	}
	typed[i] = changed[0]
	return string(typed)
}

// other returns one of letters that is not the letter.
func other(letters string, letter rune, random *rand.Rand) rune {
	rest := []rune(strings.ReplaceAll(letters, string(letter), ""))
	return rest[random.IntN(len(rest))]
}

// notProse is what of a post holds words that nobody means: code and addresses.
var notProse = regexp.MustCompile("(?s)```.*?```|~~~.*?~~~|`[^`\n]*`|<[^>]*>|\\]\\([^)]*\\)|https?://\\S*")

// frequentWords counts the posts that have a word, nouns of Hangul without their particles, and collects all that is written.
func frequentWords(t *testing.T, analyzer *analysis.Analyzer, dir string) (posts map[string]int, written map[string]bool) {
	t.Helper()
	posts, written = map[string]int{}, map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasPrefix(filepath.Ext(path), ".md") {
			return err
		}
		data, err := os.ReadFile(path)
		seen := map[string]bool{}
		add := func(word string) {
			if !seen[word] {
				seen[word] = true
				posts[word]++
			}
		}
		last := ""
		for word := range strings.FieldsFuncSeq(strings.ToLower(notProse.ReplaceAllString(string(data), " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			written[word] = true
			stem := noun(analyzer, word)
			if long := 3; stem != "" && (stem[0] < utf8.RuneSelf || utf8.RuneCountInString(stem) >= long) {
				add(stem)
			}
			if last != "" && stem != "" && stem[0] >= utf8.RuneSelf {
				add(last + " " + stem)
			}
			if last = ""; stem == word && stem != "" && stem[0] >= utf8.RuneSelf && utf8.RuneCountInString(stem) > 1 {
				last = stem
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return posts, written
}

// noun returns a word of five Latin letters, or the noun that an eojeol begins with; "" for another.
func noun(analyzer *analysis.Analyzer, word string) string {
	isLatin := func(r rune) bool { return r >= 'a' && r <= 'z' }
	if !strings.ContainsFunc(word, func(r rune) bool { return !isLatin(r) }) {
		if len(word) < 5 {
			return ""
		}
		return word
	}
	if strings.ContainsFunc(word, func(r rune) bool { return !hangul.IsSyllable(r) }) {
		return ""
	}
	tokens := analyzer.Analyze(word)[analysis.Morpheme]
	if len(tokens) == 0 || tokens[0].Start > 0 || tokens[0].Class != analysis.Noun {
		return ""
	}
	return word[:tokens[0].End]
}
