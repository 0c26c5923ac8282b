package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"chaja/search"
)

// metrics is what /metrics shows.
type metrics struct {
	registry    *prometheus.Registry
	requests    *prometheus.HistogramVec
	queries     prometheus.Counter
	zeroResults prometheus.Counter
}

func newMetrics(o Options, q *queue) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "chaja_request_seconds", Help: "Requests by endpoint and status, and how long they took.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"endpoint", "code"}),
		queries: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "chaja_queries_total", Help: "Finished queries; not words half typed, nor further pages of a query or it narrowed by filters.",
		}),
		zeroResults: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "chaja_zero_result_queries_total", Help: "Of these, those that no post has all the words of.",
		}),
	}
	m.registry.MustRegister(m.requests, m.queries, m.zeroResults, indexCollector{o.State},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("chaja_queue_running", "Searches that run.", func() float64 { return float64(len(q.running)) }),
		gauge("chaja_queue_waiting", "Searches that wait for their turn.", func() float64 {
			return max(0, float64(len(q.admitted)-len(q.running)))
		}),
		gauge("chaja_queue_limit", "Searches that may run and wait; beyond it the answer is 503.", func() float64 { return float64(cap(q.admitted)) }),
	)
	if o.Metrics != nil {
		m.registry.MustRegister(o.Metrics)
	}
	if o.CacheStats != nil {
		m.registry.MustRegister(
			counter("chaja_analysis_cache_hits_total", "Words that needed no analysis.", func() float64 { hits, _ := o.CacheStats(); return float64(hits) }),
			counter("chaja_analysis_cache_misses_total", "Words that were analyzed.", func() float64 { _, misses := o.CacheStats(); return float64(misses) }),
		)
	}
	if o.EmbedderStats != nil {
		m.registry.MustRegister(embedderCollector{o.EmbedderStats})
	}
	return m
}

// embedderCollector shows what became of the queries that were to be embedded.
type embedderCollector struct{ stats func() map[string]uint64 }

var embedderQueries = prometheus.NewDesc("chaja_embedder_queries_total",
	"Queries that were to be embedded, by what became of them: cached, embedded, late or failed; words answer the last two alone.", []string{"outcome"}, nil)

// Describe implements prometheus.Collector.
func (embedderCollector) Describe(to chan<- *prometheus.Desc) { to <- embedderQueries }

// Collect implements prometheus.Collector.
func (c embedderCollector) Collect(to chan<- prometheus.Metric) {
	for outcome, n := range c.stats() {
		to <- prometheus.MustNewConstMetric(embedderQueries, prometheus.CounterValue, float64(n), outcome)
	}
}

func gauge(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
}

func counter(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, value)
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{DisableCompression: true}) // gzip does that
}

// counted is a Searcher that counts finished queries. A query counts once, on its first page. Half-typed queries do not
// count, nor do queries narrowed by filters: what those find says nothing of the query.
type counted struct {
	Searcher
	metrics *metrics
	asked   func(query string, full int)
}

// Search implements Searcher.
func (c *counted) Search(ctx context.Context, r search.Request) (search.Result, error) {
	result, err := c.Searcher.Search(ctx, r)
	narrowed := len(r.Tags)+len(r.Categories) > 0 || r.Lang != "" || !r.After.IsZero() || !r.Before.IsZero()
	if err != nil || r.Page > 1 || r.Prefix || narrowed || strings.TrimSpace(r.Query) == "" {
		return result, err
	}
	c.metrics.queries.Inc()
	if result.Full == 0 {
		c.metrics.zeroResults.Inc()
	}
	if c.asked != nil {
		c.asked(r.Query, result.Full)
	}
	return result, nil
}

// indexCollector shows the index in force.
type indexCollector struct{ state func() IndexState }

// Describe implements prometheus.Collector. It sends nothing, which makes the collector an unchecked one: registering it
// must not read the index.
func (c indexCollector) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector. The age is time() less the time of building, as Prometheus advises.
func (c indexCollector) Collect(to chan<- prometheus.Metric) {
	state := c.state()
	show := func(name, help string, value float64, labels ...string) {
		names := []string{"generation"}[:len(labels)]
		to <- prometheus.MustNewConstMetric(prometheus.NewDesc(name, help, names, nil), prometheus.GaugeValue, value, labels...)
	}
	built := 0.0
	if !state.Built.IsZero() {
		built = float64(state.Built.UnixMilli()) / 1000
	}
	show("chaja_index_bytes", "Size of the files of the index.", float64(state.Bytes))
	show("chaja_index_built_timestamp_seconds", "When the index was made, since 1970; 0 without an index.", built)
	show("chaja_index_info", "The generation of the index in force.", 1, state.Generation)
}
