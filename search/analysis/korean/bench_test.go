package korean

import (
	"os"
	"runtime"
	"testing"

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

// BenchmarkThroughput compares, on the Hangul eojeols of korquad-question: kagome, cutting only; this package cutting
// as kagome does; terms without the cache; and terms as they are made, once the cache is warm.
func BenchmarkThroughput(b *testing.B) {
	words := eojeolsOf(sentencesOf(b, "eval/korquad-question/corpus.jsonl"))
	run := func(name string, analyze func(word string)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size(words))
			b.ReportAllocs()
			for b.Loop() {
				for _, word := range words {
					analyze(word)
				}
			}
		})
	}
	k := kagome(b)
	run("kagome", func(word string) { k.Tokenize(word) })
	own := open(b, "")
	w := own.workers.Get().(*worker)
	run("cut", func(word string) { w.cut(word) })
	run("terms", func(word string) {
		w.cut(word)
		w.terms = w.makeTerms(w.terms[:0], word)
	})
	var dst []analysis.KoreanMorpheme
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
		var dst []analysis.KoreanMorpheme
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
