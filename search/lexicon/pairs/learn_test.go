package pairs

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// spec is one case of a file in testdata, which says at its head how they are written.
type spec struct{ name, input, want string }

func readSpecs(t testing.TB, path string) []spec {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read specs: %v", err)
	}
	var specs []spec
	for _, c := range strings.Split(string(content), "\n====\n")[1:] {
		if c == "" {
			continue
		}
		head, want, found := strings.Cut(c+"\n", "\n--\n")
		name, input, _ := strings.Cut(head, "\n")
		if !found {
			t.Fatalf("%s: case %q has no line --", path, name)
		}
		specs = append(specs, spec{name, input, want})
	}
	return specs
}

// addPosts gives the posts of a spec to a learner.
func addPosts(l *Learner, input string) {
	for i, post := range strings.Split(input, "\n+\n") {
		var tags []string
		if rest, found := strings.CutPrefix(post, "tags: "); found {
			line, body, _ := strings.Cut(rest, "\n")
			tags, post = strings.Split(line, ", "), body
		}
		l.Add(fmt.Sprintf("%d.md", i+1), tags, post)
	}
}

func TestLearn(t *testing.T) {
	for _, s := range readSpecs(t, "testdata/learn.txt") {
		t.Run(s.name, func(t *testing.T) {
			l := NewLearner()
			addPosts(l, s.input)
			var got strings.Builder
			for _, p := range l.Learn() {
				fmt.Fprintf(&got, "%s = %s %d %s\n", p.A, p.B, p.Count, p.Evidence[0].Form)
			}
			if diff := cmp.Diff(s.want, got.String()); diff != "" {
				t.Errorf("pairs differ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestLearnOften: the words are compared in no order, and the same posts give the same pairs. The plural of the second word
// is heard best. It rules out the first, and the first, though ruled out, the third.
func TestLearnOften(t *testing.T) {
	for range 30 {
		l := NewLearner()
		for i := range 12 {
			l.Add(fmt.Sprintf("a%d.md", i), nil, "인터페이스\n인터페이스즈\n인터페이스시\ninterfaces\n")
		}
		for i := range 40 {
			l.Add(fmt.Sprintf("b%d.md", i), nil, "다른 글")
		}
		var got []string
		for _, p := range l.Learn() {
			got = append(got, p.A+" = "+p.B)
		}
		if diff := cmp.Diff([]string{"인터페이스즈 = interfaces"}, got); diff != "" {
			t.Fatalf("pairs differ (-want +got):\n%s", diff)
		}
	}
}
