package httpapi

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// shared lets the pages of the allowed origins read answers (Cross-Origin Resource Sharing, fetch.spec.whatwg.org).
// Credentials are never allowed: there are none here, and a page must not see more than anybody may.
func (a *api) shared(_ route, next http.Handler) http.Handler {
	if len(a.CORSOrigins) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); slices.Contains(a.CORSOrigins, origin) {
			header.Set("Access-Control-Allow-Origin", origin)
			header.Set("Access-Control-Expose-Headers", "ETag, Retry-After, "+requestIDHeader)
			if r.Method == http.MethodOptions {
				header.Set("Access-Control-Allow-Methods", "GET, HEAD")
				header.Set("Access-Control-Allow-Headers", "If-None-Match")
				header.Set("Access-Control-Max-Age", "3600")
			}
		}
		next.ServeHTTP(w, r)
	})
}

// CheckOrigin returns nil for an origin as browsers send it: scheme, host and port, as in https://example.org. Neither
// * nor null is one, as they stand for anybody.
func CheckOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil {
		return fmt.Errorf("read origin: %w", errors.Unwrap(err))
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Scheme+"://"+u.Host != origin {
		return fmt.Errorf("%q is no origin like https://example.org", origin)
	}
	return nil
}
