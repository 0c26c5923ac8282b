package match

// Query is a parsed query compiled to analyzed terms.
type Query struct{}
