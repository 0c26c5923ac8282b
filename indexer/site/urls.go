package site

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"chaja/indexer/frontmatter"
	"chaja/internal/lazyregexp"
)

// FolderURL says where the pages of a folder are.
type FolderURL struct {
	Folder  string // relative to the site, or one file; "." is the site itself
	Pattern string // of placeholders, such as /projects/{slug}/
}

// folderURLs are those of a site, the more special ones first.
type folderURLs []FolderURL

var (
	placeholder = lazyregexp.New(`\{[^{}]*\}`)
	dateful     = lazyregexp.New(`\{(?:YYYY|MM|DD)\}`)
)

// placeholders are what may stand in a pattern of URLs.
func placeholders() []string {
	return []string{"{YYYY}", "{MM}", "{DD}", "{slug}", "{dir}", "{path}"}
}

// checkPattern returns an error unless a pattern has known placeholders only.
func checkPattern(pattern, option string) error {
	for _, name := range placeholder().FindAllString(pattern, -1) {
		if !slices.Contains(placeholders(), name) {
			return fmt.Errorf("%w: unknown %s in %s; choose of %s", ErrOptions, name, option, strings.Join(placeholders(), " "))
		}
	}
	return nil
}

// folderURLsOf cleans and orders what Options say.
func folderURLsOf(given []FolderURL) (folderURLs, error) {
	var list folderURLs
	for _, f := range given {
		f.Folder = path.Clean(strings.Trim(strings.TrimSuffix(f.Folder, "/**"), "/"))
		if f.Folder == ".." || strings.HasPrefix(f.Folder, "../") {
			return nil, fmt.Errorf("%w: %s in urls is no folder of the site", ErrOptions, f.Folder)
		}
		if !strings.HasPrefix(f.Pattern, "/") || elsewhere(f.Pattern) {
			return nil, fmt.Errorf("%w: URLs of %s in urls want a path such as /%s/{slug}/, not %q", ErrOptions, f.Folder, path.Base(f.Folder), f.Pattern)
		}
		if err := checkPattern(f.Pattern, "urls"); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	slices.SortStableFunc(list, func(a, b FolderURL) int { return depth(b.Folder) - depth(a.Folder) })
	return list, nil
}

func depth(folder string) int {
	if folder == "." {
		return 0
	}
	return 1 + strings.Count(folder, "/")
}

// String says it for a person, behind what the generator says.
func (l folderURLs) String() string {
	var b strings.Builder
	for _, f := range l {
		fmt.Fprintf(&b, ", %s at %s", f.Folder, f.Pattern)
	}
	return b.String()
}

// of returns the entry for a file, and whether there is one.
func (l folderURLs) of(name string) (FolderURL, bool) {
	id := idOf(name)
	for _, f := range l {
		if folder := idOf(f.Folder); folder == "." || id == folder || strings.HasPrefix(id, folder+"/") {
			return f, true
		}
	}
	return FolderURL{}, false
}

// url returns that of a file. {dir} and {path} begin below the folder.
func (f FolderURL) url(name string, m frontmatter.Matter, date time.Time) string {
	parts := strings.Split(name, "/")
	inside := strings.Join(parts[min(depth(f.Folder), len(parts)-1):], "/")
	folders, _ := segments(inside)
	return fill(f.Pattern, name, inside, folders, m, date)
}

// fill fills in a pattern for a file, which is inside that {path} begins with. A date in the name goes before that of the page.
func fill(pattern, name, inside string, dir []string, m frontmatter.Matter, date time.Time) string {
	stated, slug := Name(name)
	if d, ok := frontmatter.ParseDate(stated); ok {
		date = d
	}
	place := stem(inside)
	if folders, base := segments(inside); isIndex(base) {
		place = path.Join(folders...)
	}
	if own := strings.Trim(m.Slug, "/"); own != "" && !elsewhere(own) {
		slug = own
	}
	filled := strings.NewReplacer("{YYYY}", date.Format("2006"), "{MM}", date.Format("01"), "{DD}", date.Format("02"),
		"{slug}", slug, "{dir}", path.Join(dir...), "{path}", place,
	).Replace(pattern)
	return encoded(squeezed("/" + filled))
}

// onAnotherSite returns the address of a page that is published elsewhere, as its front matter has it, or "".
func onAnotherSite(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	return u.String()
}
