package searchbox

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chaja/search"
	"chaja/search/chars"
)

// Sizes of tag clouds: all that a person looks through, and what fits below an empty search box.
const (
	cloudWhole = 400
	cloudStart = 24
)

// cloudTag is a tag with its weight from 1 to 5.
type cloudTag struct {
	search.Facet
	Weight int
	Link   string
}

type tagsPage struct {
	base
	Cloud []cloudTag
}

// tags answers GET /tags: the tags of all posts, larger where there are more.
func (p *pages) tags(w http.ResponseWriter, r *http.Request) {
	page := tagsPage{base: p.base(w, r)}
	page.Title = page.T.Tags
	err := p.InTurn(r.Context(), func() error {
		facets, err := p.Facets(r.Context())
		page.Cloud = cloud(facets.Tags, cloudWhole)
		return err
	})
	status := page.check(w, r, err)
	p.render(w, r, status, "tags.html", page)
}

// cloud returns the most frequent tags in the order of their names, whatever their case. A tag weighs the logarithm of
// its number of posts.
func cloud(tags []search.Facet, limit int) []cloudTag {
	var found []cloudTag
	tags = tags[:min(len(tags), limit)]
	for _, tag := range tags {
		most := math.Log1p(float64(tags[0].Count))
		found = append(found, cloudTag{
			Facet: tag, Weight: 1 + int(4*math.Log(float64(max(tag.Count, 1)))/max(most, 1)),
			Link: "./?" + url.Values{"tag": {tag.Value}}.Encode(),
		})
	}
	slices.SortFunc(found, func(a, b cloudTag) int {
		return cmp.Or(strings.Compare(chars.TagKey(a.Value), chars.TagKey(b.Value)), strings.Compare(a.Value, b.Value))
	})
	return found
}
