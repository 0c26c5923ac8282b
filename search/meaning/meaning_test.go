package meaning

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/embedding"
	"chaja/search/vector"
)

// shelf is an index of documents in memory, with its vectors in a file.
type shelf struct {
	t    *testing.T
	docs []search.Document
	file *vector.File
	puts int
}

func (s *shelf) Documents(_ context.Context, yield func(*search.Document) error) error {
	for i := range s.docs {
		if err := yield(&s.docs[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) Vectors() *vector.File { return s.file }

func (s *shelf) PutVectors(fingerprint string, dims int, entries []vector.Entry) error {
	s.puts++
	path := filepath.Join(s.t.TempDir(), fmt.Sprint(s.puts))
	if err := vector.Write(path, fingerprint, dims, entries); err != nil {
		return err
	}
	f, err := vector.Open(path)
	if err == nil {
		s.t.Cleanup(func() { f.Close() })
		s.file = f
	}
	return err
}

// model embeds by the length of a text, and fails where fail says so.
type model struct {
	name string
	dims int
	fail func(texts []string) error
	sent int // texts
}

func (m *model) Fingerprint() string { return m.name }

func (m *model) Passages(_ context.Context, texts []string) (list [][]float32, err error) {
	if m.fail != nil {
		if err := m.fail(texts); err != nil {
			return nil, err
		}
	}
	m.sent += len(texts)
	for _, text := range texts {
		v := make([]float32, max(m.dims, 2))
		v[len(text)%len(v)] = 1
		list = append(list, v)
	}
	return list, nil
}

// doc has n sections.
func doc(id, hash string, n int) search.Document {
	d := search.Document{ID: id, Title: "글 " + id, Hash: hash}
	for i := range n {
		start := len(d.Body)
		d.Body += fmt.Sprintf("%s의 %d째 절\n", id, i)
		d.Sections = append(d.Sections, search.Section{Heading: fmt.Sprint("절 ", i), Level: 2, Start: start, End: len(d.Body)})
	}
	return d
}

func later() time.Time { return time.Now().Add(time.Hour) }

func fill(t *testing.T, s *shelf, m *model, end time.Time) Report {
	t.Helper()
	r, err := Fill(context.Background(), s, m, end, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Seconds = 0
	return r
}

func isReport(t *testing.T, got, want Report) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("report (-want +got)\n%s", diff)
	}
}

func TestFill(t *testing.T) {
	s := &shelf{t: t, docs: []search.Document{doc("a", "1", 40), doc("b", "1", 30)}}
	m := &model{name: "m"}
	isReport(t, fill(t, s, m, later()), Report{Passages: 70, Embedded: 70})
	if s.file.Len != 70 || m.sent != 70 {
		t.Errorf("%d vectors, %d texts sent", s.file.Len, m.sent)
	}
	isReport(t, fill(t, s, m, later()), Report{Passages: 70})
	if s.puts != 1 {
		t.Error("vectors are written again though nothing changed")
	}
	s.docs[1] = doc("b", "2", 31) // one section more, under another hash
	isReport(t, fill(t, s, m, later()), Report{Passages: 71, Embedded: 1})
	s.docs = s.docs[1:]
	isReport(t, fill(t, s, m, later()), Report{Passages: 31})
	if s.file.Len != 31 || m.sent != 71 {
		t.Errorf("%d vectors, %d texts sent: those of a post that is gone are kept, or more than one is embedded anew", s.file.Len, m.sent)
	}
	for e := range s.file.Entries {
		if e.ID != "b" || e.Hash != "2" {
			t.Errorf("entry of %s as of %s", e.ID, e.Hash)
		}
	}
	isReport(t, fill(t, s, &model{name: "another"}, later()), Report{Passages: 31, Embedded: 31})
}

func TestFillGoesOn(t *testing.T) {
	s := &shelf{t: t, docs: []search.Document{doc("a", "1", 100)}}
	isReport(t, fill(t, s, &model{name: "m"}, time.Now().Add(-1)), Report{Passages: 100, Missing: 100})
	m, calls := &model{name: "m"}, 0
	away := &embedding.Error{Reason: embedding.Away, URL: "http://127.0.0.1:1", Cause: errors.New("connection refused")}
	m.fail = func([]string) error {
		if calls++; calls > 2 {
			return away
		}
		return nil
	}
	isReport(t, fill(t, s, m, later()), Report{Passages: 100, Embedded: 64, Missing: 36, Problem: away.Error()})
	if calls != 3 {
		t.Errorf("a server that is away is asked %d times more", calls-3)
	}
	m.fail = nil
	isReport(t, fill(t, s, m, later()), Report{Passages: 100, Embedded: 36})
}

func TestFillInterrupted(t *testing.T) {
	s := &shelf{t: t, docs: []search.Document{doc("a", "1", 100)}}
	ctx, cancel := context.WithCancel(context.Background())
	m := &model{name: "m", fail: func([]string) error { cancel(); return nil }}
	r, err := Fill(ctx, s, m, later(), nil)
	if err != nil || r.Embedded != 32 || r.Missing != 68 || r.Problem != "" || s.file.Len != 32 {
		t.Errorf("%+v, %v: what was embedded before the end is not kept", r, err)
	}
}

// TestFillRefused is a server that refuses some texts, and one that refuses all.
func TestFillRefused(t *testing.T) {
	refused := &embedding.Error{Reason: embedding.Refused, URL: "http://127.0.0.1:1", Cause: errors.New("400 Bad Request: too long")}
	some := func(texts []string) error {
		if strings.Contains(strings.Join(texts, ""), "40째") {
			return refused
		}
		return nil
	}
	s := &shelf{t: t, docs: []search.Document{doc("a", "1", 50)}}
	isReport(t, fill(t, s, &model{name: "m", fail: some}, later()), Report{Passages: 50, Embedded: 49, Missing: 1, Refused: 1, Problem: refused.Error()})
	calls := 0
	all := func([]string) error { calls++; return refused }
	s = &shelf{t: t, docs: []search.Document{doc("a", "1", 50)}}
	isReport(t, fill(t, s, &model{name: "m", fail: all}, later()), Report{Passages: 50, Missing: 50, Refused: 1, Problem: refused.Error()})
	if calls != 2 || s.puts != 0 {
		t.Errorf("a server that takes nothing is asked %d times", calls)
	}
}

func TestFillOtherDimension(t *testing.T) {
	s := &shelf{t: t, docs: []search.Document{doc("a", "1", 10)}}
	fill(t, s, &model{name: "m", dims: 4}, later())
	s.docs = append(s.docs, doc("b", "1", 5))
	r := fill(t, s, &model{name: "m", dims: 6}, later())
	if r.Missing != 15 || !strings.Contains(r.Problem, "6 numbers, and answered 4") {
		t.Errorf("%+v", r)
	}
	isReport(t, fill(t, s, &model{name: "m", dims: 6}, later()), Report{Passages: 15, Embedded: 15})
	if s.file.Dims != 6 {
		t.Errorf("vectors of %d numbers", s.file.Dims)
	}
}

func TestPassages(t *testing.T) {
	d := search.Document{ID: "post.md", Title: "제목", Body: "서문\n\n본문" + strings.Repeat(" 가나다", 1<<17)}
	d.Sections = []search.Section{
		{Start: 0, End: 7}, {Heading: "큰", Level: 2, Start: 7, End: 8}, {Heading: "작은", Level: 3, Start: 8, End: len(d.Body)},
	}
	got := Passages(&d)
	if len(got) != 1+maxPieces || got[0] != (Passage{0, "제목\n서문"}) || !strings.HasPrefix(got[1].Text, "제목 > 큰 > 작은\n본문 가나다") {
		t.Errorf("%d passages of a text of a megabyte: %.100v", len(got), got)
	}
	for _, p := range got[1:] {
		text, ok := strings.CutPrefix(p.Text, "제목 > 큰 > 작은\n")
		if p.Section != 2 || !ok || len(text) > MaxPassage || len(text) < MaxPassage/2 || !strings.HasSuffix(text, "가나다") {
			t.Errorf("section %d, %d bytes: %.50q", p.Section, len(text), text)
		}
	}
	for _, test := range []struct{ id, title, want string }{{"a.md", "제목뿐", "제목뿐"}, {"msk-1", "msk 1", "msk 1"}} {
		if got := Passages(&search.Document{ID: test.id, Title: test.title}); len(got) != 1 || got[0].Text != test.want {
			t.Errorf("%s: %v", test.title, got)
		}
	}
}

// TestPieces: what is long is cut between sentences into pieces of like length, of which nothing is lost.
func TestPieces(t *testing.T) {
	sentence := "버전 v2.6.1부터는 example.com 주소를 설정 파일에 적어 둡니다."
	for name, text := range map[string]string{
		"sentences":             strings.TrimSpace(strings.Repeat(sentence+" ", 40)),
		"without blanks":        strings.Repeat(sentence, 40),
		"lines":                 strings.Repeat("- 설정 파일\n- 다른 파일\n", 80),
		"no sentence":           strings.Repeat("설정 ", 900),
		"one word":              strings.Repeat("설", 1500),
		"hardly too long":       strings.Repeat("a b ", MaxPassage/4) + "c",
		"a sentence and a rest": strings.Repeat("a b ", MaxPassage/4-10) + "end. " + strings.Repeat("가", 30),
	} {
		list := pieces(text)
		without := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := strings.Join(list, ""); without(got) != without(text) {
			t.Errorf("%s: %d bytes of %d are left", name, len(got), len(text))
		}
		for i, piece := range list {
			if len(piece) > MaxPassage || len(piece) < MaxPassage/3 || !utf8.ValidString(piece) {
				t.Errorf("%s: piece %d of %d has %d bytes", name, i, len(list), len(piece))
			}
			if strings.Contains(text, sentence) && !strings.HasSuffix(piece, "니다.") {
				t.Errorf("%s: piece %d ends in the midst of a sentence: %q", name, i, piece[len(piece)-30:])
			}
		}
	}
	for _, text := range []string{"", " \n"} {
		if list := pieces(text); len(list) > 0 {
			t.Errorf("pieces of nothing: %q", list)
		}
	}
}

// FuzzPieces cuts whatever text there is, in bounds and without end.
func FuzzPieces(f *testing.F) {
	f.Add(strings.Repeat("설정. ", 500))
	f.Add(strings.Repeat("\xff", 3000))
	f.Fuzz(func(t *testing.T, text string) {
		for _, piece := range pieces(text) {
			if piece == "" || len(piece) > MaxPassage {
				t.Errorf("a piece of %d bytes", len(piece))
			}
		}
	})
}

// slowModel answers a query after a time.
type slowModel struct {
	takes time.Duration
	err   error
	calls atomic.Int32
}

func (*slowModel) Fingerprint() string { return "m" }

func (m *slowModel) Query(ctx context.Context, _ string) ([]float32, error) {
	m.calls.Add(1)
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(m.takes):
		return []float32{1}, m.err
	}
}

func TestQueries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &slowModel{takes: 10 * time.Millisecond}
		q := NewQueries(m)
		for range 3 {
			if v, err := q.Vector(t.Context(), "질문"); err != nil || len(v) != 1 {
				t.Errorf("%v, %v", v, err)
			}
		}
		if n := m.calls.Load(); n != 1 {
			t.Errorf("one query is embedded %d times", n)
		}
		m.takes = time.Second
		start := time.Now()
		if _, err := q.Vector(t.Context(), "느린 질문"); !errors.Is(err, ErrLate) || time.Since(start) != Budget {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		time.Sleep(time.Second)
		if _, err := q.Vector(t.Context(), "느린 질문"); err != nil {
			t.Errorf("what came late is not kept: %v", err)
		}
		m.takes, m.err = 0, errors.New("down")
		for range 3 {
			if _, err := q.Vector(t.Context(), "다른 질문"); err == nil {
				t.Error("no error of a server that is down")
			}
		}
		if n := m.calls.Load(); n != 3 {
			t.Errorf("a server that just failed is asked again: %d calls", n)
		}
		m.err = nil
		time.Sleep(afterAFail)
		if _, err := q.Vector(t.Context(), "다른 질문"); err != nil {
			t.Errorf("a server that is up again is not asked: %v", err)
		}
		want := map[string]uint64{"cached": 3, "embedded": 2, "late": 1, "failed": 3}
		if diff := cmp.Diff(want, q.Counts()); diff != "" {
			t.Errorf("counts (-want +got)\n%s", diff)
		}
	})
}

func TestQueriesBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &slowModel{takes: 5 * time.Second}
		q := NewQueries(m)
		for i := range maxAtOnce + 5 {
			go q.Vector(t.Context(), fmt.Sprint("질문 ", i))
		}
		synctest.Wait()
		if n := m.calls.Load(); n != maxAtOnce {
			t.Errorf("a slow server is asked %d at a time", n)
		}
		time.Sleep(10 * time.Second)
		m.takes = 0
		for i := range maxCached + 10 {
			_, _ = q.Vector(t.Context(), fmt.Sprint("또 ", i))
		}
		if n := len(q.cached); n != maxCached || q.order.Len() != n {
			t.Errorf("%d vectors are kept, in an order of %d", n, q.order.Len())
		}
	})
}
