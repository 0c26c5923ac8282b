package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"chaja/search/analysis"
	"chaja/search/analysis/korean"
	"chaja/search/bleveindex"
	"chaja/search/generation"
	"chaja/search/httpapi"
	"chaja/search/httpapi/querylog"
	"chaja/search/searchbox"
	"chaja/search/service"
)

func newServe() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer searches over HTTP",
		Long: `Serve answers searches over HTTP until it is interrupted. When the index is written anew, by chaja index or with
--watch, the next search uses it. It listens to this machine only, unless --addr says otherwise, and lets no page of
another origin read its answers, unless --cors-origin names it.

Queries that are asked several times are kept beside the index, without who asked; chaja queries shows them.`,
		Example: "  chaja serve --site ~/blog --watch\n  chaja serve --site ~/blog --cors-origin https://example.org --trusted-proxy 127.0.0.1/32",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.run(cmd.Context(), cmd.OutOrStdout(), slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)))
		},
	}
	o.siteFlag(cmd)
	o.indexFlag(cmd)
	o.wordsFlag(cmd)
	o.generatorFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.addr, "addr", "127.0.0.1:7310", "address to listen on, host:port")
	flags.BoolVar(&o.watch, "watch", false, "index the site now and whenever its posts change")
	flags.Var(&o.published, "site-url", "where the published site is, for the links of the search page, such as https://example.org (default: at the same address)")
	flags.StringArrayVar(&o.origins, "cors-origin", nil, "let pages of this origin read answers, such as https://example.org; may be given again")
	flags.StringArrayVar(&o.proxies, "trusted-proxy", nil, "believe the X-Forwarded-For of these addresses, such as 127.0.0.1/32; may be given again")
	flags.IntVar(&o.rate, "rate-limit", 20, "requests a second that one client may make, but for this machine; 0 for any number")
	flags.BoolVar(&o.noQueryLog, "no-query-log", false, "do not keep what is searched for")
	check(cmd, "addr", "host:port", isAddress)
	check(cmd, "cors-origin", "an origin like https://example.org", func(text string) bool { return httpapi.CheckOrigin(text) == nil })
	check(cmd, "trusted-proxy", "addresses like 127.0.0.1/32 or 10.0.0.0/8", isPrefix)
	checkRange(cmd, "rate-limit", 0, maxRate)
	return cmd
}

// maxRate bounds --rate-limit: more than this no machine answers.
const maxRate = 1_000_000

type serveOptions struct {
	indexOptions
	addr             string
	published        siteURL
	watch            bool
	origins, proxies []string
	rate             int
	noQueryLog       bool
}

// handlerOptions reads the flags.
func (o *serveOptions) handlerOptions(log *slog.Logger) (httpapi.Options, error) {
	options := httpapi.Options{Log: log, Version: version, CORSOrigins: o.origins, Rate: o.rate}
	options.Pages = func(b httpapi.Backend) (http.Handler, error) { return searchbox.New(b, o.published.URL, log) }
	for _, proxy := range o.proxies {
		prefix, err := netip.ParsePrefix(proxy)
		if err != nil {
			return options, fmt.Errorf("read --trusted-proxy: %w", err)
		}
		options.TrustedProxies = append(options.TrustedProxies, prefix)
	}
	return options, nil
}

// run serves until ctx ends. It prints the address to out.
func (o *serveOptions) run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	options, err := o.handlerOptions(log)
	if err != nil {
		return err
	}
	words, err := o.read()
	if err != nil {
		return err
	}
	ko, err := korean.Open(words)
	if err != nil {
		return err
	}
	options.CacheStats = ko.CacheStats
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return usageIfAddress(err)
	}
	ctx, cancel := context.WithCancel(ctx)
	var background sync.WaitGroup
	defer func() { cancel(); background.Wait() }()
	analyzer := analysis.New(ko)
	index := generation.NewManager(o.indexDir(), bleveindex.NewEngine(analyzer), log)
	if o.watch {
		wait, err := watchSite(ctx, &o.indexOptions, analyzer, log, index.Broken())
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		background.Go(wait)
	}
	if !o.noQueryLog {
		queries, err := querylog.Open(o.queriesFile())
		if err != nil {
			log.Warn("begin to keep queries anew", "error", err)
		}
		options.Asked = queries.Add
		background.Go(func() { queries.Keep(ctx, log) })
	}
	return serve(ctx, out, listener, index, analyzer, options)
}

// serve answers from index until ctx ends, and closes it.
func serve(ctx context.Context, out io.Writer, l net.Listener, index *generation.Manager, analyzer *analysis.Analyzer, options httpapi.Options) error {
	service := service.New(index, analyzer)
	if err := service.Ready(ctx); err != nil {
		options.Log.Warn("searches fail until there is an index", "fix", hint(err)) // why is logged already
	}
	options.State = func() httpapi.IndexState {
		m := index.Manifest()
		return httpapi.IndexState{Generation: m.Generation, Built: m.Built, Bytes: m.Bytes}
	}
	handler, err := httpapi.New(service, options)
	if err != nil {
		return errors.Join(err, l.Close(), index.Close())
	}
	fmt.Fprintf(out, "chaja answers at http://%s/\n", l.Addr())
	return errors.Join(httpapi.Serve(ctx, l, handler), index.Close())
}

// queriesFile is where the queries are kept.
func (f *folders) queriesFile() string { return filepath.Join(f.indexDir(), "queries.json") }

// usageIfAddress makes the name of no host a mistake of usage; a port in use is not.
func usageIfAddress(err error) error {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return usageError{fmt.Errorf("--addr wants host:port: %w", err)}
	}
	return err
}
