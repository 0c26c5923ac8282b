package site

import (
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"chaja/indexer/frontmatter"
	"chaja/indexer/text"
)

// cascades remembers what each section hands down to the pages in it.
type cascades struct {
	site   fs.FS
	mu     sync.Mutex
	byFile map[string][]cascade // by the page of the section
	all    []cascade            // of the settings
}

// cascade is a set of fields for some pages.
type cascade struct {
	target, fields map[string]any
}

// maxIndex bounds what is read of the page of a section.
const maxIndex = 64 << 10

// cascadesOf reads one set or a list of them.
func cascadesOf(value any) []cascade {
	list, isList := value.([]any)
	if !isList {
		list = []any{value}
	}
	var sets []cascade
	for _, entry := range list {
		fields, ok := entry.(map[string]any)
		if !ok {
			continue
		}
		low := values(fields).lowered()
		target, _ := low["target"].(map[string]any)
		if old, is := low["_target"].(map[string]any); is {
			target = old
		}
		delete(low, "target")
		delete(low, "_target")
		sets = append(sets, cascade{values(target).lowered(), low})
	}
	return sets
}

// plainValue gives a value of the settings the form of one of front matter.
func plainValue(value any) any {
	switch v := value.(type) {
	case settings:
		fields := map[string]any{}
		for key, e := range v {
			fields[key] = plainValue(e)
		}
		return fields
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = plainValue(e)
		}
		return list
	}
	return bareOf(value)
}

// of returns what the page of a section hands down.
func (c *cascades) of(name string) []cascade {
	c.mu.Lock()
	defer c.mu.Unlock()
	if sets, known := c.byFile[name]; known {
		return sets
	}
	var sets []cascade
	if f, err := c.site.Open(name); err == nil {
		content, _ := io.ReadAll(io.LimitReader(f, maxIndex))
		_ = f.Close()
		m, _, _ := frontmatter.Read(strings.TrimLeft(text.Clean(string(content)), " \t\n"))
		sets = cascadesOf(values(m.Values).lowered()["cascade"])
	}
	c.byFile[name] = sets
	return sets
}

// handedDown are the fields that the sections of a page, and the settings, give it. The nearest section goes before. What a page that
// is no section hands down the newer Hugo gives to that page, own.
func (h *hugo) handedDown(r root, f hugoFile, own any) map[string]any {
	given := map[string]any{}
	take := func(sets []cascade) {
		for _, set := range sets {
			if !f.isTarget(set.target) {
				continue
			}
			for key, value := range set.fields {
				if _, has := given[key]; !has {
					given[key] = value
				}
			}
		}
	}
	if f.base != "_index" {
		take(cascadesOf(own))
	}
	for n := len(f.folders); n >= 0; n-- {
		dir := strings.TrimSuffix(r.dir, "/")
		if inside, ok := strings.CutPrefix(strings.Join(f.folders[:n], "/")+"/", r.under); ok && n > 0 {
			dir = path.Join(dir, inside)
		} else if n > 0 {
			continue
		}
		for _, name := range h.indexes.named(dir) {
			if strings.HasPrefix(name, "_index."+f.language+".") || strings.HasPrefix(name, "_index.") && strings.Count(name, ".") == 1 && f.language == r.language {
				take(h.cascades.of(path.Join(dir, name)))
			}
		}
	}
	take(h.cascades.all)
	return given
}

// isTarget reports whether a page is one of those that a cascade is for.
func (f hugoFile) isTarget(target map[string]any) bool {
	kind := "page"
	switch {
	case f.base == "_index" && len(f.folders) == 0:
		kind = "home"
	case f.base == "_index":
		kind = "section"
	}
	name := strings.ToLower("/" + strings.Join(f.folders, "/"))
	if f.base != "_index" && f.base != "index" {
		name = strings.TrimSuffix(name, "/") + "/" + strings.ToLower(f.base)
	}
	for key, own := range map[string]string{"path": name, "kind": kind, "lang": f.language, "environment": "production"} {
		if wanted := strings.ToLower(scalar(target[key])); wanted != "" && !globOf(wanted).MatchString(own) {
			return false
		}
	}
	return true
}
