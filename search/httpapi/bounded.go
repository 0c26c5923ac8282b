package httpapi

import (
	"context"
	"net/http"
	"time"
)

// requestTimeout is how long one request may wait and work: far longer than any search takes, well before WriteTimeout
// cuts the connection without an answer.
const requestTimeout = 10 * time.Second

// bounded ends the context of a request after that.
func (a *api) bounded(_ route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
