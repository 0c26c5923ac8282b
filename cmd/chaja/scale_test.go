package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/klauspost/compress/zstd"
)

// Variables of TestScale.
const (
	scaleVariable = "CHAJA_TEST_SCALE" // numbers of posts, such as 1000,10000,100000
	chartVariable = "CHAJA_TEST_CHART" // the SVG to write
)

// TestScale measures what indexing and searching cost by the number of posts, fits exponents of growth, and draws a chart. The
// posts are made of sentences of SHARED/scale that are put together anew; each post has words of its own too, so that the
// vocabulary keeps growing, as it does in real text.
func TestScale(t *testing.T) {
	sizes := os.Getenv(scaleVariable)
	if sizes == "" {
		t.Skip("it takes long: make bench-scale")
	}
	sentences := readSentences(t)
	var points []scalePoint
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "posts\ttext MB\tindexing s\tprocessor s\tpeak MB\tindex MB\tsearch µs p50\tp99\tprocessor\topen and search s\tpeak MB\t")
	for size := range strings.SplitSeq(sizes, ",") {
		posts, err := strconv.Atoi(size)
		must(t, err)
		p := measureScale(t, sentences, posts)
		points = append(points, p)
		fmt.Fprintf(out, "%d\t%.1f\t%.1f\t%.1f\t%.0f\t%.1f\t%.0f\t%.0f\t%.0f\t%.2f\t%d\t\n", p.posts, p.TextMB, p.IndexS, p.IndexCPUS, p.IndexPeakMB, p.IndexMB,
			p.QueryP50, p.QueryP99, p.QueryCPU, p.search.wall.Seconds(), p.search.peak>>20)
		out.Flush()
	}
	if len(points) < 2 {
		return
	}
	for _, c := range curves {
		fmt.Printf("%s grows as text to the power %.2f\n", c.name, exponent(points, c.value))
	}
	if chart := os.Getenv(chartVariable); chart != "" {
		must(t, os.WriteFile(chart, []byte(drawChart(points)), 0o644))
	}
}

// scalePoint is what so many posts cost.
type scalePoint struct {
	evalReport
	posts  int
	search usage // of a chaja search as a process
}

// curve is one of the costs.
type curve struct {
	name  string
	value func(scalePoint) float64
}

var curves = []curve{
	{"indexing, processor s", func(p scalePoint) float64 { return p.IndexCPUS }},
	{"index, MB", func(p scalePoint) float64 { return p.IndexMB }},
	{"peak of indexing, MB", func(p scalePoint) float64 { return p.IndexPeakMB }},
	{"a search, processor µs", func(p scalePoint) float64 { return p.QueryCPU }},
}

// exponent fits value = c * text^e by least squares of the logarithms.
func exponent(points []scalePoint, value func(scalePoint) float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, p := range points {
		x, y := math.Log(p.TextMB), math.Log(value(p))
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

// readSentences reads the sentences of the documents in SHARED/scale.
func readSentences(t *testing.T) []string {
	t.Helper()
	shared := os.Getenv("CHAJA_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	files, _ := filepath.Glob(filepath.Join(shared, "scale", "*.jsonl.zst"))
	if len(files) == 0 {
		t.Skip("no documents in SHARED/scale")
	}
	f, err := os.Open(files[0])
	must(t, err)
	defer f.Close()
	z, err := zstd.NewReader(f)
	must(t, err)
	defer z.Close()
	var sentences []string
	in := bufio.NewReader(z)
	for {
		line, err := in.ReadBytes('\n')
		var doc struct{ Text string }
		if len(line) > 1 {
			must(t, json.Unmarshal(line, &doc))
			for s := range strings.SplitSeq(doc.Text, "\n") {
				if len(s) > 30 && len(s) < 600 {
					sentences = append(sentences, s)
				}
			}
		}
		if err == io.EOF {
			return sentences
		}
		must(t, err)
	}
}

// measureScale makes a collection of so many posts and measures it.
func measureScale(t *testing.T, sentences []string, posts int) scalePoint {
	t.Helper()
	dir := t.TempDir()
	query := writeCollection(t, dir, sentences, posts)
	cmd := childOf(t, "eval", "--json", dir)
	out, err := cmd.Output()
	if e, ok := err.(*exec.ExitError); ok {
		t.Fatalf("%v: %s", err, tail(string(e.Stderr)))
	}
	must(t, err)
	p := scalePoint{posts: posts}
	must(t, json.Unmarshal(out, &p.evalReport))
	p.search = searchOnce(t, dir, query)
	return p
}

// searchOnce indexes a collection as a site and searches it as a process.
func searchOnce(t *testing.T, dir, query string) usage {
	t.Helper()
	site, index := siteOf(t, dir), filepath.Join(dir, "index")
	measured(t, childOf(t, "index", "--site", site, "--index", index))
	u := measured(t, childOf(t, "search", "--index", index, "--", query))
	must(t, os.RemoveAll(index))
	must(t, os.RemoveAll(site))
	return u
}

// writeCollection writes posts of 3 to 30 sentences, and queries of three words of a post. It returns one of them.
func writeCollection(t *testing.T, dir string, sentences []string, posts int) (query string) {
	t.Helper()
	random := rand.New(rand.NewPCG(5, 6))
	queries, judged := new(strings.Builder), new(strings.Builder)
	f, err := os.Create(filepath.Join(dir, "corpus.jsonl"))
	must(t, err)
	w := bufio.NewWriter(f)
	judged.WriteString("query-id\tcorpus-id\tscore\n")
	every := max(1, posts/200)
	for i := range posts {
		var text strings.Builder
		for n := range 3 + random.IntN(28) {
			if n%8 == 0 {
				fmt.Fprintf(&text, "\n## %s\n\n", ownWord(random, sentences))
			}
			text.WriteString(sentences[random.IntN(len(sentences))])
			text.WriteByte('\n')
		}
		title := ownWord(random, sentences) + " " + ownWord(random, sentences)
		line, err := json.Marshal(map[string]string{"_id": fmt.Sprintf("p%07d", i), "title": title, "text": text.String()})
		must(t, err)
		_, err = w.Write(append(line, '\n'))
		must(t, err)
		if i%every == 0 {
			words := strings.Fields(text.String())
			query = words[random.IntN(len(words))] + " " + words[random.IntN(len(words))] + " " + words[random.IntN(len(words))]
			line, err := json.Marshal(map[string]string{"_id": fmt.Sprintf("q%d", i), "text": query})
			must(t, err)
			fmt.Fprintf(queries, "%s\n", line)
			fmt.Fprintf(judged, "q%d\tp%07d\t1\n", i, i)
		}
	}
	must(t, w.Flush())
	must(t, f.Close())
	must(t, os.MkdirAll(filepath.Join(dir, "qrels"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "queries.jsonl"), []byte(queries.String()), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, "qrels", "test.tsv"), []byte(judged.String()), 0o644))
	return query
}

// ownWord puts the beginning of one word and the end of another together.
func ownWord(random *rand.Rand, sentences []string) string {
	half := func() []rune {
		words := strings.Fields(sentences[random.IntN(len(sentences))])
		return []rune(words[random.IntN(len(words))])
	}
	a, b := half(), half()
	return string(slices.Concat(a[:(len(a)+1)/2], b[len(b)/2:]))
}
