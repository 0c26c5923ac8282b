package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"

	"github.com/spf13/cobra"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex"
	"chaja/search/httpapi"
	"chaja/search/searchbox"
)

func newServe() *cobra.Command {
	var o indexOptions
	var addr string
	var watch bool
	var site siteURL
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer searches over HTTP",
		Long: `Serve answers searches over HTTP until it is interrupted. When the index is written anew, by chaja index or with
--watch, the next search uses it.`,
		Example: "  chaja serve --site ~/blog\n  chaja serve --site ~/blog --addr 127.0.0.1:8080 --watch",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
			analyzer, err := o.analyzer()
			if err != nil {
				return err
			}
			listener, err := net.Listen("tcp", addr)
			if err != nil {
				return usageIfAddress(err)
			}
			ctx, cancel := context.WithCancel(cmd.Context())
			defer cancel()
			if watch {
				wait, err := watchSite(ctx, &o, analyzer, log)
				if err != nil {
					return errors.Join(err, listener.Close())
				}
				defer func() { cancel(); wait() }()
			}
			return serve(ctx, cmd.OutOrStdout(), listener, o.indexDir(), site.URL, analyzer, log)
		},
	}
	o.siteFlag(cmd)
	o.indexFlag(cmd)
	o.wordsFlag(cmd)
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:7310", "address to listen on, host:port")
	cmd.Flags().Var(&site, "site-url", "where the published site is, for the links of the search page, such as https://example.org (default: at the same address)")
	cmd.Flags().BoolVar(&watch, "watch", false, "index the site now and whenever its posts change")
	return cmd
}

// serve answers from the index in dir until ctx ends. It prints the address to out.
func serve(ctx context.Context, out io.Writer, l net.Listener, dir string, site *url.URL, analyzer *analysis.Analyzer, log *slog.Logger) error {
	index := bleveindex.NewLive(dir, analyzer, log)
	service := search.NewService(index, analyzer)
	if err := service.Ready(ctx); err != nil {
		log.Warn("searches fail until there is an index", "fix", hint(err)) // why is logged already
	}
	handler, err := searchbox.New(service, site, httpapi.New(service, log), log)
	if err != nil {
		return errors.Join(err, index.Close(), l.Close())
	}
	fmt.Fprintf(out, "chaja answers at http://%s/api/v1/search?q=\n", l.Addr())
	return errors.Join(httpapi.Serve(ctx, l, handler), index.Close())
}

// usageIfAddress makes an address that cannot be one a mistake of usage; a port in use is not.
func usageIfAddress(err error) error {
	var bad *net.AddrError
	var lookup *net.DNSError
	if errors.As(err, &bad) || errors.As(err, &lookup) {
		return usageError{fmt.Errorf("--addr wants host:port: %w", err)}
	}
	return err
}

// siteURL is a flag that takes the address of a site.
type siteURL struct{ *url.URL }

// Set takes an absolute address of http or https.
func (u *siteURL) Set(text string) error {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return errors.New("want an address such as https://example.org")
	}
	u.URL = parsed
	return nil
}

func (u *siteURL) String() string {
	if u.URL == nil {
		return ""
	}
	return u.URL.String()
}

// Type names the value in the help.
func (u *siteURL) Type() string { return "url" }
