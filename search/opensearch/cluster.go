package opensearch

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

	client "github.com/opensearch-project/opensearch-go/v4"
)

// Config says where a cluster is and who asks.
type Config struct {
	Addresses          []string // URLs of nodes, such as https://search.example.com:9200
	Username, Password string   // of basic authentication, empty for none
	CACert             []byte   // certificates in PEM that are trusted beside those of the system; nil for none
	Observe            Observer // told of each request; nil for nobody
}

// Observer is told of a request to the cluster: what it was for, its status (0 when there was no answer), how long it took
// and the bytes of it and of the answer.
type Observer func(what string, status int, took time.Duration, sent, received int)

// Cluster is a connection to an OpenSearch cluster. It is safe for concurrent use.
type Cluster struct {
	client  *client.Client
	address string // for messages
	observe Observer
}

// Bounds of a request.
const (
	retries   = 3
	firstWait = 100 * time.Millisecond // before the first retry; then twice as long
	maxAnswer = 256 << 20              // bytes
	patience  = 30 * time.Second       // for one attempt, if its context does not end before
	bulkWait  = 2 * time.Minute        // for a batch that is written
)

// Dial prepares a connection. It asks nothing yet.
func Dial(c Config) (*Cluster, error) {
	for _, address := range c.Addresses {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, fmt.Errorf("%w: %q is no URL like http://127.0.0.1:9200", ErrEndpoint, address)
		}
	}
	if len(c.Addresses) == 0 {
		return nil, fmt.Errorf("%w: none is given", ErrEndpoint)
	}
	discover := false
	osc, err := client.NewClient(client.Config{
		Addresses: c.Addresses, Username: c.Username, Password: c.Password, CACert: c.CACert,
		RetryOnStatus: []int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable},
		MaxRetries:    retries, RequestTimeout: bulkWait, DiscoverNodesOnStart: &discover, HealthCheckMaxRetries: -1,
		RetryBackoff: func(attempt int) time.Duration { return firstWait << (attempt - 1) },
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrEndpoint, err)
	}
	if c.Observe == nil {
		c.Observe = func(string, int, time.Duration, int, int) {}
	}
	return &Cluster{osc, strings.Join(c.Addresses, ", "), c.Observe}, nil
}

// object is JSON that is sent.
type object = map[string]any

// do sends a request and decodes the answer; body and into may be nil. Lines of NDJSON are sent as they are.
func (c *Cluster) do(ctx context.Context, what, method, path string, body, into any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	content, kind := []byte(nil), "application/json"
	switch b := body.(type) {
	case nil:
	case lines:
		content, kind = b, "application/x-ndjson"
	default:
		var err error
		if content, err = json.Marshal(b); err != nil {
			return fmt.Errorf("encode request: %w", err)
		}
	}
	status, answer, err := c.send(ctx, what, method, path, kind, content)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return &Unreachable{c.address, err}
	case status >= http.StatusBadRequest:
		return c.refusal(what, status, answer)
	case into == nil:
		return nil
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("%w: %s does not answer as OpenSearch does", ErrProduct, c.address)
	}
	return nil
}

// lines are lines of JSON.
type lines []byte

// add adds a line.
func (l *lines) add(value any) error {
	line, err := json.Marshal(value)
	*l = append(append(*l, line...), '\n')
	return err
}

func (c *Cluster) send(ctx context.Context, what, method, path, kind string, content []byte) (status int, answer []byte, err error) {
	start := time.Now()
	defer func() {
		purpose, _, _ := strings.Cut(what, " ")
		c.observe(purpose, status, time.Since(start), len(content), len(answer))
	}()
	req, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(content))
	if err != nil {
		return 0, nil, err
	}
	if len(content) > 0 {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := c.client.Stream(req)
	if err != nil {
		return 0, nil, err
	}
	answer, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	return resp.StatusCode, answer, errors.Join(err, resp.Body.Close())
}

// ProcessorTime returns what the processes of all nodes have taken since they started.
func (c *Cluster) ProcessorTime(ctx context.Context) (all time.Duration, err error) {
	var answer struct {
		Nodes map[string]struct {
			Process struct {
				CPU struct {
					Total int64 `json:"total_in_millis"`
				}
			}
		}
	}
	err = c.do(ctx, "measure nodes", http.MethodGet, "/_nodes/stats/process", nil, &answer)
	for _, node := range answer.Nodes {
		all += time.Duration(node.Process.CPU.Total) * time.Millisecond
	}
	return all, err
}

// Oldest version that is supported: that of the last release for Java 17.
const oldestMajor, oldestMinor = 2, 19

// Check asks the cluster who it is. The error says what is wrong with the address, the rights or the version.
func (c *Cluster) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var info struct {
		Version struct{ Distribution, Number string }
		Tagline string
	}
	if err := c.do(ctx, "info", http.MethodGet, "/", nil, &info); err != nil {
		return err
	}
	var major, minor int
	_, err := fmt.Sscanf(info.Version.Number, "%d.%d", &major, &minor)
	switch {
	case info.Version.Distribution != "opensearch" && strings.Contains(info.Tagline, "You Know, for Search"):
		return fmt.Errorf("%w: %s is Elasticsearch %s, and chaja needs OpenSearch %d.%d or later", ErrProduct, c.address, info.Version.Number, oldestMajor, oldestMinor)
	case info.Version.Distribution != "opensearch" || err != nil:
		return fmt.Errorf("%w: %s does not answer as OpenSearch does", ErrProduct, c.address)
	case major < oldestMajor || major == oldestMajor && minor < oldestMinor:
		return fmt.Errorf("%w: %s is OpenSearch %s, and chaja needs %d.%d or later", ErrProduct, c.address, info.Version.Number, oldestMajor, oldestMinor)
	}
	return nil
}
