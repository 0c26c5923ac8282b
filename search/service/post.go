package service

import (
	"context"
	"fmt"

	"chaja/search"
)

// How posts are gone through to find one by its URL: so many at once, and at most.
const (
	postsAtOnce = 200
	maxPosts    = 10_000
)

// Post returns the post with a URL, as in a hit. It looks through the posts, the newest first, at most 10,000: that is for a
// preview, not for every page of a blog. The error wraps search.ErrNoPost when there is none.
func (s *Service) Post(ctx context.Context, url string) (search.Document, error) {
	return from(ctx, s, func(at state) (search.Document, error) {
		for seen := 0; seen < maxPosts; seen += postsAtOnce {
			found, err := search.Ask(ctx, at.snapshot, search.Query{Sort: search.Newest, From: seen, Size: postsAtOnce})
			if err != nil {
				return search.Document{}, err
			}
			for _, hit := range found.Hits {
				if hit.Document.URL == url {
					return hit.Document, nil
				}
			}
			if len(found.Hits) < postsAtOnce {
				break
			}
		}
		return search.Document{}, fmt.Errorf("%w at %q", search.ErrNoPost, url)
	})
}
