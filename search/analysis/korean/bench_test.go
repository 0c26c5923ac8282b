package korean

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"chaja/search/analysis"
	"chaja/search/analysis/korean/internal/dict"
)

func BenchmarkOpen(b *testing.B) {
	file, err := os.ReadFile("internal/dict/korean.dict")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := dict.Decode(file); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTerms makes the terms of the Hangul eojeols of korquad-question: without the cache, and once it is warm.
func BenchmarkTerms(b *testing.B) {
	words := eojeolsOf(sentencesOf(b, corpus))
	own := open(b, "")
	w := own.workers.Get().(*worker)
	var dst []analysis.Morph
	run := func(name string, terms func(word string)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size(words))
			b.ReportAllocs()
			for b.Loop() {
				each(words, terms)
			}
		})
	}
	run("uncached", w.uncached)
	run("cached", func(word string) { dst = own.Morphemes(dst[:0], word) })
}

// BenchmarkScale analyzes the 142 MB of shared/scale once and reports what stays on the heap.
func BenchmarkScale(b *testing.B) {
	f, err := os.Open(shared(b, "scale/msdocs-ko.jsonl.zst"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for b.Loop() {
		if _, err := f.Seek(0, 0); err != nil {
			b.Fatal(err)
		}
		r, err := zstd.NewReader(f)
		if err != nil {
			b.Fatal(err)
		}
		a := open(b, "")
		var dst []analysis.Morph
		bytes := 0
		analyze := func(text string) {
			for _, word := range hangulRun.FindAllString(text, -1) {
				dst = a.Morphemes(dst[:0], word)
				bytes += len(word)
			}
		}
		eachDocument(b, r, analyze)
		r.Close()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.HeapAlloc)/1e6, "heap-MB")
		b.ReportMetric(float64(bytes)/1e6, "hangul-MB")
		runtime.KeepAlive(a)
	}
}

const corpus = "eval/korquad-question/corpus.jsonl"

func each(texts []string, do func(string)) {
	for _, text := range texts {
		do(text)
	}
}

// uncached makes the terms of an eojeol.
func (w *worker) uncached(word string) {
	w.cut(word)
	w.terms = w.makeTerms(w.terms[:0], word)
}

// BenchmarkPeers compares with kagome, on the Hangul eojeols of korquad-question, and with Lucene's nori where
// shared/peers/nori/run is, on its whole texts. Passes take turns, and the best of each counts, as in what nori reports.
func BenchmarkPeers(b *testing.B) {
	texts := sentencesOf(b, corpus)
	words := eojeolsOf(texts)
	k, own := kagome(b), open(b, "")
	w := own.workers.Get().(*worker)
	var dst []analysis.Morph
	sides := []struct {
		name  string
		texts []string
		do    func(string)
		best  float64 // MB/s
	}{
		{name: "kagome", texts: words, do: func(word string) { k.Tokenize(word) }},
		{name: "cutting as kagome does", texts: words, do: w.cut},
		{name: "making terms", texts: words, do: w.uncached},
		{name: "whole texts, cache warm", texts: texts, do: func(text string) { dst = own.Morphemes(dst[:0], text) }},
		{name: "whole texts, no cache", texts: texts, do: func(text string) {
			for _, word := range eojeols(text) {
				w.uncached(word)
			}
		}},
	}
	for b.Loop() {
		for range 9 {
			for i, s := range sides {
				start := time.Now()
				each(s.texts, s.do)
				sides[i].best = max(s.best, float64(size(s.texts))/1e6/time.Since(start).Seconds())
			}
		}
	}
	b.Logf("kagome: %.2f MB/s", sides[0].best)
	for _, s := range sides[1:3] {
		b.Logf("%s: %.2f MB/s, %.1f times kagome", s.name, s.best, s.best/sides[0].best)
	}
	reference, err := nori(filepath.Dir(shared(b, corpus)))
	if err != nil {
		b.Logf("nori: not measured: %v", err)
		return
	}
	b.Logf("nori: %.2f MB/s", reference)
	for _, s := range sides[3:] {
		b.Logf("%s: %.2f MB/s, %.1f times nori", s.name, s.best, s.best/reference)
	}
}

// nori returns the MB/s at which Lucene's Korean analyzer reads the texts of a collection, as its yardstick reports them.
func nori(collection string) (float64, error) {
	run := filepath.Join(collection, "..", "..", "peers", "nori", "run")
	if _, err := os.Stat(run); err != nil {
		return 0, fmt.Errorf("find the yardstick: %w", err)
	}
	out, err := exec.Command(run, collection, "nori").Output()
	if err != nil {
		return 0, fmt.Errorf("run the yardstick: %w", err)
	}
	var report struct {
		Speed float64 `json:"tokenize_mb_per_s"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return 0, fmt.Errorf("read the yardstick's report: %w", err)
	}
	return report.Speed, nil
}
