package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"chaja/search"
)

var (
	errNotFound = errors.New("no such path")
	errMethod   = errors.New("method not allowed")
	errNotReady = errors.New("not ready")
)

// badParameter is a parameter that the client must change.
type badParameter struct {
	name, problem, fix string
}

func (e *badParameter) Error() string { return fmt.Sprintf("parameter %s %s", e.name, e.problem) }

// errorAnswer is the body of every answer that is not 200.
type errorAnswer struct {
	Error errorBody `json:"error"`
}

type errorBody struct {
	Code    string `json:"code"`    // for programs; stable
	Message string `json:"message"` // what is wrong
	Fix     string `json:"fix"`     // what to do about it
}

// answerTo is the one place where errors become statuses. An error that it does not know is the server's, and its
// text stays in the log: it may name files.
func answerTo(err error) (status int, answer errorAnswer) {
	if bad, ok := errors.AsType[*badParameter](err); ok {
		return http.StatusBadRequest, errorAnswer{errorBody{"bad_parameter", bad.Error(), bad.fix}}
	}
	table := []struct {
		err    error
		status int
		body   errorBody
	}{
		{errNotFound, http.StatusNotFound, errorBody{"not_found", "there is nothing at this path",
			"ask /api/v1/search, /api/v1/tags or /api/v1/categories"}},
		{errMethod, http.StatusMethodNotAllowed, errorBody{"method_not_allowed", "this path is only for reading", "use GET"}},
		{search.ErrNoIndex, http.StatusServiceUnavailable, errorBody{"no_index", "there is no index yet", "run `chaja index`"}},
		{search.ErrOutdated, http.StatusServiceUnavailable, errorBody{"outdated_index", "the index cannot be used",
			"run `chaja index` with the --words of the server, if it has any"}},
		{context.DeadlineExceeded, http.StatusServiceUnavailable, errorBody{"timeout", "the search took too long", "try again, or ask for less"}},
		{context.Canceled, http.StatusServiceUnavailable, errorBody{"cancelled", "the request was cancelled", "try again"}},
		{errNotReady, http.StatusServiceUnavailable, errorBody{"not_ready", "the index does not answer", "see the server's log"}},
	}
	for _, row := range table {
		if errors.Is(err, row.err) {
			return row.status, errorAnswer{row.body}
		}
	}
	return http.StatusInternalServerError, errorAnswer{errorBody{"internal", "the server failed to answer", "try again; the server's log says more"}}
}
