package httpapi

import "net/http"

const allowed = "GET, HEAD, OPTIONS"

// readOnly answers OPTIONS and refuses what would change something. The body of a HEAD is left out by net/http.
func (a *api) readOnly(_ route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			next.ServeHTTP(w, r)
		case http.MethodOptions:
			w.Header().Set("Allow", allowed)
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", allowed)
			a.refuse(w, r, errMethod)
		}
	})
}
