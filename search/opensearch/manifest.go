package opensearch

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/generation"
)

// A site has a name in the cluster. The name is an alias of the index in force, so that a whole generation becomes visible at
// once, and nobody sees one that is being written:
//
//	NAME              alias of the index in force
//	NAME-…            the index of a generation, which is blocked for writing once it is in force; its _meta is the manifest
//	NAME-…-words      the files of its lexicon
//	NAME-lock         who writes
//
// An update of a generation is a clone of its index, which shares its files.

// meta is what the mapping of a generation says of it.
type meta struct {
	generation.Manifest        // without files and sum
	Product             string `json:"product"`
	Sample              int    `json:"sample"` // the least sampleLevel of the documents that the lexicon was learned from
}

// product marks what chaja has made.
const product = "chaja"

// inForce returns the manifest of the generation in force. The error wraps search.ErrNoIndex when there is none, and ErrForeign
// when the name belongs to something else.
func (c *Cluster) inForce(ctx context.Context, name string) (m meta, err error) {
	var found map[string]struct {
		Mappings struct {
			Meta meta `json:"_meta"`
		}
	}
	err = c.do(ctx, "look at "+name, http.MethodGet, path(name, "_mapping"), nil, &found)
	switch {
	case isStatus(err, http.StatusNotFound):
		return m, fmt.Errorf("%w %s in OpenSearch at %s", search.ErrNoIndex, name, c.address)
	case err != nil:
		return m, err
	}
	for index, f := range found {
		m = f.Mappings.Meta
		m.Generation = index
	}
	if len(found) != 1 || m.Product != product || !isGeneration(name, m.Generation) {
		return m, fmt.Errorf("%w: %s at %s is %s", ErrForeign, name, c.address, strings.Join(slices.Sorted(maps.Keys(found)), ", "))
	}
	return m, nil
}

// check returns nil when this program can use the generation.
func (m meta) check(analyzer *analysis.Analyzer) error {
	if m.Format != Format {
		return fmt.Errorf("%w: %s has format %d, and this chaja reads %d", search.ErrOutdated, m.Generation, m.Format, Format)
	}
	if analyzer != nil && m.Analysis != analyzer.Version() {
		return generation.ErrOtherAnalysis
	}
	return nil
}

// Names of indexes beside the alias.
const (
	wordsEnd = "-words"
	lockEnd  = "-lock"
)

var validName = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,99}$`)

// CheckName returns an error when a site cannot have a name.
func CheckName(name string) error {
	if !validName.MatchString(name) {
		return fmt.Errorf("%q is no name of an index: small letters, digits and .-_ after the first, 100 at most", name)
	}
	return nil
}

// isGeneration reports whether an index is a generation of a name, or the lexicon of one.
func isGeneration(name, index string) bool {
	rest, ok := strings.CutPrefix(index, name+"-")
	return ok && regexp.MustCompile(`^[0-9a-z]{12,13}(`+wordsEnd+`)?$`).MatchString(rest)
}

// nextName names a generation after the one named last.
func nextName(name, last string) string {
	n := uint64(time.Now().UnixNano())
	if before, err := strconv.ParseUint(strings.TrimPrefix(last, name+"-"), 36, 64); err == nil {
		n = max(n, before+1)
	}
	return fmt.Sprintf("%s-%012s", name, strconv.FormatUint(n, 36))
}

// removeOthers deletes the generations of a name but some: what an interrupted run has left, and what was replaced.
func (c *Cluster) removeOthers(ctx context.Context, name string, keep ...string) error {
	var found []struct{ Index string }
	if err := c.do(ctx, "list indexes", http.MethodGet, path("_cat", "indices", name+"-*")+"?format=json&h=index", nil, &found); err != nil {
		return err
	}
	for _, f := range found {
		if isGeneration(name, f.Index) && !slices.Contains(keep, strings.TrimSuffix(f.Index, wordsEnd)) {
			if err := c.Delete(ctx, f.Index); err != nil {
				return err
			}
		}
	}
	return nil
}
