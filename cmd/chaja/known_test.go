package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/chars"
)

// full is read before the tests, which run without the variables of chaja.
var full = os.Getenv("CHAJA_FULL") != ""

// TestRealKnownItems: on the owner's site a title that one post has finds that post, a heading of three words or more
// that one section has finds its post and section, and tag: finds exactly the posts that carry the tag. CHAJA_FULL=1
// asks for every heading, else for each eighth.
func TestRealKnownItems(t *testing.T) {
	_, docs, dir := indexReal(t, realSite(t, "owner-next"))
	service, done, err := openService(&folders{index: dir}, dictionary{}, embedder{})
	must(t, err)
	defer func() { must(t, done()) }()
	titles, headings, tags := namesOf(docs)
	asked := func(query string) search.Result {
		result, err := service.Search(t.Context(), search.Request{Query: query, PerPage: 1})
		must(t, err)
		return result
	}
	var posts, firstPosts, sections, postsOfSections, firstSections int
	for title, where := range titles {
		if len(where) > 1 {
			continue
		}
		posts++
		if hits := asked(title).Hits; len(hits) > 0 && hits[0].ID == where[0].id {
			firstPosts++
		}
	}
	for _, heading := range uniqueHeadings(headings) {
		where := headings[heading][0]
		sections++
		hits := asked(heading).Hits
		if len(hits) == 0 || hits[0].ID != where.id {
			continue
		}
		postsOfSections++
		if len(hits[0].Sections) > 0 && hits[0].Sections[0].Anchor == where.anchor {
			firstSections++
		}
	}
	share := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	t.Logf("titles: %d of %d posts first (%.1f %%); headings: %d posts first (%.1f %%), %d sections first (%.1f %%) of %d", firstPosts,
		posts, share(firstPosts, posts), postsOfSections, share(postsOfSections, sections), firstSections, share(firstSections, sections), sections)
	if share(firstPosts, posts) < 99 || share(firstSections, sections) < 97 {
		t.Error("too few come first")
	}
	for tag, ids := range tags {
		if total := asked(`tag:"` + strings.ReplaceAll(tag, `"`, "") + `"`).Total; total != len(ids) && !strings.Contains(tag, `"`) {
			t.Errorf("tag %q finds %d posts, %d carry it", tag, total, len(ids))
		}
	}
}

type place struct{ id, anchor string }

// namesOf returns the posts and sections by their names in lower case, and the posts by the keys of their tags.
func namesOf(docs map[string]search.Document) (titles, headings map[string][]place, tags map[string]map[string]bool) {
	titles, headings, tags = map[string][]place{}, map[string][]place{}, map[string]map[string]bool{}
	add := func(to map[string][]place, name string, p place) {
		name = strings.ToLower(name)
		to[name] = append(to[name], p)
	}
	for id, doc := range docs {
		add(titles, doc.Title, place{id: id})
		for _, s := range doc.Sections {
			add(headings, s.Heading, place{id, s.Anchor})
		}
		for _, tag := range doc.Tags {
			key := chars.TagKey(tag)
			if tags[key] == nil {
				tags[key] = map[string]bool{}
			}
			tags[key][id] = true
		}
	}
	return titles, headings, tags
}

// uniqueHeadings returns the headings of three words or more that one section has, or a part of them.
func uniqueHeadings(headings map[string][]place) []string {
	var unique []string
	for heading, where := range headings {
		if len(where) == 1 && len(strings.Fields(heading)) >= 3 {
			unique = append(unique, heading)
		}
	}
	slices.Sort(unique)
	every := 8
	if full {
		every = 1
	}
	var chosen []string
	for i := 0; i < len(unique); i += every {
		chosen = append(chosen, unique[i])
	}
	return chosen
}
