package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// logged writes a line for each request: neither what was searched for nor from where, as a log is kept and read by
// others than the server. A proxy in front that keeps addresses names the request by the same id.
func (a *api) logged(rt route, next http.Handler) http.Handler {
	level := slog.LevelInfo
	if rt.probe {
		level = slog.LevelDebug
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, seen := time.Now(), &recorder{ResponseWriter: w}
		next.ServeHTTP(seen, r)
		a.Log.LogAttrs(context.WithoutCancel(r.Context()), level, "request", slog.String("id", requestID(r)),
			slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", seen.status),
			slog.Int64("bytes", seen.bytes), slog.Duration("took", time.Since(start).Round(time.Microsecond)))
	})
}

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
