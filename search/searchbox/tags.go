package searchbox

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/hangul"
)

// Sizes of tag clouds: all that a page can hold, and what fits below an empty search box.
const (
	cloudWhole = 5000
	cloudStart = 24
)

// cloudTag is a tag with its weight from 1 to 5.
type cloudTag struct {
	search.Facet
	Weight int
	Link   string
}

// tagGroup are the tags that begin with one letter.
type tagGroup struct {
	Initial string
	Tags    []cloudTag
}

type tagsPage struct {
	base
	Filter string // what the tags have in them
	Total  int    // tags there are
	Shown  int
	Groups []tagGroup
}

// tags answers GET /tags. It shows the tags of all posts, by their initial; with q only those that have that in them.
func (p *pages) tags(w http.ResponseWriter, r *http.Request) {
	page := tagsPage{base: p.base(w, r), Filter: strings.TrimSpace(chars.OneLine(r.FormValue("q")))}
	page.Title = page.T.Tags
	err := p.InTurn(r.Context(), func() error {
		facets, err := p.Facets(r.Context())
		page.fill(facets.Tags)
		return err
	})
	status := page.check(w, r, err)
	p.render(w, r, status, "tags.html", page)
}

func (page *tagsPage) fill(tags []search.Facet) {
	page.Total = len(tags)
	if key := chars.TagKey(page.Filter); key != "" {
		tags = slices.DeleteFunc(slices.Clone(tags), func(f search.Facet) bool { return !strings.Contains(chars.TagKey(f.Value), key) })
	}
	all := cloud(tags, cloudWhole)
	page.Shown = len(all)
	for _, tag := range all {
		at := initial(tag.Value)
		i := slices.IndexFunc(page.Groups, func(g tagGroup) bool { return g.Initial == at })
		if i < 0 {
			i = len(page.Groups)
			page.Groups = append(page.Groups, tagGroup{Initial: at})
		}
		page.Groups[i].Tags = append(page.Groups[i].Tags, tag)
	}
	slices.SortStableFunc(page.Groups, func(a, b tagGroup) int {
		return cmp.Or(script(a.Initial, page.T.Lang)-script(b.Initial, page.T.Lang), strings.Compare(a.Initial, b.Initial))
	})
}

// others is the initial of tags that begin with no letter.
const others = "#"

// initial is the letter under which people look for a tag: of Hangul its consonant, ㄱ for ㄲ too; of others the capital.
func initial(tag string) string {
	r, _ := utf8.DecodeRuneInString(chars.TagKey(tag))
	if hangul.IsSyllable(r) {
		first, _, _ := hangul.Split(r)
		r = hangul.Compatibility(first)
	}
	if i := strings.IndexRune("ㄲㄸㅃㅆㅉ", r); i >= 0 {
		r = []rune("ㄱㄷㅂㅅㅈ")[i/utf8.RuneLen('ㄲ')]
	}
	if !unicode.IsLetter(r) {
		return others
	}
	return string(unicode.ToUpper(r))
}

// script orders initials: letters of the reader's own language first, those without a letter last.
func script(initial, lang string) int {
	r, _ := utf8.DecodeRuneInString(initial)
	switch {
	case initial == others:
		return 3
	case (lang == "ko") == unicode.Is(unicode.Hangul, r):
		return 0
	case r > unicode.MaxLatin1 && !unicode.Is(unicode.Hangul, r):
		return 2
	}
	return 1
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

// popular returns tags to begin with: those of several posts, or just the first ones where there are few of these.
func popular(tags []search.Facet) []cloudTag {
	const few = 6
	several := 0
	for several < len(tags) && tags[several].Count > 1 {
		several++
	}
	if several >= few {
		return cloud(tags, min(several, cloudStart))
	}
	return cloud(tags, 2*few)
}
