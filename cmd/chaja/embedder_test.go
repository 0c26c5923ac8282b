package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// embeddings is a server for which texts mean one of a few things, by the words in them. fail, if not nil, answers in its place.
func embeddings(t *testing.T) (address string, texts *atomic.Int64, fail *atomic.Value) {
	t.Helper()
	texts, fail = new(atomic.Int64), new(atomic.Value)
	subjects := [][]string{{"죽어요", "메모리", "재시작"}, {"안약", "점안"}, {"고양이"}}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f, ok := fail.Load().(func(http.ResponseWriter)); ok && f != nil {
			f(w)
			return
		}
		var body struct{ Input []string }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		texts.Add(int64(len(body.Input)))
		var data []string
		for i, text := range body.Input {
			v := []float64{0.1, 0.1, 0.1}
			for j, words := range subjects {
				for _, word := range words {
					if strings.Contains(text, word) {
						v[j] = 1
					}
				}
			}
			data = append(data, fmt.Sprintf(`{"index":%d,"embedding":[%v,%v,%v]}`, i, v[0], v[1], v[2]))
		}
		fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(data, ","))
	}))
	t.Cleanup(s.Close)
	return s.URL, texts, fail
}

// meaningSite is a site whose answer shares no word with the question, with an embedder in its settings.
func meaningSite(t *testing.T, address string) string {
	return newSite(t, map[string]string{
		"oom.md":     "---\ntitle: 컨테이너 한도\ntags: [운영]\n---\n한도를 넘으면 메모리 부족으로 재시작됩니다.\n",
		"eye.md":     "---\ntitle: 점안액\n---\n눈에 넣는 점안 방법.\n",
		"cat.md":     "---\ntitle: 고양이\n---\n고양이가 잡니다.\n",
		"chaja.yaml": "embedder:\n  url: " + address + "\n  model: small\n",
	})
}

const deadServer = "왜 서버가 자꾸 죽어요"

func TestEmbedder(t *testing.T) {
	address, texts, _ := embeddings(t)
	site := meaningSite(t, address)
	contains := func(what, got, want string) {
		t.Helper()
		if !strings.Contains(got, want) {
			t.Errorf("%s: %q is not in\n%s", what, want, got)
		}
	}
	contains("index", fine(t, "index", "--site", site), "3 passages embedded")
	contains("again", fine(t, "index", "--site", site, "--full"), "0 passages embedded")
	contains("check", fine(t, "check", "--site", site), "3 passages of the index, all with a vector")
	if n := texts.Load(); n != 3 {
		t.Errorf("%d texts are sent for three sections", n)
	}
	contains("search", fine(t, "search", "--site", site, "--explain", deadServer), "1. 컨테이너 한도")
	must(t, os.WriteFile(filepath.Join(site, "new.md"), []byte("---\ntitle: 새 글\n---\n고양이 둘.\n"), 0o644))
	contains("one more", fine(t, "index", "--site", site), "1 passage embedded")

	type answer struct {
		Total int
		Hits  []struct {
			ID        string
			ByMeaning bool `json:"by_meaning"`
		}
	}
	a := decoded[answer](t, "search", "--site", site, "--json", deadServer)
	if a.Total == 0 || a.Hits[0].ID != "oom.md" || !a.Hits[0].ByMeaning {
		t.Errorf("%+v", a)
	}
	for _, query := range []string{"죽어요", `"서버가 자꾸 죽어요"`} {
		if a := decoded[answer](t, "search", "--site", site, "--json", query); len(a.Hits) > 0 {
			t.Errorf("%s is found by meaning: %+v", query, a)
		}
	}
}

// TestEmbedderFails: whatever is wrong with the server is told in one line, and posts are found by their words.
func TestEmbedderFails(t *testing.T) {
	address, _, fail := embeddings(t)
	say := func(status int, body string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}
	}
	for _, test := range []struct {
		name   string
		answer func(http.ResponseWriter)
		want   string
	}{
		{"401", say(401, `{"error":{"message":"wrong key"}}`), "401 Unauthorized: wrong key"},
		{"HTML", say(200, "<html>"), "a page of HTML"},
		{"NaN", say(200, `{"data":[{"embedding":[NaN]},{"embedding":[NaN]},{"embedding":[NaN]}]}`), "cannot be read"},
	} {
		t.Run(test.name, func(t *testing.T) {
			fail.Store(test.answer)
			site := meaningSite(t, address)
			r := chaja(t, "index", "--site", site)
			out, errs, code := r.out, r.err, r.code
			if code != 0 || !strings.Contains(errs, test.want) || strings.Count(errs, "\n") != 1 || !strings.Contains(out, "3 of 3 have no vector") {
				t.Errorf("code %d\n%s\n%s", code, out, errs)
			}
			if got := fine(t, "check", "--site", site); !strings.Contains(got, "3 of 3 passages of the index have no vector") {
				t.Error(got)
			}
			start := time.Now()
			if got := fine(t, "search", "--site", site, "왜 고양이가 잡니다"); !strings.Contains(got, "고양이") || time.Since(start) > 20*time.Second {
				t.Errorf("%s after %v", got, time.Since(start))
			}
		})
	}
}

func TestEmbedderSettings(t *testing.T) {
	for text, want := range map[string]string{
		"embedder:\n  url: nowhere\n":                                         "chaja.yaml:2: --embedder wants an address",
		"embedder:\n  url: http://127.0.0.1:1\n  modle: m\n":                  `chaja.yaml:3: unknown key "modle" of embedder; its keys are url, `,
		"embedder:\n  url: http://127.0.0.1:1\n  url: http://127.0.0.1:2\n":   "chaja.yaml:3: ",
		"embedder:\n  url: http://127.0.0.1:1\n  input-type: question\n":      "chaja.yaml:3: --embedder-input-type wants one of passage, document",
		"embedder:\n  url: http://127.0.0.1:1\n  key-file: key\n":             "can be read by others",
		"embedder:\n  url: http://127.0.0.1:1\n  key-file: no-such-key.txt\n": "no such file",
	} {
		site := newSite(t, map[string]string{"a.md": "글\n", "chaja.yaml": text, "key": "secret-key\n"})
		r := chaja(t, "index", "--site", site)
		errs, code := r.err, r.code
		if code == 0 || !strings.Contains(errs, want) || strings.Contains(errs, "secret-key") {
			t.Errorf("%q: code %d, %s", text, code, errs)
		}
	}
}
