package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"chaja/search/bleveindex"
	"chaja/search/eval"
	"chaja/search/generation"
)

// Variables of TestEndToEnd.
const (
	endToEndVariable = "CHAJA_TEST_E2E"  // a folder in the form of BEIR, or a site
	peerVariable     = "CHAJA_TEST_PEER" // a program that chaja eval --beside takes
)

// TestEndToEnd measures everything over one collection or site and prints it as one table: indexing, the index by its parts,
// opening, and queries of several kinds, over HTTP, from one client and from eight.
func TestEndToEnd(t *testing.T) {
	dir := os.Getenv(endToEndVariable)
	if dir == "" {
		t.Skip("it takes minutes: make bench-e2e DIR=FOLDER")
	}
	site, isCollection := dir, false
	if _, err := os.Stat(filepath.Join(dir, "corpus.jsonl")); err == nil {
		site, isCollection = siteOf(t, dir), true
	}
	index := filepath.Join(t.TempDir(), "index")
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer out.Flush()
	printIndexing(t, out, site, index)
	printParts(t, out, index)
	docs := printOpening(t, out, index)
	_, s := startServer(t, nil, "--site", site, "--index", index)
	fmt.Fprintln(out, "\nHTTP, ms\tp50\tp95\tp99\t8 clients: p50\tp95\tp99\ta second\t")
	for _, k := range kindsOfQueries(docs) {
		one, eight := load(t, s.base, k, 1), load(t, s.base, k, 8)
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%.0f\t\n", k.name, one.at(50), one.at(95), one.at(99), eight.at(50), eight.at(95), eight.at(99), eight.rate)
	}
	if peer := os.Getenv(peerVariable); peer != "" && isCollection {
		out.Flush()
		fmt.Println()
		command := childOf(t, "eval", "--beside", peer, dir)
		command.Stdout, command.Stderr = os.Stdout, os.Stderr
		must(t, command.Run())
	}
}

// childOf is chaja as a process of its own.
func childOf(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), asMain+"=1")
	return cmd
}

// siteOf writes the documents of a collection as posts.
func siteOf(t *testing.T, dir string) string {
	t.Helper()
	site := t.TempDir()
	collection, err := eval.Open(dir)
	must(t, err)
	n := 0
	must(t, collection.Corpus(func(d eval.Doc) error {
		title, err := json.Marshal(d.Title)
		if err != nil {
			return err
		}
		folder := filepath.Join(site, fmt.Sprintf("%03d", n/1000))
		must(t, os.MkdirAll(folder, 0o755))
		n++
		return os.WriteFile(filepath.Join(folder, fmt.Sprintf("%06d.md", n)), fmt.Appendf(nil, "---\ntitle: %s\n---\n%s\n", title, d.Text), 0o644)
	}))
	return site
}

// usage is what a process took.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // bytes
}

// measured runs a process to its end. It asks again and again how much memory that holds, as what the system tells at the end
// is at least what this process held.
func measured(t *testing.T, cmd *exec.Cmd) (u usage) {
	t.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	began := time.Now()
	must(t, cmd.Start())
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("%v: %s", err, tail(out.String()))
			}
			u.wall, u.cpu = time.Since(began), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
			return u
		case <-time.After(2 * time.Millisecond):
			u.peak = max(u.peak, residentPeak(strconv.Itoa(cmd.Process.Pid)))
		}
	}
}

func (u usage) String() string {
	return fmt.Sprintf("%.2f s\t%.2f s\t%d MB\t", u.wall.Seconds(), u.cpu.Seconds(), u.peak>>20)
}

func printIndexing(t *testing.T, out *tabwriter.Writer, site, index string) {
	posts, size := 0, int64(0)
	must(t, filepath.WalkDir(site, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			info, err := entry.Info()
			if err != nil {
				return err
			}
			posts, size = posts+1, size+info.Size()
		}
		return err
	}))
	all := measured(t, childOf(t, "index", "--site", site, "--index", index))
	fmt.Fprintf(out, "%d posts, %.1f MB\ttime\tprocessor\tpeak\tMB/s\t\n", posts, float64(size)/1e6)
	fmt.Fprintf(out, "chaja index\t%s%.2f\t\n", all, float64(size)/1e6/all.wall.Seconds())
	fmt.Fprintf(out, "nothing changed\t%s\t\n", measured(t, childOf(t, "index", "--site", site, "--index", index)))
}

// printParts prints the bytes of an index by what they are for.
func printParts(t *testing.T, out *tabwriter.Writer, index string) {
	parts := map[string]int64{}
	must(t, filepath.WalkDir(index, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name := entry.Name()
		if filepath.Ext(name) == ".zap" {
			name = "segments"
		}
		parts[name] += info.Size()
		parts["index"] += info.Size()
		return nil
	}))
	fmt.Fprintln(out, "\nof the index\tMB\t")
	for _, name := range []string{"segments", "words", "pairs.json", "notes", "index"} {
		fmt.Fprintf(out, "%s\t%.2f\t\n", name, float64(parts[name])/1e6)
	}
}

// printOpening prints how long it takes to open the index, and chaja search as a process. It returns some documents.
func printOpening(t *testing.T, out *tabwriter.Writer, index string) []sampled {
	analyzer, err := new(dictionary).analyzer()
	must(t, err)
	var took []time.Duration
	var docs []sampled
	for range 5 {
		began := time.Now()
		g, err := generation.Open(index, bleveindex.NewEngine(analyzer))
		must(t, err)
		took = append(took, time.Since(began))
		if docs == nil {
			docs = sample500(t, g)
		}
		must(t, g.Close())
	}
	slices.Sort(took)
	words := cmp.Or(strings.Join(docs[0].words[:min(2, len(docs[0].words))], " "), docs[0].title)
	fmt.Fprintf(out, "\nopen\t%v\t\n", took[len(took)/2].Round(100*time.Microsecond))
	fmt.Fprintf(out, "chaja search\t%s\n", measured(t, childOf(t, "search", "--index", index, "--", words)))
	return docs
}
