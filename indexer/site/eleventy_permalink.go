package site

import (
	"cmp"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"chaja/indexer/frontmatter"
	"chaja/internal/lazyregexp"
)

// Eleventy reads permalinks and Markdown as Liquid, or as Nunjucks if it is told to. What both write alike is followed.
var (
	liquidValue = lazyregexp.New(`\{\{-?\s*([\w.]+)\s*((?:\|[^{}|]*)*)-?\}\}`)
	liquidDate  = lazyregexp.New(`^date:\s*["']([^"']*)["']$`)
	dayInName   = lazyregexp.New(`\d{4}-\d{2}-\d{2}-(.*)`)
	slugSigns   = lazyregexp.New(`[^a-z0-9]+`)
	// inputFolder is a call by which the configuration names the folder of the pages.
	inputFolder = lazyregexp.New(`\bsetInputDirectory\(\s*["']([^"'\n]+)["']`)
	// noTemplates switches templates off in Markdown; nunjucks switches them to Nunjucks.
	noTemplates = lazyregexp.New(`\bmarkdownTemplateEngine\b["']?\s*:\s*false\b`)
	nunjucks    = lazyregexp.New(`\bmarkdownTemplateEngine\b["']?\s*:\s*["']njk["']`)
)

// eleventyAddress is where the permalink of a page leads, its own or that of a file of data; empty if it has none. It is not known
// if it is made in a way that cannot be followed; the problem says so of a template.
func eleventyAddress(e entry) (address string, known bool, problem string) {
	if e.values["permalink"] == (computed{}) {
		return "", false, ""
	}
	own := strings.TrimSpace(e.values.text("permalink"))
	if own == "" || elsewhere(own) || truth(e.values["permalink"], true, true) == truth(e.values["permalink"], true, false) {
		return "", true, ""
	}
	unknown := false
	address = liquidValue().ReplaceAllStringFunc(own, func(part string) string {
		m := liquidValue().FindStringSubmatch(part)
		value, known := eleventyValue(e, m[1], m[2])
		unknown = unknown || !known
		return value
	})
	if unknown || strings.Contains(address, "{{") || strings.Contains(address, "{%") {
		return "", false, fmt.Sprintf("permalink %s is computed when the site is built; hits in this page lead to the home page. State its URL with urls: in chaja.yaml", own)
	}
	return strings.TrimSuffix(address, "index.html"), true, ""
}

// eleventyValue is what a variable with its filters gives in a permalink.
func eleventyValue(e entry, name, filters string) (value string, known bool) {
	switch name {
	case "page.fileSlug":
		value = undated(path.Base(e.inside))
		if value == "index" {
			value = strings.TrimPrefix(undated(path.Base("/"+e.folder())), "/")
		}
		known = true
	case "page.filePathStem":
		value, known = path.Join("/", e.folder(), undated(e.stem())), true
	case "page.date", "date":
		return datedBy(e.date, strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(filters), "|")))
	default:
		value = e.values.text(strings.ToLower(name))
		known = value != ""
	}
	for filter := range strings.SplitSeq(strings.TrimPrefix(strings.TrimSpace(filters), "|"), "|") {
		switch filter = strings.TrimSpace(filter); filter {
		case "", "strip", "safe":
		case "downcase", "lower":
			value = strings.ToLower(value)
		case "slugify":
			value, known = plainSlug(value, known)
		default:
			return "", false
		}
	}
	return value, known
}

// undated is a name without the day before it.
func undated(name string) string {
	if m := dayInName().FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}

// datedBy gives a date the form that a filter of Liquid states, of years, months and days.
func datedBy(date time.Time, filter string) (string, bool) {
	m := liquidDate().FindStringSubmatch(filter)
	if m == nil || date.IsZero() {
		return "", false
	}
	text := strings.NewReplacer("%Y", date.Format("2006"), "%m", date.Format("01"), "%d", date.Format("02")).Replace(m[1])
	return text, !strings.Contains(text, "%")
}

// plainSlug is the filter slugify (@sindresorhus/slugify) where it writes no letter in another way: Hangul vanishes.
func plainSlug(s string, known bool) (string, bool) {
	for _, r := range s {
		known = known && (r < unicode.MaxASCII && r != '&' || unicode.Is(unicode.Hangul, r))
	}
	return strings.Trim(slugSigns().ReplaceAllString(strings.ToLower(strings.ReplaceAll(s, "'", "")), "-"), "-"), known
}

// eleventyTemplates returns how a configuration lets templates in Markdown be read; nil if it switches them off.
func eleventyTemplates(config string) func(source string) string {
	if noTemplates().MatchString(config) {
		return nil
	}
	comments := nunjucks().MatchString(config)
	return func(source string) string {
		if comments {
			source = jinjaComment().ReplaceAllStringFunc(source, lineEnds)
		}
		return expand(source, liquidTag)
	}
}

// liquidTag reads a tag of Liquid or Nunjucks.
func liquidTag(t tag) (string, kind) {
	switch t.name {
	case "verbatim":
		return "", verbatim
	case "comment", "capture":
		return "", dropped
	case "highlight":
		return "", code
	}
	return macroTag(t)
}

// fillEleventy replaces fields of the front matter that stand in a page, as in {{ title }}.
func fillEleventy(body string, m frontmatter.Matter) string {
	if !strings.Contains(body, "{{") {
		return body
	}
	v := valuesOf(m)
	return outsideVerbatim(body, func(text string) string {
		return liquidValue().ReplaceAllStringFunc(text, func(part string) string {
			name := liquidValue().FindStringSubmatch(part)
			text := oneLine(v.text(name[1]))
			if text = cmp.Or(text, part); name[2] != "" || len(text) > maxVariable {
				return part
			}
			return text
		})
	})
}
