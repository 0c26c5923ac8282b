package httpapi

import "net/http"

// recorder remembers the status and the size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader implements http.ResponseWriter.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Unwrap serves http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// cacheControl sets Cache-Control when the status is known.
type cacheControl struct {
	http.ResponseWriter
	route route
	done  bool
}

// WriteHeader implements http.ResponseWriter.
func (w *cacheControl) WriteHeader(status int) {
	if header := w.Header(); !w.done {
		w.done = true
		header.Set("Cache-Control", w.route.cacheControl(status, header.Get("ETag") != ""))
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *cacheControl) Write(p []byte) (int, error) {
	if !w.done {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap serves http.ResponseController.
func (w *cacheControl) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// cacheControl says how long an answer holds. What comes from the index may be kept, but is to be asked for again each
// time, which costs no search: a new post shows up at once, and a corrected one is not shown as it was. Among the pages
// those with a tag are files of the program, such as the search box, and hold as long as the program.
func (rt route) cacheControl(status int, tagged bool) string {
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
