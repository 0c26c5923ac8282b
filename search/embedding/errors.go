package embedding

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Reason says what is wrong with a server.
type Reason string

// The reasons.
const (
	Away    Reason = "away"    // it cannot be reached
	Slow    Reason = "slow"    // it did not answer in time
	Refused Reason = "refused" // it takes no such request: the key, the model or the path is wrong
	Limited Reason = "limited" // it takes no more for now
	Broken  Reason = "broken"  // it says that it failed
	Answer  Reason = "answer"  // what it answers is of no use
)

// Error is what went wrong between this program and a server, in one line.
type Error struct {
	Reason Reason
	URL    string
	After  time.Duration // how long the server wants to be let alone; 0 where it does not say
	Cause  error
}

func (e *Error) Error() string { return fmt.Sprintf("embedder %s: %v", e.URL, e.Cause) }
func (e *Error) Unwrap() error { return e.Cause }

// passes reports whether it may be gone at the next try.
func (e *Error) passes() bool {
	return e.Reason != Refused && e.Reason != Answer
}

func (c *Client) failed(reason Reason, cause error) *Error {
	return &Error{Reason: reason, URL: c.endpoint, Cause: cause}
}

// refused makes an error of an answer that is none.
func (c *Client) refused(res *http.Response, answer []byte) *Error {
	reason := Refused
	switch {
	case res.StatusCode == http.StatusTooManyRequests:
		reason = Limited
	case res.StatusCode >= 500, res.StatusCode == http.StatusRequestTimeout:
		reason = Broken
	}
	cause := fmt.Sprintf("%d %s", res.StatusCode, http.StatusText(res.StatusCode))
	if to := res.Header.Get("Location"); res.StatusCode >= 300 && res.StatusCode < 400 {
		cause += fmt.Sprintf(": it leads to %.200q, which is not followed", to)
	} else if said := saying(answer); said != "" {
		cause += ": " + said
	}
	e := c.failed(reason, errors.New(cause))
	if seconds, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && seconds > 0 {
		e.After = time.Duration(min(seconds, int(time.Hour/time.Second))) * time.Second
	}
	return e
}

// saying is what the body of an error says, in one line.
func saying(answer []byte) string {
	if isHTML(answer) {
		return "a page of HTML"
	}
	var body struct{ Error, Message, Detail json.RawMessage }
	text := string(answer)
	if json.Unmarshal(answer, &body) == nil {
		for _, field := range []json.RawMessage{body.Error, body.Message, body.Detail} {
			var inner struct{ Message string }
			if json.Unmarshal(field, &text) == nil || json.Unmarshal(field, &inner) == nil && inner.Message != "" {
				if inner.Message != "" {
					text = inner.Message
				}
				break
			}
		}
	}
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, fmt.Sprintf("%.200s", text))
}

func isHTML(answer []byte) bool {
	return strings.HasPrefix(strings.TrimSpace(string(answer[:min(len(answer), 512)])), "<")
}

// How long is insisted: some minutes, in which a server comes up again or a limit by the minute passes.
const (
	tries     = 5
	firstWait = time.Second // then twice as long
	maxWait   = time.Minute
)

// insist calls f again where what is wrong may pass.
func (c *Client) insist(ctx context.Context, f func() ([][]float32, error)) (vectors [][]float32, err error) {
	pause := firstWait
	for try := 1; ; try++ {
		vectors, err = f()
		failure, ok := errors.AsType[*Error](err)
		if err == nil || !ok || !failure.passes() || try == tries || failure.After > maxWait {
			return vectors, err
		}
		if failure.Reason == Away && try == 2 {
			return nil, err // it is not there, and will not come for us
		}
		if err := c.wait(ctx, max(pause, failure.After)); err != nil {
			return nil, err
		}
		pause *= 2
	}
}

// wait waits, or until ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
