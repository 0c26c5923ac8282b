package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

const mediaJSON = "application/json"

// work makes an answer, once the parameters are known to be good.
type work func(ctx context.Context) (any, error)

// handle makes a route of the table an http.Handler. Parameters are looked at first, as a bad request has no valid state
// to compare; then what the client has already; only then the index is asked, and waited for.
func (a *api) handle(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, err := readParams(r, rt.params)
		if err != nil {
			a.refuse(w, r, err)
			return
		}
		do, err := rt.prepare(p)
		if err != nil {
			a.refuse(w, r, err)
			return
		}
		unchanged := rt.asksIndex && a.unchanged(w, r)
		var body []byte
		if !unchanged || rt.ofPost { // the post may not be there
			if body, err = answer(r.Context(), do, pretty(r)); err != nil {
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

// answer does the work and encodes what comes of it, before anything is written: whatever fails, the client gets one
// whole answer.
func answer(ctx context.Context, do work, pretty bool) ([]byte, error) {
	value, err := do(ctx)
	if err != nil {
		return nil, err
	}
	return encode(value, pretty)
}

// encode leaves <mark> readable: the answers are JSON by type, and nosniff keeps browsers to it.
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
