package httpapi

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
)

// maxStrangers bounds the origins that are told of in the log.
const maxStrangers = 20

// cors lets the pages of the allowed origins read answers (Cross-Origin Resource Sharing, fetch.spec.whatwg.org).
// Credentials are never allowed: there are none here, and a page must not see more than anybody may.
func (a *api) cors(rt route, next http.Handler) http.Handler {
	if rt.admin { // no page has the token
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header, origin := w.Header(), r.Header.Get("Origin")
		if len(a.CORSOrigins) > 0 {
			header.Add("Vary", "Origin")
		}
		switch {
		case origin == "":
		case slices.Contains(a.CORSOrigins, origin):
			header.Set("Access-Control-Allow-Origin", origin)
			header.Set("Access-Control-Expose-Headers", "ETag, Retry-After, "+requestIDHeader)
			if r.Method == http.MethodOptions {
				header.Set("Access-Control-Allow-Methods", "GET, HEAD")
				header.Set("Access-Control-Allow-Headers", "If-None-Match")
				header.Set("Access-Control-Max-Age", "3600")
			}
		case rt.asksIndex:
			a.strangers.tell(a, origin, r.Host)
		}
		next.ServeHTTP(w, r)
	})
}

// strangers are the origins that were told of in the log. The zero value has none.
type strangers struct {
	mu   sync.Mutex
	told []string
}

// tell logs, once for each origin, that its pages may not read answers: its reader sees a box that fails, and who runs the
// server should know why. host is that of the request, whose own pages may.
func (s *strangers) tell(a *api, origin, host string) {
	if u, err := url.Parse(origin); err != nil || u.Host == host || CheckOrigin(origin) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.told) == maxStrangers || slices.Contains(s.told, origin) {
		return
	}
	s.told = append(s.told, origin)
	a.Log.Warn("pages of another origin ask and may not read the answers", "origin", origin, "fix", "--cors-origin "+origin)
}
