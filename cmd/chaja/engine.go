package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"

	"chaja/internal/smallfile"
	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex"
	"chaja/search/generation"
	"chaja/search/lexicon/pairs"
	"chaja/search/opensearch"
	"chaja/search/service"
)

// Engines.
const (
	engineBleve      = "bleve"
	engineOpenSearch = "opensearch"
)

// engineFlags choose what holds the index: a folder, or a cluster.
type engineFlags struct {
	kind      string
	endpoints []string
	name      string
	auth, ca  string
	shards    int

	observe opensearch.Observer // nil for nobody
}

func (e *engineFlags) engineFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&e.kind, "engine", engineBleve, "what holds the index: bleve, a folder here, or opensearch, a cluster")
	flags.StringArrayVar(&e.endpoints, "endpoint", nil, "URL of a node of OpenSearch, such as http://127.0.0.1:9200; may be given again")
	flags.StringVar(&e.name, "endpoint-index", "chaja", "name of the index in OpenSearch, an alias that chaja keeps")
	flags.StringVar(&e.auth, "endpoint-auth", "", "file with user:password for OpenSearch")
	flags.StringVar(&e.ca, "endpoint-ca", "", "file of certificates in PEM by which to trust OpenSearch")
	for _, name := range []string{"endpoint-auth", "endpoint-ca"} {
		_ = cmd.MarkFlagFilename(name)
	}
	checkChoice(cmd, "engine", engineBleve, engineOpenSearch)
	check(cmd, "endpoint-index", "small letters, digits and .-_", func(text string) bool { return opensearch.CheckName(text) == nil })
}

func (e *engineFlags) shardsFlag(cmd *cobra.Command) {
	cmd.Flags().IntVar(&e.shards, "shards", 1, "parts of a new index in OpenSearch, one for some 20 GB")
	checkRange(cmd, "shards", 1, maxShards)
}

// maxShards is what OpenSearch allows by default.
const maxShards = 1024

func (e *engineFlags) isOpenSearch() bool { return e.kind == engineOpenSearch }

// errAuth is a file that holds no name and password.
var errAuth = errors.New("it holds no user:password")

// site returns the index of the site in a cluster.
func (e *engineFlags) site(analyzer *analysis.Analyzer) (s opensearch.Site, err error) {
	if len(e.endpoints) == 0 {
		return s, usageError{errors.New("--engine opensearch wants --endpoint URL")}
	}
	config := opensearch.Config{Addresses: e.endpoints, Observe: e.observe}
	if e.auth != "" {
		text, err := smallfile.Read(e.auth, maxToken)
		if err != nil {
			return s, fmt.Errorf("read user and password: %w", err)
		}
		var ok bool
		if config.Username, config.Password, ok = strings.Cut(strings.TrimRight(string(text), "\r\n"), ":"); !ok {
			return s, fmt.Errorf("read %s: %w", e.auth, errAuth)
		}
	}
	if e.ca != "" {
		if config.CACert, err = smallfile.Read(e.ca, maxCertificate); err != nil {
			return s, fmt.Errorf("read certificates: %w", err)
		}
	}
	cluster, err := opensearch.Dial(config)
	if errors.Is(err, opensearch.ErrEndpoint) {
		err = usageError{err}
	}
	return opensearch.Site{Cluster: cluster, Name: e.name, Analyzer: analyzer, Shards: e.shards}, err
}

// updater writes the next generation of an index.
type updater interface {
	search.Writer
	SetPairs(*pairs.File)
	Damage() error
	Poorer() bool
	Commit(context.Context) error
	Manifest() generation.Manifest
	Close() error
}

// folderUpdate is that of an index in a folder.
type folderUpdate struct{ *generation.Update }

func (u folderUpdate) SetPairs(p *pairs.File) { u.Pairs = p }

// begin begins an update.
func (f *folders) begin(ctx context.Context, analyzer *analysis.Analyzer, full bool) (updater, error) {
	if f.isOpenSearch() {
		s, err := f.engineFlags.site(analyzer)
		if err != nil {
			return nil, err
		}
		return s.Begin(ctx, full)
	}
	u, err := generation.Begin(f.indexDir(), bleveindex.NewEngine(analyzer), full)
	if err != nil {
		return nil, err
	}
	return folderUpdate{u}, nil
}

// manager gives requests the generation in force.
type manager interface {
	service.Source
	Manifest() generation.Manifest
	Broken() <-chan struct{}
	Close() error
}

// manage returns the manager of the index.
func (f *folders) manage(analyzer *analysis.Analyzer, log *slog.Logger) (manager, error) {
	if !f.isOpenSearch() {
		return generation.NewManager(f.indexDir(), bleveindex.NewEngine(analyzer), log), nil
	}
	s, err := f.engineFlags.site(analyzer)
	if err != nil {
		return nil, err
	}
	return opensearch.NewManager(s, log), nil
}

// opened is an index that is open for reading.
type opened interface {
	service.Source
	allDocuments
	Close() error
}

// open opens the index for reading. The caller closes it. Without an analyzer it knows no words.
func (f *folders) open(analyzer *analysis.Analyzer) (opened, error) {
	if f.isOpenSearch() {
		s, err := f.engineFlags.site(analyzer)
		if err != nil {
			return nil, err
		}
		return opensearch.NewManager(s, slog.New(slog.DiscardHandler)), nil
	}
	return generation.Open(f.indexDir(), bleveindex.NewEngine(analyzer))
}

// remove removes an index from a cluster.
func (f *folders) remove() error {
	if !f.isOpenSearch() {
		return nil
	}
	s, err := f.engineFlags.site(nil)
	if err != nil {
		return err
	}
	return s.Remove(context.Background())
}

// where names the index for people.
func (f *folders) where() string {
	if f.isOpenSearch() {
		return f.name + " at " + strings.Join(f.endpoints, ", ")
	}
	return f.indexDir()
}

// clusterMetrics counts the requests to a cluster.
type clusterMetrics struct{ seconds *prometheus.HistogramVec }

func newClusterMetrics() clusterMetrics {
	return clusterMetrics{prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "chaja_opensearch_request_seconds", Help: "Requests to OpenSearch by purpose and status, 0 without an answer, and how long they took.",
		Buckets: []float64{.0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"purpose", "code"})}
}

func (m clusterMetrics) observe(what string, status int, took time.Duration, _, _ int) {
	m.seconds.WithLabelValues(what, strconv.Itoa(status)).Observe(took.Seconds())
}

// clusterHint says what a person can do about an error of a cluster; empty when the error says it.
func clusterHint(err error) string {
	_, away := errors.AsType[*opensearch.Unreachable](err)
	switch {
	case errors.Is(err, opensearch.ErrRights):
		return "name a file with user:password of a user who may do that with --endpoint-auth"
	case errors.Is(err, opensearch.ErrForeign):
		return "choose another name with --endpoint-index"
	case errors.Is(err, opensearch.ErrBusy):
		return "wait until it is done, or choose another name with --endpoint-index; who was interrupted holds it for a minute"
	case errors.Is(err, opensearch.ErrFull):
		return "free disk space in the cluster and run it again; the index is as it was"
	case errors.Is(err, opensearch.ErrBlocked):
		return "lift the block of the cluster (index.blocks) and run it again; the index is as it was"
	case errors.Is(err, opensearch.ErrProduct):
		return "name a node of OpenSearch 2.19 or later with --endpoint"
	case errors.Is(err, errAuth):
		return "put the name of the user, a colon and the password on one line of the file"
	case away, errors.Is(err, search.ErrUnavailable):
		return "see that OpenSearch runs, and that --endpoint names one of its nodes"
	}
	return ""
}
