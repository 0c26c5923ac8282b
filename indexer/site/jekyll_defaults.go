package site

import (
	"path"
	"regexp"
	"strings"

	"chaja/indexer/frontmatter"
)

// defaultSet is one entry of a Jekyll site's defaults: values for the files in a scope.
type defaultSet struct {
	path   string         // as written; the longer one wins
	scope  string         // beginning of the paths below the folder of collections
	paths  *regexp.Regexp // these instead, of a scope that is a glob
	kind   string         // collection, empty for any
	typed  bool
	values settings
}

func defaultsOf(config settings, container string) []defaultSet {
	list, _ := config["defaults"].([]any)
	var sets []defaultSet
	for _, entry := range list {
		s, _ := entry.(settings)
		scope := s.table("scope")
		set := defaultSet{path: strings.TrimPrefix(scope.text("path", ""), "/"), values: s.table("values")}
		set.scope = strings.TrimPrefix(set.path, container)
		if strings.Contains(set.scope, "*") {
			set.paths = globOf(strings.TrimSuffix(set.scope, "/"))
		}
		_, set.typed = scope["type"]
		switch set.kind = scope.text("type", ""); set.kind {
		case "post", "page", "draft": // as Jekyll 2 had it
			set.kind += "s"
		}
		sets = append(sets, set)
	}
	return sets
}

// defaultOf returns what the defaults say of a key: the longer path wins, then the entry with a type, then the later.
func (j *jekyll) defaultOf(name, kind, key string) any {
	var best *defaultSet
	for i := range j.defaults {
		set := &j.defaults[i]
		if _, has := set.values[key]; !has || !set.covers(name, kind) {
			continue
		}
		wins := best == nil || len(set.path) > len(best.path)
		if best != nil && len(set.path) == len(best.path) {
			wins = set.typed || !best.typed
		}
		if wins {
			best = set
		}
	}
	if best == nil {
		return nil
	}
	return bareOf(best.values[key])
}

// given are all fields that the defaults set for a document.
func (j *jekyll) given(name, kind string) map[string]any {
	given := map[string]any{}
	for i := range j.defaults {
		for key := range j.defaults[i].values {
			if _, has := given[key]; !has {
				given[key] = j.defaultOf(name, kind, key)
			}
		}
	}
	return given
}

func (set *defaultSet) covers(name, kind string) bool {
	if set.typed && set.kind != kind {
		return false
	}
	if set.paths == nil {
		return strings.HasPrefix(name, set.scope)
	}
	for ; name != "." && name != "/"; name = path.Dir(name) {
		if set.paths.MatchString(name) {
			return true
		}
	}
	return false
}

// bareOf gives a value of the configuration the form of one of front matter.
func bareOf(value any) any {
	switch v := value.(type) {
	case string:
		return frontmatter.Bare(v)
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = bareOf(e)
		}
		return list
	}
	return nil
}
