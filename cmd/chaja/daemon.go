package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"sync"

	"chaja/search/httpapi"
	"chaja/search/httpapi/querylog"
)

// daemon answers by one instance after the other: on SIGHUP the next one takes over.
type daemon struct {
	log         *slog.Logger
	runs        *indexing
	queries     *querylog.Log // nil when none are kept
	certificate *certificate  // nil without TLS
	ending      <-chan struct{}
	cores       int
	again       func() (*serveOptions, error) // reads the settings anew

	background sync.WaitGroup // what was asked for, such as to index

	mu      sync.RWMutex
	current *instance
}

// ServeHTTP implements http.Handler.
func (d *daemon) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.RLock()
	i := d.current
	i.users.Add(1)
	d.mu.RUnlock()
	defer i.users.Done()
	i.handler.ServeHTTP(w, r)
}

// threads is how many Go runs for each core. Searches take one each. With no more than these a probe waits for the slice of
// a search to end, some 10 ms, and for those of all that wait before it; with others the kernel lets it run at once.
const threads = 2

// run serves until ctx ends. It prints the address to out. hangup asks to read the settings again.
func (o *serveOptions) run(ctx context.Context, out io.Writer, log *slog.Logger, again func() (*serveOptions, error), hangup <-chan os.Signal) error {
	d := &daemon{log: log, runs: &indexing{log: log}, ending: ctx.Done(), again: again, cores: runtime.GOMAXPROCS(0)}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads * d.cores))
	var err error
	if d.certificate, err = newCertificate(o.tlsCert, o.tlsKey, log); err != nil {
		return err
	}
	if !o.noQueryLog {
		if d.queries, err = o.openQueries(); err != nil {
			log.Warn("begin to keep queries anew", "error", err)
		}
	}
	if d.current, err = d.prepare(ctx, o); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return errors.Join(usageIfAddress(err), d.current.end())
	}
	if err := d.current.begin(ctx); err != nil {
		return errors.Join(err, listener.Close(), d.current.end())
	}
	d.current.tell(ctx)
	return d.serve(ctx, out, listener, hangup)
}

// serve answers the connections of a listener until ctx ends.
func (d *daemon) serve(ctx context.Context, out io.Writer, l net.Listener, hangup <-chan os.Signal) error {
	scheme := "http"
	if d.certificate != nil {
		scheme, l = "https", tls.NewListener(l, d.certificate.config())
	}
	kept, keep := context.WithCancel(context.WithoutCancel(ctx)) // to the last answer
	var keeping sync.WaitGroup
	if d.queries != nil {
		keeping.Go(func() { d.queries.Keep(kept, d.log) })
	}
	ctx, cancel := context.WithCancel(ctx)
	d.background.Go(func() { d.listen(ctx, hangup) })
	fmt.Fprintf(out, "chaja answers at %s://%s/\n", scheme, l.Addr())
	err := httpapi.Serve(ctx, l, d, d.log)
	cancel()
	d.background.Wait()
	err = errors.Join(err, d.current.end())
	keep()
	keeping.Wait()
	return err
}

// listen reads the settings again whenever it is asked to, until ctx ends.
func (d *daemon) listen(ctx context.Context, hangup <-chan os.Signal) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangup:
		}
		if err := d.reload(ctx); err != nil {
			d.log.Error("settings are not read again; the server goes on with those it has", "error", err, "fix", hint(err))
			continue
		}
		d.log.Info("settings and dictionary are read again")
	}
}

// reload puts an instance with the settings of now in the place of the present one. After an error that one goes on.
func (d *daemon) reload(ctx context.Context) error {
	o, err := d.again()
	if err != nil {
		return err
	}
	before := d.current // only this goroutine replaces it
	if o.addr != before.options.addr || (o.tlsCert == "") != (d.certificate == nil) {
		d.log.Warn("another --addr, and TLS or no TLS, need the server to be started anew")
	}
	pair, err := d.certificate.read(o.tlsCert, o.tlsKey)
	if err != nil {
		return err
	}
	next, err := d.prepare(ctx, o)
	if err != nil {
		return err
	}
	before.stop() // two that watch would undo what the other does
	err = next.catchUp(ctx, before)
	if err == nil {
		err = next.begin(ctx)
	}
	if err != nil {
		return errors.Join(err, next.end(), before.begin(ctx))
	}
	d.certificate.use(pair)
	d.mu.Lock()
	d.current = next
	d.mu.Unlock()
	d.background.Go(func() { // requests may take their time
		if err := before.end(); err != nil {
			d.log.Warn("close previous index", "error", err)
		}
	})
	return nil
}

// reindex begins to bring the index of an instance up to date, unless that is going on or ctx has ended.
func (d *daemon) reindex(ctx context.Context, i *instance) bool {
	if ctx.Err() != nil || !d.runs.claim() {
		return false
	}
	d.background.Go(func() {
		defer d.runs.end()
		if report, err := i.runInTurn(ctx); ctx.Err() == nil {
			logRun(d.log, report, err)
		}
	})
	return true
}
