package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"

	"chaja/search"
)

const mediaJSON = "application/json"

// handle makes the handler of a JSON route. First it reads the parameters, as a bad request has no state to compare. Then
// it looks at what the client has already. Only then the request waits for its turn and asks the index.
func (a *api) handle(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		params, do := rt.begin(a.locale(r))
		if err := params.read(r.URL.RawQuery); err != nil {
			a.refuse(w, r, err)
			return
		}
		unchanged := rt.asksIndex && a.unchanged(w, r)
		var body []byte
		if !unchanged || rt.ofPost { // the post may not be there
			var err error
			if body, err = a.answer(w, rt, do, r); err != nil {
				a.refuse(w, r, err)
				return
			}
		}
		if rt.asksIndex {
			w.Header().Add("Vary", "Accept-Language")
		}
		if unchanged {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		reply(w, http.StatusOK, rt.media, body)
	})
}

// answer does the work of a route in its turn, and encodes the answer before anything is written. So the client gets one
// whole answer, whatever fails.
func (a *api) answer(w http.ResponseWriter, rt route, do work, r *http.Request) ([]byte, error) {
	turn := a.queue.inTurn
	if !rt.asksIndex {
		turn = func(_ context.Context, work func() error) error { return work() }
	}
	var value any
	err := turn(r.Context(), func() (err error) {
		value, err = do(r.Context())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", rt.name, err)
	}
	if result, ok := value.(search.Result); ok && result.WithoutMeaning {
		w.Header().Del("ETag") // it is not what this index answers to those who ask next
	}
	return encode(value, pretty(r))
}

// unchanged sets the ETag of an answer from the index, and reports whether the client has that answer already. The ETag
// is weak, as two answers differ in how long they took. It is made before the index is asked, so that it is never newer
// than the answer.
func (a *api) unchanged(w http.ResponseWriter, r *http.Request) bool {
	generation := a.State().Generation
	if generation == "" {
		return false
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(generation + "\x00" + a.Version + "\x00" + a.locale(r))) // never fails
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

// locale is the language that the client reads; "" when it says nothing, as programs do.
func (a *api) locale(r *http.Request) string {
	accept := r.Header.Get("Accept-Language")
	if accept == "" {
		return ""
	}
	return a.Texts.Match(accept).Lang
}

// encode writes JSON and leaves <mark> readable. That is safe, as answers have a type of their own and nosniff keeps
// browsers to it.
func encode(value any, pretty bool) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if pretty {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(value); err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	return buf.Bytes(), nil
}

func reply(w http.ResponseWriter, status int, media string, body []byte) {
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // an error means that the client has gone
}

// pretty reports whether the answer is to be read by a person, be it an error or not.
func pretty(r *http.Request) bool { return r.URL.Query().Get("pretty") == "1" }
