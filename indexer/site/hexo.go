package site

import (
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// hexo follows Hexo 7: posts in source/_posts, and pages, which are all other Markdown in source.
type hexo struct {
	config  settings
	zone    *time.Location
	source  string // folder of the sources, with a slash at its end
	root    string // path that the site is mounted at, without a slash at its end
	names   *regexp.Regexp
	skipped []pattern       // of files that Hexo copies as they are, below the folder of the sources
	ignored []pattern       // of files and folders that it does not read, from the root of the disk
	exclude []pattern       // of pages that it leaves alone, below the folder of the sources
	include []pattern       // of pages that it takes though their names are those of what it leaves alone
	locked  map[string]bool // tags whose posts are shown to those who have a password
	anchors markdown.IDs
	noNotes bool // it knows no footnotes
	now     time.Time
}

func hexoGenerator() generator {
	return generator{name: "hexo", title: "Hexo", marks: isHexo, open: openHexo, files: []string{"_config.yml", "_config.yaml", "_config.json"}}
}

func isHexo(site fs.FS, s settings, configured bool) bool {
	for _, key := range []string{"source_dir", "public_dir", "new_post_name", "skip_render", "permalink_defaults"} {
		if _, has := s[key]; has {
			return true
		}
	}
	return exists(site, "source/_posts") || configured && dependencies(site).text("hexo", "") != ""
}

func openHexo(site fs.FS, s settings, _ Options) rules {
	h := &hexo{
		config:  s,
		zone:    zoneOf(s.text("timezone", ""), time.Local),
		source:  strings.Trim(s.text("source_dir", "source"), "/") + "/",
		root:    basePath(cmp.Or(s.text("root", ""), s.text("url", ""))),
		anchors: hexoIDs(site, s),
		noNotes: !plugged(site, "footnote", []string{"_config.yml"}) && !plugged(site, "hexo-reference", nil),
		skipped: patternsOf(s.list("skip_render"), globOf),
		ignored: patternsOf(s.list("ignore"), globOf),
		exclude: patternsOf(s.list("exclude"), globOf),
		include: patternsOf(s.list("include"), globOf),
		locked:  lockedTags(s),
		now:     time.Now(),
	}
	h.names = namePattern(stem(s.text("new_post_name", ":title.md")))
	return h
}

// field is a placeholder of Hexo.
var field = lazyregexp.New(`:(\w*[^_\W])`)

// namePattern makes an expression of the form that a site gives the file names of its posts.
func namePattern(form string) *regexp.Regexp {
	parts := map[string]string{"year": `\d{4}`, "month": `\d{2}`, "day": `\d{2}`, "i_month": `\d{1,2}`, "i_day": `\d{1,2}`,
		"hash": `[0-9a-f]{12}`}
	// No sign of a placeholder has a meaning in an expression, so none is quoted.
	expression := field().ReplaceAllStringFunc(regexp.QuoteMeta(form), func(f string) string {
		return "(?P<" + f[1:] + ">" + cmp.Or(parts[f[1:]], ".+?") + ")"
	})
	pattern, err := regexp.Compile("^" + expression + "$")
	if err != nil { // a name twice, or beginning with a digit
		return regexp.MustCompile("^(?P<title>.+)$")
	}
	return pattern
}

func (h *hexo) permalink() string { return h.config.text("permalink", ":year/:month/:day/:title/") }

func (h *hexo) page(name string, _ []byte, m frontmatter.Matter) Page {
	inside := strings.TrimPrefix(name, h.source)
	v := values(m.Values)
	p := hexoPage{hexo: h, values: v, slug: stem(h.content(inside))}
	p.parse()
	p.date = p.dateOf()
	page := Page{
		Date:       p.stated(),
		Tags:       unique(v.either("tags", "tag")),
		Categories: unique(v.either("categories", "category")),
	}
	if tag := slices.IndexFunc(page.Tags, func(tag string) bool { return h.locked[tag] }); tag >= 0 {
		page.given = map[string]any{"password": "of the tag " + page.Tags[tag]}
	}
	for _, s := range h.skipped {
		if s.MatchString(inside) {
			page.Hidden = "skip_render: " + s.text
		}
	}
	if h.content(inside) == inside {
		page.Tags, page.Categories = nil, nil // only posts have them to Hexo
		page.URL, page.Problem = p.pageURL(stem(inside))
		return page
	}
	switch {
	case m.Broken:
		page.Hidden, page.Unreadable = "Hexo cannot read its front matter", true
	case slices.Contains([]string{"false", "0"}, strings.ToLower(v.text("published"))):
		page.Hidden = "published: false"
	case p.date.After(h.now) && !h.config.flag("future", true):
		page.Hidden = "its date is in the future"
	}
	page.URL, page.Problem = p.url()
	if page.Problem == "" && p.date.IsZero() && page.URL != p.on(h.now.AddDate(-1, -1, -1)) {
		page.Problem = "no date: its URL has that of the file, which differs from machine to machine"
	}
	return page
}

// hexoPage is a post or page on its way to a URL.
type hexoPage struct {
	*hexo
	values values
	slug   string // path without extension, or what the file name's form takes from it
	named  map[string]string
	date   time.Time
}

// parse reads the file name by the form that the site gives its names.
func (p *hexoPage) parse() {
	p.named = map[string]string{}
	if m := p.names.FindStringSubmatch(p.slug); m != nil {
		for i, name := range p.names.SubexpNames()[1:] {
			p.named[name] = m[i+1]
		}
	}
	if title, ok := p.named["title"]; ok {
		p.slug = title
	} else {
		p.slug = hexoSlug(p.slug)
	}
}

// dateOf reads the date that paths are made of, as Hexo does. It takes what the clock of the machine shows at that date,
// whatever zone is stated, for a time in the zone of the site.
func (p *hexoPage) dateOf() time.Time {
	written := p.values["date"]
	text := strings.TrimSpace(scalar(written))
	zone := time.Local
	_, bare := written.(frontmatter.Bare)
	if stamp := bare && timestamp().MatchString(text); stamp || len(text) == len("2006-01-02") && strings.Count(text, "-") == 2 {
		zone = time.UTC
	}
	date, ok := frontmatter.ParseDateIn(text, zone)
	if !ok {
		n := p.named
		day := cmp.Or(n["year"], "-") + "-" + cmp.Or(n["month"], n["i_month"]) + "-" + cmp.Or(n["day"], n["i_day"])
		if date, ok = frontmatter.ParseDateIn(day, zone); !ok {
			return time.Time{}
		}
	}
	date = date.In(zone)
	return time.Date(date.Year(), date.Month(), date.Day(), date.Hour(), date.Minute(), date.Second(), 0, p.zone)
}

// on is where the post is served if it is of this date.
func (p hexoPage) on(date time.Time) string {
	p.date = date
	location, _ := p.url()
	return location
}

// stated is the date that the author meant.
func (p *hexoPage) stated() time.Time {
	if date, ok := frontmatter.ParseDateIn(strings.TrimSpace(p.values.text("date")), p.zone); ok {
		return date.In(p.zone)
	}
	return p.date
}

// pageURL is where a page is served: its path, or its permalink.
func (p *hexoPage) pageURL(name string) (location, problem string) {
	own := p.values.text("permalink")
	switch {
	case elsewhere(own):
		problem = refused(own)
	case strings.HasSuffix(own, "/"), path.Ext(own) != "":
		return p.at(own), ""
	case own != "":
		return p.at(own + ".html"), ""
	}
	if name == "index" || strings.HasSuffix(name, "/index") {
		return p.at(strings.TrimSuffix(name, "index")), problem
	}
	return p.at(name + ".html"), problem
}

// url is where a post is served.
func (p *hexoPage) url() (location, problem string) {
	form := p.permalink()
	own := p.values.text("permalink")
	if elsewhere(own) {
		problem, own = refused(own), ""
	}
	if own == "" {
		fields := p.placeholders()
		own = field().ReplaceAllStringFunc(form, func(f string) string {
			if value, ok := fields[f[1:]]; ok {
				return value
			}
			return "undefined" // so does Hexo
		})
	}
	if p.config.flag("post_asset_folder", false) && !strings.HasSuffix(own, "/") && !strings.HasSuffix(own, ".html") {
		own += "/"
	}
	return p.at(own), problem
}

// at is the URL of a path below the root. What follows a question mark Hexo cuts off.
func (p *hexoPage) at(name string) string {
	name, _, _ = strings.Cut(strings.ReplaceAll(name, `\`, "/"), "?")
	return p.root + encoded(name)
}

func (p *hexoPage) placeholders() map[string]string {
	date := p.date.Local() // whatever the zone of the site, the paths are made in that of the machine
	if p.date.IsZero() {
		date = p.now.Local()
	}
	sum := sha1.Sum([]byte(p.slug + strconv.FormatInt(date.Unix(), 10)))
	fields := map[string]string{
		"title": p.slug, "name": path.Base(p.slug), "hash": hex.EncodeToString(sum[:])[:12],
		"post_title": strings.ToLower(hexoSlug(p.values.text("title"))),
		"year":       date.Format("2006"), "month": date.Format("01"), "day": date.Format("02"), "hour": date.Format("15"),
		"minute": date.Format("04"), "second": date.Format("05"), "i_month": date.Format("1"), "i_day": date.Format("2"),
		"category": p.category(),
	}
	add := func(name, value string) {
		if _, has := fields[name]; !has {
			fields[name] = value
		}
	}
	for name, value := range p.named {
		add(name, value)
	}
	for name := range p.values {
		add(name, p.values.text(name))
	}
	defaults := p.config.table("permalink_defaults")
	for name := range defaults {
		add(name, defaults.text(name, ""))
	}
	return fields
}

// category is the path of the last category: a plain list goes from the whole to its parts.
func (p *hexoPage) category() string {
	list, _ := p.values["categories"].([]any)
	names := p.values.either("categories", "category")
	if len(list) > 0 {
		if inner, ok := list[len(list)-1].([]any); ok {
			names = flattened(inner)
		}
	}
	if len(names) == 0 {
		return p.config.text("default_category", "uncategorized")
	}
	byName := p.config.table("category_map")
	for i, name := range names {
		names[i] = hexoSlug(byName.text(name, name))
		switch p.config.text("filename_case", "0") {
		case "1":
			names[i] = strings.ToLower(names[i])
		case "2":
			names[i] = strings.ToUpper(names[i])
		}
	}
	return strings.Join(names, "/")
}
