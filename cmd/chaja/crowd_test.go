package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"
)

// BenchmarkCrowd asks a server, a process of its own over 10,000 posts that have all the words, the worst query from many
// clients at once, each again as soon as it is answered. Meanwhile it asks /healthz twenty times a second, and reports how
// long that takes.
func BenchmarkCrowd(b *testing.B) {
	site := os.Getenv("CHAJA_BENCH_SITE") // an indexed one, to measure several builds over the same
	if site == "" {
		site = syntheticSite(b, 10_000)
		if code := run(b.Context(), []string{"index", "--site", site}, streams{nil, io.Discard, io.Discard}); code != exitFine {
			b.Fatalf("chaja index: exit %d", code)
		}
	}
	base := serveProcess(b, site)
	for _, clients := range []int{0, 200, 1000} {
		b.Run(fmt.Sprintf("%d clients", clients), func(b *testing.B) {
			for b.Loop() {
				crowd(b, base, clients)
			}
		})
	}
}

// serveProcess starts chaja serve as a process and returns its address.
func serveProcess(b *testing.B, site string) string {
	b.Helper()
	program := os.Getenv("CHAJA_BENCH_PROGRAM") // another build, to compare with
	cmd := exec.CommandContext(b.Context(), os.Args[0], "serve", "--site", site, "--addr", "127.0.0.1:0")
	if program != "" {
		cmd.Path = program
	}
	cmd.Env = append(os.Environ(), asMain+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
}

// crowd asks for five seconds.
func crowd(b *testing.B, base string, clients int) {
	target := base + "/api/v1/search?q=" + url.QueryEscape(manyWords(32))
	client := http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	defer client.CloseIdleConnections()
	end := time.Now().Add(5 * time.Second)
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for time.Now().Before(end) {
				response, err := client.Get(target)
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, response.Body)
				response.Body.Close()
				if response.StatusCode == http.StatusServiceUnavailable {
					time.Sleep(500 * time.Millisecond) // a quarter of what Retry-After says
				}
			}
		})
	}
	var took []time.Duration
	for time.Now().Before(end) {
		begin := time.Now()
		response, err := http.Get(base + "/healthz")
		if err != nil {
			b.Fatal(err)
		}
		response.Body.Close()
		took = append(took, time.Since(begin))
		time.Sleep(50 * time.Millisecond)
	}
	all.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "healthz-ms-p50")
	b.ReportMetric(float64(took[len(took)*9/10].Microseconds())/1000, "healthz-ms-p90")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "healthz-ms-max")
	b.ReportMetric(0, "ns/op")
}
