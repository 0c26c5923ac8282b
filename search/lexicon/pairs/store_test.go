package pairs

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search/lexicon/column"
)

// TestReplace: whatever posts are added, replaced and removed, in this process and in others that go on from what was
// written, the pairs are those of a learner that is given the last posts only.
func TestReplace(t *testing.T) {
	var texts []string
	for _, s := range readSpecs(t, "testdata/learn.txt") {
		texts = append(texts, strings.Split(s.input, "\n+\n")...)
	}
	if len(texts) < 20 {
		t.Fatalf("%d texts", len(texts))
	}
	found := 0
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		posts := map[string]string{}
		l := NewLearner()
		for step := range 40 {
			path := fmt.Sprintf("%d.md", random.IntN(30))
			if random.IntN(4) == 0 {
				delete(posts, path)
				l.Remove(path)
			} else {
				text := ""
				for range 1 + random.IntN(6) {
					text += texts[random.IntN(len(texts))] + "\n"
				}
				posts[path] = text
				l.Add(path, strings.Fields(text)[:1], text)
			}
			switch random.IntN(3) {
			case 0:
				l.Learn()
			case 1:
				l = reread(t, l)
			}
			if step%5 > 0 {
				continue
			}
			anew := NewLearner()
			for path, text := range posts {
				anew.Add(path, strings.Fields(text)[:1], text)
			}
			want := anew.Learn()
			found += len(want)
			if diff := cmp.Diff(want, l.Learn()); diff != "" {
				t.Fatalf("seed %d, step %d: pairs differ (-anew +replaced):\n%s", seed, step, diff)
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d pairs were compared", found)
	}
}

func reread(t *testing.T, l *Learner) *Learner {
	t.Helper()
	data, err := l.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	l, err = ReadLearner(data)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestForgets: what is written does not grow by what posts said before.
func TestForgets(t *testing.T) {
	l := NewLearner()
	size := func() int {
		l.Learn()
		data, err := l.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		return len(data)
	}
	l.Add("a.md", nil, "쿠버네티스(Kubernetes)")
	first := size()
	for i := range 100 {
		l.Add("a.md", nil, fmt.Sprintf("카프카%c(kafka%c)", '가'+rune(i), 'a'+rune(i%26)))
		l = reread(t, l)
	}
	l.Add("a.md", nil, "쿠버네티스(Kubernetes)")
	if last := size(); last > first {
		t.Errorf("%d bytes, at first %d", last, first)
	}
}

// FuzzReadLearner: a file in which a column is anything is an error or a learner that learns.
func FuzzReadLearner(f *testing.F) {
	l := NewLearner()
	l.Add("a.md", []string{"카프카", "Kafka"}, "쿠버네티스(Kubernetes)를 쓴다. 쿠버네티스 kubernetes 카프카에서 카프카")
	l.Add("b.md", nil, "카프카(Kafka)와 쿠버네티스, 카프카(Kafka)")
	l.Learn()
	data, err := l.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	file, err := column.Read(learnerMagic, data, columns)
	if err != nil {
		f.Fatal(err)
	}
	var whole [columns][]byte
	for i := range whole {
		in, err := file.Column(i)
		if err != nil {
			f.Fatal(err)
		}
		whole[i] = in.Bytes(in.Len())
		for at := range whole[i] {
			for _, c := range []byte{0, 1, whole[i][at] + 1, 0x7f, 0xff} {
				patched := bytes.Clone(whole[i])
				patched[at] = c
				f.Add(i, patched)
			}
		}
		f.Add(i, []byte{})
	}
	f.Add(wordColumn, column.AppendNames(nil, 2, func(i int) string { return []string{"", "카프카"}[i] }))
	f.Fuzz(func(t *testing.T, at int, patched []byte) {
		parts := whole
		parts[uint(at)%columns] = patched
		data, err := column.Write(learnerMagic, parts[:]...)
		if err != nil {
			return
		}
		if l, err := ReadLearner(data); err == nil {
			l.Add("c.md", nil, "쿠버네티스(Kubernetes)")
			l.Learn()
			if _, err := l.MarshalBinary(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
