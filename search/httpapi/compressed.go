package httpapi

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// compressed sends what is long enough as gzip to those who take it. Answers hold no secrets that their length could
// tell. Bodies of requests are not read, compressed or not.
func (a *api) compressed(_ route, next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false))
	if err != nil {
		return next // only wrong options fail
	}
	return wrap(next)
}
