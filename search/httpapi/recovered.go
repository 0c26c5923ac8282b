package httpapi

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
)

// recovered answers a panic as any failure: it must not leave the client without an answer. What has begun to be sent
// cannot be taken back; there the connection is cut, so that the client does not take it for whole.
func (a *api) recovered(_ route, next http.Handler) http.Handler {
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
			a.Log.Error("request failed", "id", requestID(r), "path", r.URL.Path, "error", err)
			panic(http.ErrAbortHandler)
		}()
		next.ServeHTTP(seen, r)
	})
}
