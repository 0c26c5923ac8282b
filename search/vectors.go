package search

import "context"

// Semantic is a Snapshot that may have vectors of the sections of its posts, for k-nearest-neighbour search.
type Semantic interface {
	// Nearest returns the n sections whose vectors are nearest to v, of length 1, the nearest first. A post may have changed
	// since it was embedded: then its hash is another. The error wraps ErrNoVectors where none compare with v, which comes of
	// model, a fingerprint.
	Nearest(ctx context.Context, model string, v []float32, n int) ([]Near, error)

	// Like does the same for the mean of the vectors of a post, whose sections are among the answer. There is none where the
	// index has no vectors of the post as it is.
	Like(ctx context.Context, id, hash string, n int) ([]Near, error)
}

// Near is a section, and how near its vector is.
type Near struct {
	ID      string // of the post
	Hash    string // Document.Hash of the post as it was embedded
	Section int    // index in Document.Sections
	// Standard is the standard score of the cosine: how many standard deviations it is above the mean of all vectors of the
	// index. Cosines of one model lie between 0.7 and 0.9, of another between 0 and 0.6; standard scores are alike.
	Standard float64

	Vectors int // how many the post has
}
