package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"chaja/internal/smallfile"
	"chaja/search/httpapi"
)

func newServe() *cobra.Command { return new(serveOptions).command() }

// command is the command that sets the options.
func (o *serveOptions) command() *cobra.Command {
	var given map[string][]string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer searches over HTTP",
		Long: `Serve answers searches over HTTP until it is interrupted. When the index is written anew, by chaja index or with
--watch, the next search uses it. It listens to this machine only, unless --addr says otherwise, and lets no page of
another origin read its answers, unless --cors-origin names it.

On SIGHUP it reads its settings, the dictionary and the certificate again, and goes on with those it has when they cannot
be used. On SIGTERM it answers what it was asked and ends, within 10 seconds.

Queries that are asked several times, or find nothing, are kept beside the index, without who asked; chaja queries shows
them.`,
		Example: "  chaja serve --site ~/blog --watch\n  chaja serve --site ~/blog --cors-origin https://example.org --trusted-proxy 127.0.0.1/32",
		Args:    noArgs,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			given = asGiven(cmd.Flags())
			_, err := configure(cmd)
			return err
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			hangup := make(chan os.Signal, 1)
			signal.Notify(hangup, syscall.SIGHUP)
			defer signal.Stop(hangup)
			again := func() (*serveOptions, error) { return readAgain(given) }
			return o.run(cmd.Context(), cmd.OutOrStdout(), slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)), again, hangup)
		},
	}
	o.siteFlag(cmd)
	o.indexFlag(cmd)
	o.engineFlags.engineFlags(cmd)
	o.shardsFlag(cmd)
	o.wordsFlag(cmd)
	o.generatorFlags(cmd)
	o.embedderFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.addr, "addr", "127.0.0.1:7310", "address to listen on, host:port")
	flags.BoolVar(&o.watch, "watch", false, "index the site now and whenever its posts change")
	flags.Var(&o.published, "site-url", "where the published site is, for the links of the search page, such as https://example.org (default: what the settings of the site say)")
	flags.StringVar(&o.siteName, "site-name", "", "name of the blog, for the search page (default: what the settings of the site say)")
	flags.StringVar(&o.siteLogo, "site-logo", "", "address of a picture of the blog, for the search page (default: what the settings of the site say)")
	flags.StringArrayVar(&o.origins, "cors-origin", nil, "let pages of this origin read answers, such as https://example.org; may be given again")
	flags.StringArrayVar(&o.proxies, "trusted-proxy", nil, "believe the X-Forwarded-For of these addresses, such as 127.0.0.1/32; may be given again")
	flags.IntVar(&o.rate, "rate-limit", 20, "requests a second that one client may make, but for this machine; 0 for any number")
	flags.StringVar(&o.tlsCert, "tls-cert", "", "file of the certificate, with --tls-key: answer over HTTPS alone")
	flags.StringVar(&o.tlsKey, "tls-key", "", "file of the key of --tls-cert")
	flags.StringVar(&o.adminTokenFile, "admin-token-file", "", "file of the token that POST /api/v1/reindex wants; there is no such path without it")
	flags.BoolVar(&o.noQueryLog, "no-query-log", false, "do not keep what is searched for")
	for _, name := range []string{"tls-cert", "tls-key", "admin-token-file"} {
		_ = cmd.MarkFlagFilename(name)
	}
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
	siteName         string
	siteLogo         string
	watch            bool
	origins, proxies []string
	rate             int
	noQueryLog       bool

	tlsCert, tlsKey, adminTokenFile string
}

// trustedProxies reads --trusted-proxy.
func (o *serveOptions) trustedProxies() (all []netip.Prefix, err error) {
	for _, proxy := range o.proxies {
		prefix, err := netip.ParsePrefix(proxy)
		if err != nil {
			return nil, fmt.Errorf("read --trusted-proxy: %w", err)
		}
		all = append(all, prefix)
	}
	return all, nil
}

// Bounds of a token, in bytes: shorter ones can be guessed, and longer ones do not fit into a header.
const (
	minToken = 16
	maxToken = 4 << 10
)

// errToken is a file that holds no token.
var errToken = errors.New("it holds no token")

// adminToken reads --admin-token-file, "" without one.
func (o *serveOptions) adminToken() (string, error) {
	if o.adminTokenFile == "" {
		return "", nil
	}
	text, err := smallfile.Read(o.adminTokenFile, maxToken)
	if err != nil {
		return "", fmt.Errorf("read token: %w", err)
	}
	token := strings.TrimSpace(string(text))
	if len(token) < minToken || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", fmt.Errorf("read token from %s: %w of %d characters or more", o.adminTokenFile, errToken, minToken)
	}
	return token, nil
}

// asGiven returns the command line of a serve command, as far as it sets flags.
func asGiven(flags *pflag.FlagSet) map[string][]string {
	given := map[string][]string{}
	flags.Visit(func(f *pflag.Flag) {
		given[f.Name] = []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			given[f.Name] = slices.Clone(list.GetSlice())
		}
	})
	return given
}

// readAgain reads the environment and the file of settings anew, for a command line that gives these flags.
func readAgain(given map[string][]string) (*serveOptions, error) {
	o := new(serveOptions)
	root := newRoot(streams{nil, io.Discard, io.Discard})
	for _, cmd := range root.Commands() {
		if cmd.Name() == "serve" {
			root.RemoveCommand(cmd)
		}
	}
	cmd := o.command()
	root.AddCommand(cmd)
	for name, values := range given {
		for _, value := range values {
			if err := cmd.Flags().Set(name, value); err != nil {
				return nil, fmt.Errorf("read flags again: %w", err)
			}
		}
	}
	if _, err := configure(cmd); err != nil {
		return nil, err
	}
	return o, nil
}

// usageIfAddress makes the name of no host a mistake of usage; a port in use is not.
func usageIfAddress(err error) error {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return usageError{fmt.Errorf("--addr wants host:port: %w", err)}
	}
	return err
}
