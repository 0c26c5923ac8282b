package site

import (
	"path"
	"strings"
)

// babelDate makes of a form of Babel, in which Material for MkDocs has dates in addresses, one of Go.
var babelDate = strings.NewReplacer("yyyy", "2006", "yy", "06", "y", "2006", "MM", "01", "M", "1", "dd", "02", "d", "2")

// mkdocsLanguages are the languages of the plugin i18n (mkdocs-static-i18n), none without it.
type mkdocsLanguages struct {
	main    string
	others  map[string]bool
	folders bool // by folders, not by the ends of names
}

func mkdocsLanguagesOf(own settings) mkdocsLanguages {
	l := mkdocsLanguages{main: own.text("default_language", ""), others: map[string]bool{}, folders: own.text("docs_structure", "suffix") == "folder"}
	switch list := own["languages"].(type) {
	case []any:
		for _, entry := range list {
			if one, _ := entry.(settings); one.flag("default", false) {
				l.main = one.text("locale", "")
			} else if name := one.text("locale", ""); name != "" && name != "null" {
				l.others[name] = true
			}
		}
	case settings: // before 1.0
		for name := range list {
			l.others[name] = name != l.main && name != "default"
		}
	}
	return l
}

// of returns the path of a page below that of its language, and the language, empty where none is stated.
func (l mkdocsLanguages) of(inside string) (below, language string) {
	if l.main == "" && len(l.others) == 0 {
		return inside, ""
	}
	if l.folders {
		first, rest, _ := strings.Cut(inside, "/")
		if first == l.main && rest != "" {
			return rest, l.main
		}
		if l.others[first] {
			return inside, first
		}
		return inside, ""
	}
	end := strings.TrimPrefix(path.Ext(inside), ".")
	switch name := strings.TrimSuffix(inside, "."+end); {
	case end != "" && end == l.main:
		return name, end
	case l.others[end]:
		return path.Join(end, name), end
	}
	return inside, l.main
}
