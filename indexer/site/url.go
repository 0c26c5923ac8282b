package site

import (
	"path"
	"slices"
	"strings"

	"chaja/internal/lazyregexp"
)

// datedName is the file name of a dated post, which most generators share: 2019-08-29-if_kakao.md.
var datedName = lazyregexp.New(`^(\d{4})-(\d{1,2})-(\d{1,2})-(.+)$`)

// URL returns where a post is served: at /year/month/name/ if its file name has a date, else at its path below the folder
// of contents, without the extension. It is percent-encoded once and ends with a slash.
func URL(id string) string {
	folders, stem := segments(id)
	if m := datedName().FindStringSubmatch(stem); m != nil {
		return encode(m[1], twoDigits(m[2]), m[4])
	}
	folders = contents(folders)
	if !isIndex(stem) {
		folders = append(folders, stem)
	}
	return encode(folders...)
}

// Name returns what the file name of a post says: its date as year-month-day, empty if it has none, and the name without
// date and extension. A file called index or README has the name of its folder.
func Name(id string) (date, name string) {
	folders, stem := segments(id)
	if isIndex(stem) && len(folders) > 0 {
		stem = folders[len(folders)-1]
	}
	if m := datedName().FindStringSubmatch(stem); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3], m[4]
	}
	return "", stem
}

// isIndex reports whether a file is the page of its folder. Generators of documents take README for one.
func isIndex(stem string) bool {
	return stem == "index" || stem == "_index" || strings.EqualFold(stem, "README")
}

func segments(id string) (folders []string, stem string) {
	folders = strings.Split(id, "/")
	last := len(folders) - 1
	return folders[:last], strings.TrimSuffix(folders[last], path.Ext(id))
}

// contents drops the folders that hold all contents of a site and are no part of its URLs.
func contents(folders []string) []string {
	drop := func(names ...string) bool {
		if len(folders) == 0 || !slices.Contains(names, folders[0]) {
			return false
		}
		folders = folders[1:]
		return true
	}
	inside := drop("content", "contents", "source")
	if inside {
		drop("_posts", "pages")
	} else if !drop("_posts") {
		drop("posts")
	}
	return slices.Clone(folders)
}

func encode(segments ...string) string { return encoded(strings.Join(append(segments, ""), "/")) }

// twoDigits writes a number of one or two digits.
func twoDigits(s string) string { return ("0" + s)[len(s)-1:] }
