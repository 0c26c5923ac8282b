package querylog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// newLog returns an empty log and what moves its clock on.
func newLog(t *testing.T, path string) (l *Log, later func(time.Duration)) {
	t.Helper()
	l, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2024, 5, 4, 0, 0, 0, 0, time.UTC)
	l.now = func() time.Time { return now }
	return l, func(d time.Duration) { now = now.Add(d) }
}

func TestAdd(t *testing.T) {
	repeat := func(q string) []string { return []string{q, q, q} }
	tests := []struct {
		name  string
		every time.Duration
		asked []string
		want  []Query
	}{
		{"asked often enough", apart, repeat("등대"), []Query{{"등대", 3, 1, "2024-05-04"}}},
		{"asked twice", apart, []string{"등대", "등대"}, []Query{}},
		{"asked often, but at once", time.Second, repeat("등대"), []Query{}},
		{"written in other ways", apart, []string{"Go  언어", " go 언어", "GO 언어\t"}, []Query{{"go 언어", 3, 1, "2024-05-04"}}},
		{"the most asked first", apart, append(repeat("b"), "a", "a", "a", "a"), []Query{{"a", 4, 1, "2024-05-04"}, {"b", 3, 1, "2024-05-04"}}},
		{"nothing", apart, repeat("  "), []Query{}},
		{"a pasted text", apart, repeat(strings.Repeat("글", maxBytes)), []Query{}},
		{"an address of mail", apart, repeat("someone@mail.example"), []Query{}},
		{"a telephone", apart, repeat("010-1234-5678"), []Query{}},
		{"a number of a resident", apart, repeat("900101 1234567"), []Query{}},
		{"a year and a version", apart, repeat("2019 java 17"), []Query{{"2019 java 17", 3, 1, "2024-05-04"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, later := newLog(t, filepath.Join(t.TempDir(), "queries.json"))
			for _, q := range tt.asked {
				l.Add(q, 1)
				later(tt.every)
			}
			if diff := cmp.Diff(tt.want, l.Queries()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestFound: what was found is that of the ask that counted last.
func TestFound(t *testing.T) {
	l, later := newLog(t, filepath.Join(t.TempDir(), "queries.json"))
	for range minAsked {
		l.Add("등대", 5)
		later(apart)
	}
	later(-apart / 2)
	l.Add("등대", 0)
	if diff := cmp.Diff([]Query{{"등대", minAsked, 5, "2024-05-04"}}, l.Queries()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestFindsNothing: what finds nothing is kept when it is asked first, if it is short, and forgotten when nobody asks it
// again. What finds something is not, nor what finds something by now.
func TestFindsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queries.json")
	l, later := newLog(t, path)
	for _, q := range []string{"블루그린 배포", "010-1234-5678", "a@b.example", strings.Repeat("글", maxOnce/3+1), strings.Repeat("말", maxOnce/3)} {
		l.Add(q, 0)
	}
	l.Add("등대", 1)
	l.Add("이제 있다", 0)
	later(apart)
	l.Add("이제 있다", 2)
	want := []Query{{"블루그린 배포", 1, 0, "2024-05-04"}, {strings.Repeat("말", maxOnce/3), 1, 0, "2024-05-04"}}
	if diff := cmp.Diff(want[:1], l.Queries()[1:]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	later(seldomDays * 24 * time.Hour)
	if n := len(l.Queries()); n != 2 {
		t.Errorf("%d on the last day", n)
	}
	later(24 * time.Hour)
	if left := l.Queries(); len(left) > 0 {
		t.Errorf("a day later: %v", left)
	}
}

// TestMove: what an older chaja kept goes on in the new place, once; what is there is never lost.
func TestMove(t *testing.T) {
	const kept = `{"queries":[{"query":"등대","asked":5,"found":1,"last":"2024-05-04"}]}`
	for _, tt := range []struct {
		name, old, new string
		fails          bool
		asked          int // in the new place
		oldStays       bool
	}{
		{"none", "", "", false, 0, false},
		{"the old one", kept, "", false, 5, false},
		{"both", kept, strings.Replace(kept, "5", "9", 1), false, 9, true},
		{"a damaged one", "{half", "", true, 0, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			old, path := filepath.Join(dir, "queries.json"), filepath.Join(dir, "state", "queries.json")
			for name, text := range map[string]string{old: tt.old, path: tt.new} {
				if text == "" {
					continue
				}
				if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(text), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 {
				if err := Move(old, path); (err != nil) != tt.fails {
					t.Fatal(err)
				}
			}
			got, err := Read(path)
			if err != nil || tt.asked > 0 && (len(got) != 1 || got[0].Asked != tt.asked) || tt.asked == 0 && len(got) > 0 {
				t.Errorf("%v, %v", got, err)
			}
			if _, err := os.Stat(old); (err == nil) != tt.oldStays {
				t.Errorf("the old one: %v", err)
			}
		})
	}
}

// TestKeptLater: what could not be written is written as soon as it can be.
func TestKeptLater(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name, path string
		mend       func(path string) error
		fails      bool
	}{
		{"no folder yet", filepath.Join(dir, "blog", "state", "queries.json"), func(string) error { return os.Mkdir(filepath.Join(dir, "blog"), 0o700) }, false},
		{"a folder in its place", filepath.Join(dir, "queries.json"), os.Remove, true},
	}
	if err := os.Mkdir(tests[1].path, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := &Log{path: tt.path, now: time.Now, queries: map[string]*entry{}}
			l.Add("등대", 1)
			if err := l.save(); (err != nil) != tt.fails {
				t.Errorf("first: %v", err)
			}
			if err := tt.mend(tt.path); err != nil {
				t.Fatal(err)
			}
			if err := l.save(); err != nil {
				t.Errorf("then: %v", err)
			}
			if _, err := os.ReadFile(tt.path); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestBounded: a stream of new queries takes neither more memory nor the place of what is asked often.
func TestBounded(t *testing.T) {
	l, later := newLog(t, filepath.Join(t.TempDir(), "queries.json"))
	for range minAsked {
		l.Add("등대", 1)
		later(apart)
	}
	for n := range 10 * maxQueries {
		l.Add(fmt.Sprintf("new %d", n), n%2)
	}
	if kept := l.Queries(); len(l.queries) > 2*maxQueries || len(kept) > maxQueries || kept[0].Query != "등대" {
		t.Errorf("%d queries in memory, %d kept", len(l.queries), len(l.Queries()))
	}
}

// TestKept: what was kept is there after a restart and counts on; who else is on the machine cannot read it.
func TestKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queries.json")
	var log bytes.Buffer
	for round := 1; round <= 2; round++ {
		l, later := newLog(t, path)
		for range minAsked {
			l.Add("등대", round)
			later(apart)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		l.Keep(ctx, slog.New(slog.NewTextHandler(&log, nil)))
	}
	got, err := Read(path)
	if diff := cmp.Diff([]Query{{"등대", 2 * minAsked, 2, "2024-05-04"}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 || log.Len() > 0 {
		t.Errorf("left %v, logged %q", left, log.String())
	}
}

func TestCannotBeKept(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name, path string
		logged     bool
	}{
		{"no index yet", filepath.Join(dir, "none", "state", "queries.json"), false},
		{"a folder in its place", dir, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := &Log{path: tt.path, now: time.Now, queries: map[string]*entry{}}
			l.Add("등대", 1)
			var log bytes.Buffer
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			l.Keep(ctx, slog.New(slog.NewTextHandler(&log, nil)))
			if logged := strings.Contains(log.String(), "queries are not kept"); logged != tt.logged {
				t.Errorf("logged %q", log.String())
			}
			if left, _ := filepath.Glob(dir + ".new"); len(left) > 0 {
				t.Errorf("left %v", left)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder was made")
	}
}

// TestDamaged: a file that cannot be read is told of, and a new one begun.
func TestDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queries.json")
	if err := os.WriteFile(path, []byte("{half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := Open(path); err == nil || l == nil || len(l.Queries()) > 0 {
		t.Errorf("%v, %v", l, err)
	}
}
