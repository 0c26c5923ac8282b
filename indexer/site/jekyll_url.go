package site

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"chaja/internal/lazyregexp"
)

// document is a post, a document of a collection or a page on its way to a URL.
type document struct {
	*jekyll
	values values
	kind   string // label of its collection, or "pages"
	name   string // path below the folder of collections
	date   time.Time
}

// value is what the front matter says, or the site's defaults.
func (d document) value(key string) any {
	if v := d.values[key]; v != nil { // a key without a value leaves the default
		return v
	}
	return d.jekyll.defaultOf(d.name, d.kind, key)
}

func (d document) text(key string) string { return scalar(d.value(key)) }

// plural reads a field that has a singular and a plural. The singular wins and is one value. A plural that is a string is
// split at blanks.
func (d document) plural(singular, plural string) []string {
	both := values{singular: d.value(singular), plural: d.value(plural)}
	if list := both.list(singular, whole); len(list) > 0 {
		return list
	}
	return both.list(plural, strings.Fields)
}

// categories are those of the folders above _posts, of the defaults and of the front matter.
func (d document) categories() []string {
	var list []string
	if d.kind == "posts" && !strings.HasPrefix(d.name, "_posts") && !strings.HasPrefix(d.name, "_drafts") {
		above, _, _ := strings.Cut(d.name, "_posts")
		list = strings.FieldsFunc(above, func(r rune) bool { return r == '/' })
	}
	defaults := values{"categories": d.jekyll.defaultOf(d.name, d.kind, "categories")}
	list = append(list, defaults.list("categories", strings.Fields)...)
	list = append(list, d.values.list("categories", strings.Fields)...)
	return unrepeated(append(list, d.plural("category", "categories")...))
}

func unrepeated(list []string) []string {
	var kept []string
	for _, s := range list {
		if !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

// token is a placeholder. An underscore at its end may belong to it or to the text.
var token = lazyregexp.New(`:[a-z_]+`)

// url is where Jekyll serves the document. A placeholder that Jekyll does not know, at which it gives up, stays.
func (d document) url() (location, problem string) {
	template := d.jekyll.collections[d.kind].permalink
	if d.kind == "pages" {
		template = d.pageTemplate()
	}
	if own := d.text("permalink"); own != "" {
		if elsewhere(own) {
			problem = refused(own)
		} else {
			template = own
		}
	}
	fields := d.placeholders()
	filled := token().ReplaceAllStringFunc(template, func(t string) string {
		name := t[1:]
		for _, name := range []string{name, strings.TrimSuffix(name, "_")} {
			if value, ok := fields[name]; ok {
				return encoded(value())[1:] + t[1+len(name):]
			}
		}
		if d.kind != "pages" {
			problem = fmt.Sprintf("permalink %s: Jekyll knows no %s", template, t)
		}
		return t
	})
	filled = strings.ReplaceAll(strings.ReplaceAll("/"+filled, "..", "/"), "./", "")
	return d.mount + encodedOnce(squeezed(filled)), problem
}

// pageTemplate is the template of a page: like the posts', but without a date.
func (d document) pageTemplate() string {
	if stem(path.Base(d.name)) == "index" {
		return "/:path/"
	}
	return d.jekyll.suffixed("/:path/:basename")
}

// placeholders are what may stand in a permalink.
func (d document) placeholders() map[string]func() string {
	basename := stem(path.Base(d.name))
	always := func(s string) func() string { return func() string { return s } }
	if d.kind == "pages" {
		return map[string]func() string{
			"path":       always(path.Dir("/" + d.name)),
			"basename":   always(strings.TrimRight(basename, ".")),
			"output_ext": always(".html"),
		}
	}
	f := map[string]func() string{
		"collection":           always(d.kind),
		"output_ext":           always(".html"),
		"path":                 func() string { return strings.Replace(strings.TrimRight(stem(d.name), "."), "_"+d.kind, "", 1) },
		"name":                 func() string { return slugified(basename) },
		"title":                func() string { return pretty(d.slug()) },
		"slug":                 func() string { return slugified(d.slug()) },
		"categories":           func() string { return joined(d.categories(), lower) },
		"slugified_categories": func() string { return joined(d.categories(), slugified) },
	}
	for name, layout := range map[string]string{
		"year": "2006", "month": "01", "day": "02", "hour": "15", "minute": "04", "second": "05", "i_day": "2",
		"i_month": "1", "short_month": "Jan", "long_month": "January", "short_year": "06", "short_day": "Mon",
		"long_day": "Monday", "y_day": "002",
	} {
		f[name] = func() string { return d.shown().Format(layout) }
	}
	f["week"] = func() string { _, week := d.shown().ISOWeek(); return fmt.Sprintf("%02d", week) }
	f["w_year"] = func() string { year, _ := d.shown().ISOWeek(); return strconv.Itoa(year) }
	f["w_day"] = func() string { return strconv.Itoa((int(d.shown().Weekday())+6)%7 + 1) }
	return f
}

// shown is the date in a URL: that of the build when the document has none.
func (d document) shown() time.Time {
	if d.date.IsZero() {
		return d.jekyll.now.In(d.jekyll.zone)
	}
	return d.date
}

// slug is stated or the file's name without its date.
func (d document) slug() string {
	if s := d.text("slug"); s != "" {
		return s
	}
	name := stem(d.name)
	if m := dated().FindStringSubmatch(name); m != nil {
		return strings.TrimRight(m[2], ".")
	}
	return strings.TrimRight(path.Base(name), ".")
}

func joined(list []string, by func(string) string) string {
	var parts []string
	for _, s := range list {
		parts = append(parts, by(s))
	}
	return strings.Join(unrepeated(parts), "/")
}

func lower(s string) string { return cases.Lower(language.Und).String(s) }

var (
	notPretty = lazyregexp.New(`[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+`)
	notSlug   = lazyregexp.New(`[^\p{M}\p{L}\p{Nd}]+`)
)

// pretty makes hyphens of what has no place in a URL.
func pretty(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(notPretty().ReplaceAllString(s, "-"), "-"), "-")
}

// slugified keeps letters and digits only.
func slugified(s string) string {
	return lower(strings.TrimSuffix(strings.TrimPrefix(notSlug().ReplaceAllString(s, "-"), "-"), "-"))
}
