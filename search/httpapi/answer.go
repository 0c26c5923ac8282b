package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"chaja/search"
)

// requestTimeout is how long one request may work: far longer than any search takes, well before WriteTimeout cuts
// the connection without an answer.
const requestTimeout = 10 * time.Second

// handlerFunc answers a request with a value to encode, or with an error for the table in errors.go.
type handlerFunc func(r *http.Request) (any, error)

// handle makes h an http.Handler. The body is encoded before the header is written, so that whatever fails, the
// client gets one whole answer.
func (a *api) handle(h handlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		status := http.StatusOK
		body, err := a.call(h, r.WithContext(ctx))
		if err != nil {
			var answer errorAnswer
			status, answer = answerTo(err)
			body, _ = encode(answer) // three strings: cannot fail
			if status >= http.StatusInternalServerError && !isState(err) && r.Context().Err() == nil {
				a.log.Error("request failed", "method", r.Method, "path", r.URL.Path, "status", status, "error", err)
			}
		}
		header := w.Header()
		header.Set("Content-Type", "application/json")
		header.Set("Content-Length", strconv.Itoa(len(body)))
		header.Set("X-Content-Type-Options", "nosniff")
		if status == http.StatusMethodNotAllowed {
			header.Set("Allow", "GET, HEAD")
		}
		w.WriteHeader(status)
		_, _ = w.Write(body) // an error means that the client has gone
	})
}

// isState reports whether err is a state of the index that lasts until someone runs chaja index.
func isState(err error) bool {
	return errors.Is(err, search.ErrNoIndex) || errors.Is(err, search.ErrOutdated)
}

// call runs h and encodes its answer. A panic becomes an error: it must not take other requests down or leave the
// client without an answer.
func (a *api) call(h handlerFunc, r *http.Request) (body []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			body, err = nil, fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	value, err := h(r)
	if err != nil {
		return nil, err
	}
	return encode(value)
}

// encode leaves <mark> readable: the answers are JSON by type, and nosniff keeps browsers to it.
func encode(value any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	return buf.Bytes(), nil
}
