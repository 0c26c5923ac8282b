package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"chaja/search/analysis"
	"chaja/search/bleveindex"
	"chaja/search/embedding"
	"chaja/search/generation"
	"chaja/search/meaning"
	"chaja/search/service"
)

// embedder are the flags that name a server of embeddings. Without --embedder there is none, and nothing is asked for.
type embedder struct {
	embedding.Options
	keyFile string
}

// embedderFlag is the flag that names the server. The other flags, and the keys below "embedder:" in the file of settings, begin
// with its name.
const embedderFlag = "embedder"

func (e *embedder) embedderFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&e.URL, embedderFlag, "", "server of embeddings, such as http://127.0.0.1:8000/v1: posts are also found by what they mean")
	flags.StringVar(&e.Model, embedderFlag+"-model", "", "name of the model that --embedder is asked for")
	flags.StringVar(&e.QueryModel, embedderFlag+"-query-model", "", "its name for queries, where the server has two")
	flags.StringVar(&e.keyFile, embedderFlag+"-key-file", "", "file of the key of --embedder, which nobody else may read")
	flags.StringVar(&e.QueryPrefix, embedderFlag+"-query-prefix", "", "what the model wants before a query, such as 'query: '")
	flags.StringVar(&e.PassagePrefix, embedderFlag+"-passage-prefix", "", "what the model wants before a passage, such as 'passage: '")
	flags.StringVar(&e.InputType, embedderFlag+"-input-type", "", "what the server calls a passage in input_type, passage or document (default: there is no such field)")
	_ = cmd.MarkFlagFilename(embedderFlag + "-key-file")
	check(cmd, embedderFlag, "an address such as http://127.0.0.1:8000/v1", func(text string) bool {
		_, err := embedding.New(embedding.Options{URL: text})
		return text == "" || err == nil
	})
	checkChoice(cmd, embedderFlag+"-input-type", "passage", "document")
}

// client returns the client of the server; nil where none is named.
func (e *embedder) client() (*embedding.Client, error) {
	if e.URL == "" {
		return nil, nil
	}
	o := e.Options
	if e.keyFile != "" {
		key, err := embedding.ReadKey(e.keyFile)
		if err != nil {
			return nil, err
		}
		o.Key = key
	}
	return embedding.New(o)
}

// queries returns the vectors of queries; nil where no server is named.
func (e *embedder) queries() (*meaning.Queries, error) {
	client, err := e.client()
	if client == nil || err != nil {
		return nil, err
	}
	return meaning.NewQueries(client), nil
}

// withMeaning returns the service that also searches by meaning, where a server is named.
func (e *embedder) withMeaning(s *service.Service) (*service.Service, error) {
	queries, err := e.queries()
	if queries == nil || err != nil {
		return s, err
	}
	return s.WithVectors(queries), nil
}

// embedStep is how long passages are embedded until what is done is put into the index: so much is lost at most when a run is
// killed.
const embedStep = time.Minute

// embed fills the index in dir with the vectors that it lacks, in steps. most bounds the steps, 0 for none. The report is nil
// where no server is named.
func (e *embedder) embed(ctx context.Context, dir string, analyzer *analysis.Analyzer, most int, progress func(done, total int)) (*meaning.Report, error) {
	client, err := e.client()
	if client == nil || err != nil {
		return nil, err
	}
	all := meaning.Report{}
	for step := 1; ; step++ {
		report, err := embedOnce(ctx, dir, analyzer, client, func(done, total int) {
			if progress != nil {
				progress(all.Embedded+done, all.Embedded+total)
			}
		})
		report.Embedded, report.Seconds = report.Embedded+all.Embedded, report.Seconds+all.Seconds
		again := report.Missing > 0 && (report.Changed && !all.Changed || report.Problem == "" && report.Embedded > all.Embedded)
		all = report
		if err != nil || ctx.Err() != nil || !again || step == most {
			return &all, err
		}
	}
}

// embedOnce is one step: one update of the index.
func embedOnce(ctx context.Context, dir string, analyzer *analysis.Analyzer, client *embedding.Client, progress func(done, total int)) (report meaning.Report, err error) {
	update, err := generation.Begin(dir, bleveindex.NewEngine(analyzer), false)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, update.Close()) }()
	report, err = meaning.Fill(ctx, update, client, time.Now().Add(embedStep), progress)
	if err != nil {
		return report, err
	}
	return report, update.Commit(context.WithoutCancel(ctx))
}

// embedCorpus embeds a collection, if a server is named. Without all its vectors there is nothing to measure.
func (f *folders) embedCorpus(ctx context.Context, e *embedder, analyzer *analysis.Analyzer, bar *progress) (*meaning.Report, error) {
	defer bar.finish()
	if err := e.fits(f); err != nil {
		return nil, err
	}
	report, err := e.embed(ctx, f.indexDir(), analyzer, 0, bar.update)
	if err == nil && report != nil && report.Problem != "" {
		err = fmt.Errorf("embed the corpus: %s", report.Problem)
	}
	return report, cmp.Or(err, ctx.Err())
}

// fits returns an error where the index cannot have vectors: they are a file of its folder.
func (e *embedder) fits(f *folders) error {
	if e.URL != "" && f.isOpenSearch() {
		return usageError{errors.New("--embedder wants --engine bleve: vectors are kept in the folder of the index")}
	}
	return nil
}

// embeddedText says what came of embedding, in one line.
func embeddedText(r *meaning.Report) string {
	text := fmt.Sprintf("%s embedded", plural(r.Embedded, "passage"))
	if r.Seconds > 0 && r.Embedded > 0 {
		text += fmt.Sprintf(" in %.1f s (%.1f a second)", r.Seconds, float64(r.Embedded)/r.Seconds)
	}
	if r.Missing > 0 {
		text += fmt.Sprintf(", %d of %d have no vector and are found by their words alone", r.Missing, r.Passages)
	}
	return text
}
