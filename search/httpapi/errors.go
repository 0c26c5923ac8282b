package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"chaja/search"
	"chaja/search/catalog"
)

var (
	errNotFound     = errors.New("no such path")
	errMethod       = errors.New("method not allowed")
	errNotReady     = errors.New("not ready")
	errTooMany      = errors.New("too many requests from one client")
	errBadParameter = errors.New("bad parameter")
	errUnauthorized = errors.New("no or another token")
	errReindexing   = errors.New("the site is being indexed already")
	errEnding       = errors.New("the server ends")
	errIndexing     = errors.New("the site is being indexed")
)

// Indexing is the error of a search while the first index is being made, or one in place of an index that cannot be used. It
// is a state that passes by itself. Done and Total are posts; Total is 0 while it is not known.
type Indexing struct{ Done, Total int }

func (e *Indexing) Error() string {
	return fmt.Sprintf("%v: %d of %d posts so far", errIndexing, e.Done, e.Total)
}
func (e *Indexing) Unwrap() error { return errIndexing }

// badParameter is a parameter that the client must change.
type badParameter struct {
	name    string
	problem string // a key of catalog.Parameters
	pairs   []any  // what its texts are filled with
}

func (e *badParameter) Error() string { return "parameter " + e.name + ": " + e.problem }
func (e *badParameter) Unwrap() error { return errBadParameter }

// errorAnswer is the body of every answer that is an error.
type errorAnswer struct {
	Error errorBody `json:"error"`
}

type errorBody struct {
	Code    string `json:"code"`    // for programs; stable
	Message string `json:"message"` // what is wrong
	Fix     string `json:"fix"`     // what to do about it
}

// fault says how an error is answered. retry is the number of seconds after which the client may try again, 0 for never.
// code is for programs, and the key of the texts in the catalog.
type fault struct {
	err    error
	status int
	retry  int
	code   string
}

// faults is the one place where errors become answers. The first row that fits counts; the last one fits all. Nothing
// changes it.
var faults = []fault{
	{errBadParameter, http.StatusBadRequest, 0, "bad_parameter"},
	{errNotFound, http.StatusNotFound, 0, "not_found"},
	{search.ErrNoPost, http.StatusNotFound, 0, "no_post"},
	{errMethod, http.StatusMethodNotAllowed, 0, "method_not_allowed"},
	{errUnauthorized, http.StatusUnauthorized, 0, "unauthorized"},
	{errReindexing, http.StatusConflict, 5, "reindexing"},
	{errTooMany, http.StatusTooManyRequests, 1, "too_many_requests"},
	{ErrBusy, http.StatusServiceUnavailable, 2, "busy"},
	{errEnding, http.StatusServiceUnavailable, 5, "ending"},
	{errIndexing, http.StatusServiceUnavailable, 5, "indexing"},
	{search.ErrNoIndex, http.StatusServiceUnavailable, 30, "no_index"},
	{search.ErrOutdated, http.StatusServiceUnavailable, 30, "outdated_index"},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, 5, "timeout"},
	{context.Canceled, http.StatusServiceUnavailable, 1, "cancelled"},
	{search.ErrUnavailable, http.StatusServiceUnavailable, 5, "not_ready"},
	{errNotReady, http.StatusServiceUnavailable, 5, "not_ready"},
	{nil, http.StatusInternalServerError, 0, "internal"}, // the server's fault; the text of err stays in the log, as it may name files
}

func faultOf(err error) fault {
	return faults[slices.IndexFunc(faults, func(f fault) bool { return f.err == nil || errors.Is(err, f.err) })]
}

// advise says what is wrong and what to do about it.
func advise(err error, texts *catalog.Texts) (message, fix string) {
	bad, ok := errors.AsType[*badParameter](err)
	if !ok {
		var pairs []any
		if at, ok := errors.AsType[*Indexing](err); ok {
			pairs = []any{"done", at.Done, "total", at.Total}
		}
		advice := texts.Errors[faultOf(err).code]
		return advice.Message.With(pairs...), advice.Fix.With()
	}
	advice := texts.Parameters.Problems[bad.problem]
	return texts.Parameters.Message.With("name", bad.name, "problem", advice.Message.With(bad.pairs...)), advice.Fix.With(bad.pairs...)
}

// Fail prepares the answer to an error, for pages that have words of their own for it. It sets the headers that go with
// the error, such as Retry-After, and returns the status. A failure of the server is told in the request's line of the log.
func Fail(w http.ResponseWriter, r *http.Request, err error) (status int) {
	f := faultOf(err)
	gone := errors.Is(r.Context().Err(), context.Canceled)
	if f.status >= http.StatusInternalServerError && !isState(err) && !gone {
		visitOf(r).failure = err
	}
	w.Header().Del("ETag")
	if f.retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.retry))
	}
	return f.status
}

// refuse answers with an error.
func (a *api) refuse(w http.ResponseWriter, r *http.Request, err error) {
	status, texts := Fail(w, r, err), a.Texts.Match(r.Header.Get("Accept-Language"))
	message, fix := advise(err, texts)
	body, _ := encode(errorAnswer{errorBody{faultOf(err).code, message, fix}}, pretty(r)) // strings: cannot fail
	w.Header().Set("Content-Language", texts.Lang)
	w.Header().Add("Vary", "Accept-Language")
	reply(w, status, mediaJSON, body)
}

// notFound answers what is nothing at all.
func (a *api) notFound(w http.ResponseWriter, r *http.Request) { a.refuse(w, r, errNotFound) }

// isState reports whether err is no failure: the index is in a state that lasts until someone runs chaja index or it is
// made, the server ends, or a bound does its work.
func isState(err error) bool {
	for _, state := range []error{search.ErrNoIndex, search.ErrOutdated, ErrBusy, errIndexing, errEnding} {
		if errors.Is(err, state) {
			return true
		}
	}
	return false
}
