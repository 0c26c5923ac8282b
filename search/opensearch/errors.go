package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"chaja/search"
)

// Errors of a cluster. Each is wrapped by an error of one line that says what happened where.
var (
	ErrEndpoint = errors.New("wrong address of OpenSearch")
	ErrProduct  = errors.New("no OpenSearch that chaja can use")
	ErrRights   = errors.New("OpenSearch refuses the user")
	ErrFull     = errors.New("OpenSearch does not write: a disk of the cluster is nearly full")
	ErrBlocked  = errors.New("OpenSearch does not write: the index is blocked for writing")
	ErrForeign  = errors.New("the name belongs to an index that chaja has not made")
	ErrBusy     = errors.New("another chaja is writing the index")
)

// Unreachable says that the cluster gave no answer.
type Unreachable struct {
	Address string
	Cause   error
}

func (u *Unreachable) Error() string {
	cause, _, _ := strings.Cut(u.Cause.Error(), "\n")
	return fmt.Sprintf("OpenSearch at %s does not answer: %s", u.Address, cause)
}

func (u *Unreachable) Unwrap() []error { return []error{search.ErrUnavailable, u.Cause} }

// refused is an answer that says that something failed.
type refused struct {
	what   string
	status int
	kind   string // such as index_not_found_exception
	reason string
}

func (r *refused) Error() string {
	return fmt.Sprintf("OpenSearch cannot %s: %s (%d)", r.what, r.reason, r.status)
}

// Unwrap says that the cluster cannot answer now, where it says so.
func (r *refused) Unwrap() error {
	if r.status == http.StatusTooManyRequests || r.status >= http.StatusInternalServerError {
		return search.ErrUnavailable
	}
	return nil
}

// failure is an error in an answer.
type failure struct {
	Type, Reason string
	RootCause    []failure `json:"root_cause"`
	CausedBy     *failure  `json:"caused_by"`
	FailedShards []struct{ Reason failure }
}

// refusal makes an error of an answer with a status of failure.
func (c *Cluster) refusal(what string, status int, answer []byte) error {
	var said struct {
		Error json.RawMessage
	}
	var f failure
	if json.Unmarshal(answer, &said) != nil || json.Unmarshal(said.Error, &f) != nil {
		f.Reason = strings.Trim(strings.TrimSpace(string(said.Error)), `"`) // some answers have a text in its place
	}
	return c.failed(what, status, f)
}

// failed makes an error of a failure.
func (c *Cluster) failed(what string, status int, f failure) error {
	r := &refused{what, status, f.Type, f.Reason}
	for _, cause := range append(f.RootCause, f.deepest()) {
		if cause.Type != "" {
			r.kind, r.reason = cause.Type, cause.Reason
		}
	}
	if r.reason == "" {
		r.reason = http.StatusText(status)
	}
	r.reason, _, _ = strings.Cut(r.reason, "\n")
	switch {
	case status == http.StatusUnauthorized:
		return fmt.Errorf("%w: %s wants a name and a password (401)", ErrRights, c.address)
	case strings.Contains(r.reason, "flood-stage"), strings.Contains(r.reason, "read-only-allow-delete"):
		return fmt.Errorf("%w: %w", ErrFull, r)
	case r.kind == "cluster_block_exception" && status == http.StatusForbidden:
		return fmt.Errorf("%w: %w", ErrBlocked, r)
	case status == http.StatusForbidden:
		return fmt.Errorf("%w: %w", ErrRights, r)
	}
	return r
}

func (f failure) deepest() failure {
	for _, shard := range f.FailedShards {
		f = shard.Reason
	}
	for f.CausedBy != nil {
		f = *f.CausedBy
	}
	return f
}

// isStatus reports whether the cluster has answered with a status.
func isStatus(err error, status int) bool {
	r, ok := errors.AsType[*refused](err)
	return ok && r.status == status
}

// isLost reports whether a request failed in a way that a new point in time may mend: it is gone, or a node with it.
func isLost(ctx context.Context, err error) bool {
	r, ok := errors.AsType[*refused](err)
	return ok && ctx.Err() == nil && (r.status == http.StatusNotFound || r.status >= http.StatusInternalServerError)
}
