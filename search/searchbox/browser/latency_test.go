package browser

import (
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// pagefindVariable names a folder with Pagefind's node_modules.
const pagefindVariable = "CHAJA_PAGEFIND"

// Limits of the box on this machine, in milliseconds from a key to the picture of its answer.
const (
	medianLimit   = 90
	firstKeyLimit = 110
)

// measure keeps, for each key, the time until the answer to it is painted. It expects an input and what holds the answers.
const measure = `(input, answers) => {
	window.times = [];
	let pressed = 0;
	input.addEventListener("keydown", (e) => { pressed = e.timeStamp; }, { capture: true });
	new MutationObserver(() => {
		if (!pressed) return;
		const from = pressed;
		pressed = 0;
		requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => times.push(performance.now() - from); port2.postMessage(0); });
	}).observe(answers, { childList: true, subtree: true });
}`

// TestBoxLatency types into the box, and into Pagefind as it is shipped, over the same posts; make box-latency shows it.
func TestBoxLatency(t *testing.T) {
	w := need(t)
	if !testing.Verbose() {
		t.Skip("nobody would see it: make box-latency")
	}
	words := []string{"kafka", "spring", "postgres"}
	var all, first []float64
	for _, word := range words {
		p := openBlog(t, "inline", "ko", desktop)
		p.press("/")
		p.until("the start is there", `$$(".open .post").length > 0`)
		p.run(`(` + measure + `)($("input"), $(".list"))`)
		time.Sleep(300 * time.Millisecond)
		times := typeSlowly(p, word)
		all, first = append(all, times...), append(first, times[0])
	}
	report(t, "the box", all, first)
	if median(all) > medianLimit || median(first) > firstKeyLimit {
		t.Errorf("the limits are %d ms and %d ms", medianLimit, firstKeyLimit)
	}
	dir := os.Getenv(pagefindVariable)
	if dir == "" {
		t.Log("Pagefind is not here: make box-latency brings it")
		return
	}
	site := pagefindSite(t, dir, w.blog)
	all, first = nil, nil
	for _, word := range words {
		p := open(t, site, desktop)
		p.until("Pagefind is there", `!!document.querySelector(".pagefind-ui__search-input")`)
		p.run(`document.querySelector(".pagefind-ui__search-input").focus(); (` + measure + `)(document.querySelector(".pagefind-ui__search-input"), document.querySelector(".pagefind-ui__drawer"))`)
		time.Sleep(300 * time.Millisecond)
		times := typeSlowly(p, word)
		all, first = append(all, times...), append(first, times[0])
	}
	report(t, "Pagefind", all, first)
}

// typeSlowly presses keys, each after the answer to the one before. It looks once in a while: each look takes the page some
// time.
func typeSlowly(p *tab, word string) []float64 {
	p.Helper()
	for i, r := range word {
		p.press(string(r))
		time.Sleep(500 * time.Millisecond)
		p.until("the answer is painted", fmt.Sprintf("times.length > %d", i))
	}
	return eval[[]float64](p, "times")
}

func median(times []float64) float64 {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

func report(t *testing.T, name string, all, first []float64) {
	t.Helper()
	t.Logf("keydown to paint of %s: %.0f ms, the median of %d keys; first key %.0f ms; the slowest %.0f ms", name, median(all), len(all), median(first), slices.Max(all))
}

// pagefindSite writes the posts as pages, has Pagefind index them, and serves them with its own box.
func pagefindSite(t *testing.T, modules string, b *blog) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, body string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		page := `<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>blog</title><link rel="icon" href="data:,"></head><body>` + body + `</body></html>`
		if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for _, post := range b.posts {
		n++
		write(fmt.Sprintf("post%d/index.html", n), `<main data-pagefind-body><h1>`+html.EscapeString(post.Title)+`</h1><p>`+strings.ReplaceAll(html.EscapeString(post.Body), "\n", "</p><p>")+`</p></main>`)
	}
	write("index.html", `<link rel="stylesheet" href="/pagefind/pagefind-ui.css"><script src="/pagefind/pagefind-ui.js"></script><div id="search"></div><script>new PagefindUI({ element: "#search" })</script>`)
	if out, err := exec.Command(filepath.Join(modules, "node_modules", ".bin", "pagefind"), "--site", dir).CombinedOutput(); err != nil {
		t.Skipf("Pagefind: %v\n%s", err, out)
	}
	return serveStatic(t, dir, b.URL)
}
