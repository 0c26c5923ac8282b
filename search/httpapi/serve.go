package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits of a connection. net/http has none by default, so a few slow clients could hold the server's memory and sockets
// for ever.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second

	// To end takes 10 seconds at most: the rest of them is for closing the index.
	shutdownTimeout = 9 * time.Second
	lingerTime      = time.Second

	// maxHeaderBytes leaves room for MaxQueryBytes with every byte percent-encoded.
	maxHeaderBytes = 64 << 10
)

// Serve answers the connections of l with h until ctx ends. Then it lets running requests finish for up to 9 seconds and
// closes the rest. It closes l. The error is nil after an orderly end. What goes wrong with connections is told to log.
func Serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	return serveWith(ctx, l, newServer(h, log))
}

func newServer(h http.Handler, to *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ErrorLog:          log.New(connectionLog{newBounded(to)}, "", 0),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,

		DisableGeneralOptionsHandler: true, // OPTIONS * passes the middleware, too
	}
}

// serveWith ends in three steps. At once nobody is let in any more. Those who are in get a moment to ask once more, as a
// balancer does that has a connection open and is to see that /readyz says no; each answer is the last of its connection.
// Then idle connections are closed, and what is still being asked is answered.
func serveWith(ctx context.Context, l net.Listener, server *http.Server) error {
	in := &connections{none: make(chan struct{}, 1)}
	server.ConnState = in.note
	server.Handler = lastWhen(ctx, server.Handler)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	_ = l.Close() // Shutdown closes it, too
	<-failed
	select {
	case <-in.empty():
	case <-time.After(lingerTime):
	}
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("shut down: %w", err), server.Close())
	}
	return nil
}

// lastWhen makes an answer the last one of its connection once ctx has ended.
func lastWhen(ctx context.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ctx.Err() != nil {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// connections counts those that are open.
type connections struct {
	mu   sync.Mutex
	open int
	none chan struct{} // gets a value when the last one is closed
}

// note is what http.Server.ConnState wants.
func (c *connections) note(_ net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew:
		c.open++
	case http.StateClosed, http.StateHijacked:
		c.open--
	default:
		return
	}
	c.tell()
}

// tell gives none a value when there is no connection, and takes back one that is no longer true.
func (c *connections) tell() {
	select {
	case <-c.none:
	default:
	}
	if c.open == 0 {
		c.none <- struct{}{}
	}
}

// empty returns a channel that gives a value as soon as no connection is open.
func (c *connections) empty() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell()
	return c.none
}
