package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"chaja/search"
)

// Client asks a server of this API.
type Client struct {
	base *url.URL
	http http.Client
}

// maxAnswer is the most that is read of an answer, in bytes. A page of the longest hits is far below it.
const maxAnswer = 64 << 20

// NewClient returns a client of the server at base, such as http://127.0.0.1:7310.
func NewClient(base string) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("server address %q is not like http://127.0.0.1:7310", base)
	}
	return &Client{base: u, http: http.Client{Timeout: 2 * requestTimeout}}, nil
}

// Search asks /api/v1/search.
func (c *Client) Search(ctx context.Context, r search.Request) (result search.Result, err error) {
	err = c.get(ctx, pathSearch, SearchParams(&r), &result)
	return result, err
}

// Suggest asks /api/v1/suggest.
func (c *Client) Suggest(ctx context.Context, typed string, limit int) (result search.Suggestions, err error) {
	r := suggestRequest{typed, limit}
	err = c.get(ctx, pathSuggest, r.params(), &result)
	return result, err
}

// Facets asks /api/v1/tags and /api/v1/categories.
func (c *Client) Facets(ctx context.Context) (facets search.Facets, err error) {
	if err = c.get(ctx, pathTags, nil, &facets); err == nil {
		err = c.get(ctx, pathCategories, nil, &facets)
	}
	return facets, err
}

// get decodes the answer at path into value. Its error repeats what the server says.
func (c *Client) get(ctx context.Context, path string, params Params, value any) error {
	u := c.base.JoinPath(path)
	u.RawQuery = params.encode().Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return fmt.Errorf("ask server: %w", err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		if wrapped, ok := errors.AsType[*url.Error](err); ok {
			err = wrapped.Err // without the address, which is as long as the query
		}
		return fmt.Errorf("ask server %s: %w", c.base.Redacted(), err)
	}
	defer response.Body.Close()
	body := json.NewDecoder(io.LimitReader(response.Body, maxAnswer))
	if response.StatusCode != http.StatusOK {
		var answer errorAnswer
		if err := body.Decode(&answer); err != nil || answer.Error.Message == "" {
			return fmt.Errorf("server %s answered %s", c.base.Redacted(), response.Status)
		}
		return fmt.Errorf("server %s: %s; %s", c.base.Redacted(), answer.Error.Message, answer.Error.Fix)
	}
	if err := body.Decode(value); err != nil {
		return fmt.Errorf("read the answer of %s: %w", c.base.Redacted(), err)
	}
	return nil
}
