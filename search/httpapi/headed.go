package httpapi

import "net/http"

// headed sets the headers that protect an answer, and in this one place how long it may be kept. A page may set a policy
// of its own for its content.
func (a *api) headed(rt route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer") // the address of a search says what was searched for
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		next.ServeHTTP(&dated{ResponseWriter: w, route: rt}, r)
	})
}

// dated sets Cache-Control when the status is known.
type dated struct {
	http.ResponseWriter
	route route
	done  bool
}

// WriteHeader implements http.ResponseWriter.
func (w *dated) WriteHeader(status int) {
	if header := w.Header(); !w.done {
		w.done = true
		header.Set("Cache-Control", cacheControl(w.route, status, header.Get("ETag") != ""))
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *dated) Write(p []byte) (int, error) {
	if !w.done {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap serves http.ResponseController.
func (w *dated) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// cacheControl says how long an answer holds. What comes from the index may be kept but is to be asked for again each
// time, which costs no search: a post shows up at once, and a corrected one no longer as it was. Among the pages those
// with a tag are files of the program, such as the search box, and hold as long as it.
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
