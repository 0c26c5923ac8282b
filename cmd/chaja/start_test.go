package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkStart runs chaja as a process of its own, as a shell does, over sites of paragraphs of the sample posts. On a
// busy machine cpu-ms says more than the time that passes.
func BenchmarkStart(b *testing.B) {
	for _, posts := range []int{1000, 10000} {
		site := b.TempDir()
		largeSite(b, site, posts)
		chajaProcess(b, "index", "--site", site)
		for _, command := range []string{"search 느려진 쿼리", "search tag:t7 kafka", "tags", "suggest 카", "__complete search tag:t1"} {
			b.Run(fmt.Sprintf("posts=%d/%s", posts, strings.ReplaceAll(command, " ", "_")), func(b *testing.B) {
				b.Setenv("CHAJA_SITE", site)
				var cpu time.Duration
				for b.Loop() {
					cpu += chajaProcess(b, strings.Fields(command)...)
				}
				b.ReportMetric(float64(cpu.Milliseconds())/float64(b.N), "cpu-ms/op")
				b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/op")
			})
		}
	}
}

// chajaProcess runs chaja as a process of its own and returns the processor time it took.
func chajaProcess(b *testing.B, args ...string) time.Duration {
	b.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asMain+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("chaja %q: %v\n%s", args, err, out)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// largeSite writes posts of eight paragraphs from the sample posts each, and some words that no other post has.
func largeSite(b *testing.B, dir string, posts int) {
	b.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "data", "posts", "*.md"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no sample posts: %v", err)
	}
	var paragraphs []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		paragraphs = append(paragraphs, strings.Split(string(text), "\n\n")[1:]...)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range posts {
		var text strings.Builder
		fmt.Fprintf(&text, "---\ntitle: 글 %d\ndate: 20%02d-03-04\ntags: [t%d, kafka]\n---\n", i, 10+i%15, i%300)
		for range 8 {
			text.WriteString(paragraphs[random.IntN(len(paragraphs))] + "\n\n")
		}
		for range 5 {
			for range 3 {
				text.WriteRune('가' + random.Int32N('힣'-'가'))
			}
			text.WriteByte(' ')
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%d.md", i)), []byte(text.String()), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}
