package httpapi

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// requestTimeout is how long one request may wait and work: far longer than any search takes, well before WriteTimeout
// cuts the connection without an answer.
const requestTimeout = 10 * time.Second

const requestIDHeader = "X-Request-Id"

// allowed are the methods that a route answers.
func (rt route) allowed() string {
	if rt.method != "" {
		return rt.method + ", OPTIONS"
	}
	return "GET, HEAD, OPTIONS"
}

// chain puts around the handler of a route what every request passes, in this order. The queue is not in the chain: a
// handler first looks at the parameters and at what the client has already, and waits only then.
func (a *api) chain(rt route, h http.Handler) http.Handler {
	steps := []func(route, http.Handler) http.Handler{
		a.requestID,       // first, as all that follow may name the request and its client
		a.accessLog,       // sees what the client gets, be it an answer or a refusal
		a.requestMetrics,  // the same
		a.securityHeaders, // every answer from here on has the headers that protect it and say how long it holds
		a.cors,            // before anything is refused: pages of other origins must be able to read why
		a.methods,         // other methods cost the client nothing of its rate
		a.rateLimit,       // refuses before any work is done
		a.timeout,         // from here on it is work
		a.gzip,            // only what is worth it
		a.recover,         // last, so that what a panic is answered with passes all of the above
	}
	for _, step := range slices.Backward(steps) {
		h = step(rt, h)
	}
	return h
}

// requestID gives every request an ID, which the answer and the log carry, and finds out who asks. It takes the ID that a
// trusted proxy gives, so that the logs of both tell of the same request.
func (a *api) requestID(_ route, next http.Handler) http.Handler {
	usable := regexp.MustCompile(`^[0-9A-Za-z._-]{1,64}$`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{id: rand.Text()[:16], client: peer(r), https: r.TLS != nil}
		if a.trusts(v.client) {
			if given := r.Header.Get(requestIDHeader); usable.MatchString(given) {
				v.id = given
			}
			v.https = v.https || r.Header.Get("X-Forwarded-Proto") == "https"
			v.prefix = forwardedPrefix(r.Header.Get("X-Forwarded-Prefix"))
			v.client = a.forwardedFor(v.client, r.Header.Values("X-Forwarded-For"))
		}
		w.Header().Set(requestIDHeader, v.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), visitKey{}, v)))
	})
}

// requestMetrics counts requests and how long they take, by the path of the route: clients may invent any number of paths.
func (a *api) requestMetrics(rt route, next http.Handler) http.Handler {
	return promhttp.InstrumentHandlerDuration(a.metrics.requests.MustCurryWith(prometheus.Labels{"endpoint": rt.path}), next)
}

// securityHeaders sets the headers that protect an answer, and in this one place how long it may be kept. A page may set a
// policy of its own for its content.
func (a *api) securityHeaders(rt route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer") // the address of a search says what was searched for
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		next.ServeHTTP(&recorder{ResponseWriter: w, begin: func(status int) {
			header.Set("Cache-Control", cacheControl(rt, status, header.Get("ETag") != ""))
		}}, r)
	})
}

// cacheControl says how long an answer holds. What comes from the index may be kept, but is to be asked for again each
// time, which costs no search: a new post shows up at once, and a corrected one is not shown as it was. Among the pages
// those with a tag are files of the program, such as the search box, and hold as long as the program.
func cacheControl(rt route, status int, tagged bool) string {
	switch {
	case status != http.StatusOK && status != http.StatusNotModified:
		return "no-store"
	case rt.fixed, rt.pages && tagged:
		return "max-age=3600, stale-while-revalidate=86400"
	case rt.asksIndex, rt.pages:
		return "no-cache"
	}
	return "no-store"
}

// methods answers OPTIONS and refuses what a route is not for: most are only for reading. net/http leaves out the body of an
// answer to HEAD.
func (a *api) methods(rt route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		switch {
		case r.Method == rt.method, rt.method == "" && reads:
			next.ServeHTTP(w, r)
		case r.Method == http.MethodOptions:
			w.Header().Set("Allow", rt.allowed())
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", rt.allowed())
			a.refuse(w, r, errMethod)
		}
	})
}

// rateLimit refuses clients that ask too often. Probes are not limited, nor is this machine: whoever is on it can do
// worse, and a proxy on it that is not trusted speaks for everybody.
func (a *api) rateLimit(rt route, next http.Handler) http.Handler {
	if a.Rate <= 0 || rt.probe {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if client := visitOf(r).client; !client.IsLoopback() && !a.clients.allow(client) {
			a.refuse(w, r, errTooMany)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// timeout ends the context of a request after requestTimeout.
func (a *api) timeout(_ route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// gzip compresses long answers for those who take that. The length of an answer can tell no secret, as answers hold none.
// Bodies of requests are not read, compressed or not.
func (a *api) gzip(_ route, next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false))
	if err != nil {
		return next // only wrong options fail
	}
	return wrap(next)
}

// recover answers a panic as any failure, so that the client gets an answer. What has begun to be sent cannot be taken
// back; there the connection is cut, so that the client does not take the answer for whole.
func (a *api) recover(_ route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &recorder{ResponseWriter: w}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p) // net/http's own way to cut a connection
			}
			err := fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			if seen.status == 0 {
				a.refuse(w, r, err)
				return
			}
			visitOf(r).failure = err
			panic(http.ErrAbortHandler)
		}()
		next.ServeHTTP(seen, r)
	})
}
