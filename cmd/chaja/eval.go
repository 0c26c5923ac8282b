package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/eval"
	"chaja/search/generation"
	"chaja/search/meaning"
	"chaja/search/service"
)

func newEval() *cobra.Command {
	var words dictionary
	var at folders
	var asJSON bool
	var runFile, peer string
	var embedder embedder
	cmd := &cobra.Command{
		Use:   "eval DIR",
		Short: "Measure retrieval quality and speed over a BEIR collection",
		Long: `Eval indexes the corpus of a folder in the form of BEIR (corpus.jsonl, queries.jsonl, qrels/test.tsv) like posts,
in a folder of its own that is removed afterwards, and measures how well and how fast its queries are answered. A peer to
compare with is a program that takes the folder and prints what eval --json prints. With --engine opensearch the index is
in the cluster for as long, and the rankings are compared with those of Bleve.`,
		Example: "  chaja eval --json ~/beir/korquad",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("eval wants one folder, got %d; see: %s --help", len(args), cmd.CommandPath())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			analyzer, err := words.analyzer()
			if err != nil {
				return err
			}
			defer holdMemory()()
			report, err := evaluate(cmd.Context(), args[0], at, analyzer, &embedder, runFile, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), report)
			}
			if peer == "" {
				report.print(cmd.OutOrStdout())
				return nil
			}
			other, err := measure(cmd.Context(), peer, args[0], cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			report.print(cmd.OutOrStdout())
			compare(cmd.OutOrStdout(), report, peer, other)
			return nil
		},
	}
	words.wordsFlag(cmd)
	at.engineFlags.engineFlags(cmd)
	at.shardsFlag(cmd)
	embedder.embedderFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().StringVar(&runFile, "run", "", "also write the rankings to this file, in the form of TREC")
	cmd.Flags().StringVar(&peer, "beside", "", "a program to compare with, run on the same folder")
	_ = cmd.MarkFlagFilename("run")
	_ = cmd.MarkFlagFilename("beside")
	cmd.MarkFlagsMutuallyExclusive("json", "beside")
	return cmd
}

// evalReport is what eval measures.
type evalReport struct {
	Documents int     `json:"documents"`
	TextMB    float64 `json:"text_mb"`
	eval.Metrics
	IndexS      float64 `json:"index_s"`
	IndexCPUS   float64 `json:"index_cpu_s,omitempty"`   // processor time; not where the system does not tell
	IndexPeakMB float64 `json:"index_peak_mb,omitempty"` // the most memory that was resident until then; the same
	IndexMBPerS float64 `json:"index_mb_per_s"`
	IndexMB     float64 `json:"index_mb"`
	QueryP50    float64 `json:"query_us_p50"` // to the ranked documents, without excerpts
	QueryP99    float64 `json:"query_us_p99"`
	QueryCPU    float64 `json:"query_cpu_us,omitempty"` // processor time, the mean; not where the system does not tell

	Cluster   *agreement      `json:"cluster,omitempty"`   // of an engine elsewhere
	Embedding *meaning.Report `json:"embedding,omitempty"` // with --embedder
}

func (r evalReport) print(out io.Writer) {
	fmt.Fprintf(out, "%d documents, %.2f MB, indexed in %.2f s (%.2f MB/s), index %.2f MB\n", r.Documents, r.TextMB, r.IndexS, r.IndexMBPerS, r.IndexMB)
	if r.IndexPeakMB > 0 {
		fmt.Fprintf(out, "indexing took %.2f s of processor and %.0f MB at most\n", r.IndexCPUS, r.IndexPeakMB)
	}
	if e := r.Embedding; e != nil {
		fmt.Fprintln(out, embeddedText(e))
	}
	fmt.Fprintf(out, "%d queries: nDCG@10 %.4f, MRR@10 %.4f, recall@1 %.4f, @10 %.4f, @100 %.4f\n", r.Queries, r.NDCG10, r.MRR10, r.Recall1, r.Recall10, r.Recall100)
	fmt.Fprintf(out, "a query takes %.0f µs (p50), %.0f µs (p99)\n", r.QueryP50, r.QueryP99)
	r.Cluster.print(out)
}

// errCollection says that a folder lacks a file of a BEIR collection.
var errCollection = errors.New("no collection")

// evaluate measures over the collection in dir, writes the rankings to runFile unless that is empty, and shows on bars
// how far it is. The index is where at says, in a place of its own.
func evaluate(ctx context.Context, dir string, at folders, analyzer *analysis.Analyzer, embedder *embedder, runFile string, bars io.Writer) (r evalReport, err error) {
	collection, err := eval.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return r, fmt.Errorf("%w in %s: %w", errCollection, dir, err)
	}
	if err != nil {
		return r, err
	}
	run, err := os.Create(cmp.Or(runFile, os.DevNull)) // now: to fail after all the work would be late
	if err != nil {
		return r, fmt.Errorf("write run: %w", err)
	}
	defer func() { err = errors.Join(err, run.Close()) }()
	if at.isOpenSearch() {
		at.name += "-eval"
		r.Cluster = new(agreement)
	}
	rankings, err := r.measure(ctx, collection, at, analyzer, embedder, bars)
	if err != nil {
		return r, err
	}
	if r.Cluster != nil {
		var beside evalReport
		others, err := beside.measure(ctx, collection, folders{}, analyzer, embedder, bars)
		if err != nil {
			return r, err
		}
		r.Cluster.compare(rankings, others)
	}
	return r, writeRun(run, collection.Queries, rankings)
}

// measure indexes a collection, asks its queries, and removes the index.
func (r *evalReport) measure(ctx context.Context, collection *eval.Collection, at folders, analyzer *analysis.Analyzer, embedder *embedder, bars io.Writer) (rankings [][]string, err error) {
	if at.index, err = os.MkdirTemp("", "chaja-eval-"); err != nil {
		return nil, fmt.Errorf("make folder for the index: %w", err)
	}
	defer func() { err = errors.Join(err, at.remove(), os.RemoveAll(at.index)) }()
	m, err := r.index(ctx, collection, &at, analyzer, newProgress(bars, "indexing"))
	if err != nil {
		return nil, err
	}
	if r.Embedding, err = at.embedCorpus(ctx, embedder, analyzer, newProgress(bars, "embedding")); err != nil {
		return nil, err
	}
	var asked traffic
	at.observe = asked.observe
	index, err := at.open(analyzer)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	r.IndexMB = float64(m.Bytes) / 1e6
	if !at.isOpenSearch() {
		size, err := generation.Size(at.index)
		if err != nil {
			return nil, fmt.Errorf("measure index: %w", err)
		}
		r.IndexMB = float64(size) / 1e6
	}
	service, err := embedder.withMeaning(service.New(index, analyzer))
	if err != nil {
		return nil, err
	}
	if r.Cluster != nil {
		if err := r.Cluster.measure(ctx, collection.Queries, service, &asked, at); err != nil {
			return nil, err
		}
	}
	return r.ask(ctx, collection, service, newProgress(bars, "asking"))
}

// evalBatch bounds what is indexed at once, in bytes of text.
const evalBatch = 4 << 20

// index indexes the corpus and measures it.
func (r *evalReport) index(ctx context.Context, collection *eval.Collection, at *folders, analyzer *analysis.Analyzer, bar *progress) (m generation.Manifest, err error) {
	defer bar.finish()
	update, err := at.begin(ctx, analyzer, true)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, update.Close()) }()
	var batch []eval.Doc
	var size, total int
	start := time.Now()
	w := batchWriter{ctx: ctx, writer: update}
	defer func() { err = cmp.Or(w.settle(), err) }()
	flush := func() error {
		err := w.write(batch)
		batch, size = nil, 0
		return err
	}
	err = collection.Corpus(func(d eval.Doc) error {
		batch = append(batch, d)
		r.Documents++
		bar.update(r.Documents, unknown)
		size += len(d.Text)
		total += len(d.Title) + len(d.Text)
		if size < evalBatch {
			return nil
		}
		return flush()
	})
	if errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("%w: %w", errCollection, err)
	}
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = w.settle()
	}
	if err == nil {
		err = update.Commit(ctx)
	}
	if err != nil {
		return m, err
	}
	r.IndexS = time.Since(start).Seconds()
	r.IndexCPUS, r.IndexPeakMB = processUsage()
	r.TextMB = float64(total) / 1e6
	r.IndexMBPerS = r.TextMB / r.IndexS
	return update.Manifest(), nil
}

// depth is how far rankings are looked at, for recall@100; timed is how far in the timed searches, as in one page.
const (
	depth = 100
	timed = search.DefaultPerPage
)

// ask runs every query three times: to warm up, timed, and to the depth that the metrics need.
func (r *evalReport) ask(ctx context.Context, collection *eval.Collection, service *service.Service, bar *progress) ([][]string, error) {
	defer bar.finish()
	before, _ := processUsage()
	for i, q := range collection.Queries {
		bar.update(i, 2*len(collection.Queries))
		if _, err := service.Rank(ctx, search.Request{Query: q.Text}, timed); err != nil {
			return nil, err
		}
	}
	rankings := make([][]string, 0, len(collection.Queries))
	times := make([]time.Duration, 0, len(collection.Queries))
	for i, q := range collection.Queries {
		start := time.Now()
		if _, err := service.Rank(ctx, search.Request{Query: q.Text}, timed); err != nil {
			return nil, err
		}
		times = append(times, time.Since(start))
		ranking, err := service.Rank(ctx, search.Request{Query: q.Text}, depth)
		if err != nil {
			return nil, err
		}
		r.Add(ranking, collection.Qrels[q.ID])
		rankings = append(rankings, ranking)
		bar.update(len(collection.Queries)+i+1, 2*len(collection.Queries))
	}
	if slices.Sort(times); len(times) > 0 {
		after, _ := processUsage()
		r.QueryCPU = 1e6 * (after - before) / float64(3*len(times))
		r.QueryP50 = float64(times[len(times)/2].Nanoseconds()) / 1e3
		r.QueryP99 = float64(times[len(times)*99/100].Nanoseconds()) / 1e3
	}
	return rankings, nil
}

// writeRun writes rankings as TREC runs: query, Q0, document, rank, score, name, with tabs between them, as an ID may have blanks.
// The score only repeats the rank.
func writeRun(out io.Writer, queries []eval.Doc, rankings [][]string) error {
	w := bufio.NewWriter(out)
	for i, ranking := range rankings {
		for rank, id := range ranking {
			fmt.Fprintf(w, "%s\tQ0\t%s\t%d\t%d\tchaja\n", queries[i].ID, id, rank+1, len(ranking)-rank)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	return nil
}
