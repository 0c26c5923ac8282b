package site

import (
	"cmp"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"chaja/indexer/frontmatter"
	"chaja/internal/lazyregexp"
)

// hugoPage is a page on its way to a URL.
type hugoPage struct {
	*hugo
	hugoFile
	values values // keys in lower case
	date   time.Time
	named  string // slug that the file's name gives when its date counts
}

// dates reads the dates of a page by the fields that the site names for each.
func (p *hugoPage) dates() map[string]time.Time {
	fields := map[string][]string{
		"date":        {"date", "publishdate", "pubdate", "published", "lastmod", "modified"},
		"publishdate": {"publishdate", "pubdate", "published", "date"},
		"expirydate":  {"expirydate", "unpublishdate"},
	}
	dates := map[string]time.Time{}
	for name, usual := range fields {
		wanted := usual
		if own := p.config.table("frontmatter").list(name); len(own) > 0 {
			wanted = nil
			for _, field := range own {
				if field = strings.ToLower(field); field == ":default" {
					wanted = append(wanted, usual...)
				} else {
					wanted = append(wanted, field)
				}
			}
		}
		for _, field := range wanted {
			written := p.values.text(field)
			if field == ":filename" {
				written = p.dateOfName()
			}
			if date, ok := frontmatter.ParseDateIn(written, p.zone); ok {
				dates[name] = date
				break
			}
		}
	}
	return dates
}

// dateOfName takes the date off the file's name, whose rest is then the slug.
func (p *hugoPage) dateOfName() string {
	m := datedName().FindStringSubmatch(p.base)
	if m == nil {
		return ""
	}
	p.named = m[4]
	return m[1] + "-" + m[2] + "-" + m[3]
}

// hidden says why a page is not published.
func (p *hugoPage) hidden(dates map[string]time.Time) string {
	build, _ := p.values["build"].(map[string]any)
	if old, ok := p.values["_build"].(map[string]any); ok {
		build = old
	}
	render, list := strings.ToLower(scalar(build["render"])), strings.ToLower(scalar(build["list"]))
	draft := truth(p.values["draft"], true, !truth(p.values["published"], true, true))
	expires, published := dates["expirydate"], dates["publishdate"]
	switch {
	case draft && !p.config.flag("builddrafts", false):
		return "a draft"
	case published.After(p.now) && !p.config.flag("buildfuture", false):
		return "its date is in the future"
	case !expires.IsZero() && expires.Before(p.now) && !p.config.flag("buildexpired", false):
		return "it has expired"
	case truth(p.values["headless"], true, false) && p.base == "index":
		return "headless"
	case render == "never", render == "false", render == "link":
		return "build.render: " + render
	case list == "never", list == "false":
		return "build.list: " + list
	case !p.languages[p.language]:
		return "its language is not published"
	}
	return ""
}

// url is where Hugo serves the page.
func (p *hugoPage) url() (location, problem string) {
	prefix := p.mount
	if p.language != p.main && len(p.languages) > 1 || p.config.flag("defaultcontentlanguageinsubdir", false) {
		prefix += "/" + p.language
	}
	own := p.values.text("url")
	if elsewhere(own) {
		problem, own = refused(own), ""
	}
	if own != "" {
		if strings.HasPrefix(own, "/") { // it is for the whole site, not for a language
			prefix = p.mount
		}
		return prefix + encoded(squeezed("/"+own)), problem
	}
	target := p.dashed(strings.Join(p.folders, "/"))
	if len(p.folders) > 0 {
		forms := p.permalinks
		if p.base == "_index" {
			forms = p.hugo.sections
		}
		if form := forms.text(strings.ToLower(p.folders[0]), ""); form != "" {
			return prefix + encoded(squeezed("/"+p.ended(p.sanitized(p.expanded(form))))), problem
		}
	}
	switch slug := p.slug(); {
	case p.base == "_index":
	case p.base == "index" && slug != "":
		target = path.Join(path.Dir(target), slug)
	case p.base != "index":
		target = path.Join(target, cmp.Or(slug, p.dashed(p.base)))
	}
	return prefix + encoded(squeezed("/"+p.ended(p.sanitized(target)))), problem
}

// ended gives a path the end that the site's pages have.
func (p *hugoPage) ended(target string) string {
	switch {
	case target == "", strings.HasSuffix(target, "/"), strings.HasSuffix(target, ".html"):
		return target
	case p.config.flag("uglyurls", false):
		return target + ".html"
	}
	return target + "/"
}

func (p *hugoPage) slug() string { return cmp.Or(p.values.text("slug"), p.named) }

// hugoToken is a placeholder, sections with what to take of them.
var hugoToken = lazyregexp.New(`:[a-z]+(?:\[[^\]]*\])?`)

// hugoDates are the placeholders that are a part of the date, with its layout.
var hugoDates = map[string]string{"month": "01", "monthname": "January", "day": "02", "weekdayname": "Monday"}

// expanded fills a template of permalinks.
func (p *hugoPage) expanded(template string) string {
	return hugoToken().ReplaceAllStringFunc(template, func(t string) string {
		name, slice, _ := strings.Cut(t[1:], "[")
		title := cmp.Or(p.values.text("title"), p.base)
		if p.newer {
			title = strings.ReplaceAll(title, "/", "-")
		}
		if name == "year" {
			return strconv.Itoa(p.date.Year()) // 1 without a date
		}
		if layout, ok := hugoDates[name]; ok {
			return p.date.Format(layout)
		}
		switch name {
		case "weekday":
			return strconv.Itoa(int(p.date.Weekday()))
		case "yearday":
			return strconv.Itoa(p.date.YearDay())
		case "section":
			return p.dashed(p.folders[0])
		case "sections":
			return p.dashed(strings.Join(sliced(p.sections(), slice), "/"))
		case "title":
			return p.urlized(title)
		case "slug":
			return p.urlized(cmp.Or(p.slug(), title))
		case "filename", "contentbasename":
			return p.urlized(p.basename())
		case "slugorfilename", "slugorcontentbasename":
			return p.urlized(cmp.Or(p.slug(), p.basename()))
		}
		return t
	})
}

// basename is the name of the page's file, of a bundle that of its folder.
func (p *hugoPage) basename() string {
	if p.base == "index" {
		return p.folders[len(p.folders)-1]
	}
	return p.base
}

// sections are the folders that have list pages: the first, and those below it with a file _index.
func (p *hugoPage) sections() []string {
	r := p.roots[len(p.roots)-1]
	for _, other := range p.roots {
		if other.language == p.language {
			r = other
		}
	}
	n := 1
	for n < len(p.folders) {
		dir := r.dir + strings.Join(p.folders[:n+1], "/")
		if !p.indexes.has(dir, "_index."+p.language+".") && (p.language != r.language || !p.indexes.has(dir, "_index.")) {
			break
		}
		n++
	}
	return p.folders[:n]
}

// sliced takes the part of a list that is written like Go's: "1:]", ":2]", "0]", "last]"; all of it for nothing.
func sliced(list []string, part string) []string {
	part = strings.TrimSuffix(part, "]")
	low, high, isRange := strings.Cut(part, ":")
	at := func(s string, otherwise int) int {
		if s == "last" {
			return len(list) - 1
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			return otherwise
		}
		return n
	}
	if part == "" {
		return list
	}
	from := max(at(low, 0), 0)
	to := min(from+1, len(list))
	if isRange {
		to = min(at(high, len(list)), len(list))
	}
	if from >= to {
		return nil
	}
	return list[from:to]
}

// urlized is what Hugo makes of a value in a template: a plus sign is a blank there.
func (p *hugoPage) urlized(s string) string {
	return strings.ReplaceAll(p.sanitized(s), "+", " ")
}

// dashed makes hyphens of the blanks in names of files, one for each, as a newer Hugo does.
func (p *hugoPage) dashed(name string) string {
	return strings.Map(func(r rune) rune {
		if p.newer && unicode.IsSpace(r) {
			return '-'
		}
		return r
	}, name)
}

// sanitized keeps what may stand in a path: letters, digits, marks and a few signs. Blanks become hyphens.
func (p *hugoPage) sanitized(s string) string {
	if p.config.flag("removepathaccents", false) {
		s = withoutAccents(s)
	}
	source := []rune(s)
	var b strings.Builder
	pending, hyphen := false, false
	for i, r := range source {
		hex := r == '%' && i+2 < len(source) && source[i+1] < 128 && source[i+2] < 128 &&
			isHex(byte(source[i+1])) && isHex(byte(source[i+2]))
		switch {
		case strings.ContainsRune(`./\_#+~-@`, r), unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), hex:
			hyphen = r == '-'
			if pending && !hyphen {
				b.WriteByte('-')
			}
			pending = false
			b.WriteRune(r)
		case b.Len() > 0 && !hyphen && unicode.IsSpace(r):
			pending = true
		}
	}
	if p.config.flag("disablepathtolower", false) {
		return b.String()
	}
	return strings.ToLower(b.String())
}
