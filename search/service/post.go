package service

import (
	"context"
	"fmt"
	"net/url"

	"chaja/search"
)

// How posts are gone through to find one by its URL: so many at once, and at most.
const (
	postsAtOnce = 200
	maxPosts    = 10_000
)

// Post returns the post with a URL, as in a hit. It looks through the posts, the newest first, at most 10,000: that is for a
// preview, not for every page of a blog. Escapes of one character may be written in several ways. The error wraps search.ErrNoPost when there is none.
func (s *Service) Post(ctx context.Context, address string) (search.Document, error) {
	return from(ctx, s, func(at state) (search.Document, error) {
		want := unescaped(address)
		for seen := 0; seen < maxPosts; seen += postsAtOnce {
			found, err := search.Ask(ctx, at.snapshot, search.Query{Sort: search.Newest, From: seen, Size: postsAtOnce})
			if err != nil {
				return search.Document{}, err
			}
			for _, hit := range found.Hits {
				if unescaped(hit.Document.URL) == want {
					return hit.Document, nil
				}
			}
			if len(found.Hits) < postsAtOnce {
				break
			}
		}
		return search.Document{}, fmt.Errorf("%w at %q", search.ErrNoPost, address)
	})
}

func unescaped(address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		return plain
	}
	return address
}
