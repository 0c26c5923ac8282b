package site

import (
	"maps"
	"slices"
	"strings"

	"chaja/indexer/frontmatter"
)

// hiding is a field of front matter by which an author keeps a page from those who search. What the field means to each
// generator and theme is in docs/generators.md, "What hides a page".
type hiding struct {
	field string               // as folded makes it; a dot leads into a table
	hides func(value any) bool // whether the page is kept from a search with this value
}

// hidings lists these fields. All of them count for all generators: one that a generator does not know was written for its
// theme, or for a generator that the site had before.
func hidings() []hiding {
	var list []hiding
	for fields, hides := range map[string]func(any) bool{
		// The page is not for everybody, or stands in no list.
		"private hidden hide unlisted secret eleventyexcludefromcollections isprivate ishidden isdraft unpublished": isYes,
		"ispublished listed":             isNo,
		"build.list build.render":        isNever,
		"visibility access status state": isPrivate,
		// It is left out of the search of the site.
		"search searchable searchindex insearchindex indexing pagefind searchenabled searchdb search.enabled search.index search.include": isNo,
		"searchexclude excludesearch excludefromsearch hiddenfromsearch hidefromsearch hideinsearch":                                      isYes,
		"searchhidden disablesearch nosearch booksearchexclude search.exclude search.hide search.hidden":                                  isYes,
		// It is left out of the search of the world.
		"noindex robotsnoindex robots.noindex seo.noindex sitemap.disable sitemap.exclude sitemap.ignore sitemapexclude sitemapignore": isYes,
		"sitemap robots.index seo.index indexable":              isNo,
		"robots metarobots seo.robots seo.metarobots head meta": isNoIndex,
	} {
		for field := range strings.FieldsSeq(fields) {
			list = append(list, hiding{field, hides})
		}
	}
	slices.SortFunc(list, func(a, b hiding) int { return strings.Compare(a.field, b.field) })
	return list
}

func isYes(value any) bool { return truth(bareScalar(value), true, false) }
func isNo(value any) bool  { return !truth(bareScalar(value), true, true) }

// bareScalar returns the scalar of a value, nil for a list or a table.
func bareScalar(value any) any {
	if s := strings.TrimSpace(scalar(value)); s != "" {
		return s
	}
	return nil
}

func isNever(value any) bool { return strings.EqualFold(scalar(value), "never") || isNo(value) }

func isPrivate(value any) bool {
	return slices.Contains([]string{"private", "hidden", "unlisted", "secret", "password", "draft", "trash", "archived"}, strings.ToLower(strings.TrimSpace(scalar(value))))
}

// isNoIndex reports whether a value tells robots not to index: as text, as a list of words, or as the tags of a head, however
// deep these lie.
func isNoIndex(value any) bool {
	switch v := value.(type) {
	case []any:
		return slices.ContainsFunc(v, isNoIndex)
	case map[string]any:
		if inner, has := v["attrs"]; has {
			return isNoIndex(inner)
		}
		name := strings.ToLower(scalar(v["name"]))
		return (name == "robots" || name == "googlebot") && isNoIndex(v["content"])
	}
	words := strings.FieldsFunc(strings.ToLower(scalar(value)), func(r rune) bool { return r == ',' || r == ' ' })
	return slices.Contains(words, "noindex") || len(words) == 1 && words[0] == "none"
}

// stated are the fields of a page by their folded names.
type stated map[string]statement

// statement is a field as it was written.
type statement struct {
	key   string
	value any
}

// maxStated bounds the fields that are looked at.
const maxStated = 1 << 12

// add takes fields in. Those that are there already give way. Tables of parameters count as if their fields stood outside.
func (s stated) add(fields map[string]any, above string, depth int) {
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		value, name := fields[key], above+key
		table, isTable := value.(map[string]any)
		switch {
		case value == nil || len(s) > maxStated:
		case isTable && depth == 0 && (name == "params" || name == "extra" || name == "frontmatter"):
			s.add(table, "", depth+1)
		case isTable && depth < 2:
			s.add(table, name+".", depth+1)
			s[folded(name)] = statement{name, value}
		default:
			s[folded(name)] = statement{name, value}
		}
	}
}

// folded is a name without case, hyphens and underscores.
func folded(name string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name))
}

// keepBack hides a page that its front matter, or what its site sets for it, keeps from those who search. Of one that wants a
// password it keeps what the site shows without: the title, and the abstract.
func (page *Page) keepBack(m frontmatter.Matter) {
	if page.Hidden != "" {
		return
	}
	s := stated{}
	s.add(page.given, "", 0)
	s.add(m.Values, "", 0)
	for _, h := range hidings() {
		if f, has := s[h.field]; has && h.hides(f.value) {
			if page.Hidden = f.key + ": " + scalar(f.value); scalar(f.value) == "" {
				page.Hidden = f.key + ": noindex"
			}
			return
		}
	}
	locked := scalar(s["password"].value) != "" || isYes(s["encrypt"].value) || isYes(s["encrypted"].value) || isYes(s["protected"].value)
	if list, is := s["password"].value.([]any); is {
		locked = locked || len(list) > 0
	}
	if !locked {
		return
	}
	page.Protected, page.Title = "password", m.Title // one from the text would tell of it
	for _, key := range []string{"abstract", "encryptionsummary"} {
		if page.Abstract == "" {
			page.Abstract = strings.TrimSpace(scalar(s[key].value))
		}
	}
}
