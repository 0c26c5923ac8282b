package httpapi

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
)

// unchanged sets the ETag of an answer from the index and reports whether the client has that already. It is weak: two
// answers differ in how long they took. It is read before the index, so that it is never newer than the answer.
func (a *api) unchanged(w http.ResponseWriter, r *http.Request) bool {
	generation := a.State().Generation
	if generation == "" {
		return false
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(generation + "\x00" + a.Version + "\x00" + asked(r))) // never fails
	tag := `"` + strconv.FormatUint(sum.Sum64(), 36) + `"`
	w.Header().Set("ETag", "W/"+tag)
	for _, have := range strings.Split(r.Header.Get("If-None-Match"), ",") {
		have = strings.TrimSpace(have)
		if have == "*" || strings.TrimPrefix(have, "W/") == tag {
			return true
		}
	}
	return false
}
