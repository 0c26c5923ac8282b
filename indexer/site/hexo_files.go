package site

import (
	"path"
	"slices"
	"strings"
)

// lockedTags are the tags whose posts hexo-blog-encrypt encrypts.
func lockedTags(s settings) map[string]bool {
	locked := map[string]bool{}
	tags, _ := s.table("encrypt")["tags"].([]any)
	for _, entry := range tags {
		if tag, ok := entry.(settings); ok && tag.text("password", "") != "" {
			locked[tag.text("name", "")] = true
		}
	}
	return locked
}

func (h *hexo) holds(dir string) bool {
	inside, ok := strings.CutPrefix(dir+"/", h.source)
	if !ok {
		return strings.HasPrefix(h.source, dir+"/") || dir == "."
	}
	if matching(h.ignored, "/"+dir) != "" {
		return false
	}
	return inside == "_posts/" || inside == "_drafts/" && h.drafts() || len(h.include) > 0 && inside != "_drafts/" ||
		!leftAlone(strings.TrimSuffix(h.content(inside), "/"))
}

func (h *hexo) drafts() bool { return h.config.flag("render_drafts", false) }

// content takes the folder of posts off a path below source.
func (h *hexo) content(inside string) string {
	if rest, ok := strings.CutPrefix(inside, "_posts/"); ok {
		return rest
	}
	if rest, ok := strings.CutPrefix(inside, "_drafts/"); ok && h.drafts() {
		return rest
	}
	return inside
}

// leaves reports whether Hexo takes no notice of a file below source. Its lists are for pages and not for posts.
func (h *hexo) leaves(inside string) bool {
	is := func(p pattern) bool { return p.MatchString(inside) }
	content := h.content(inside)
	if content != inside {
		return leftAlone(content)
	}
	return slices.ContainsFunc(h.exclude, is) || leftAlone(content) && (temporary(content) || !slices.ContainsFunc(h.include, is))
}

// temporary reports whether a name is that of a copy that an editor makes.
func temporary(name string) bool { return strings.HasSuffix(name, "%") || strings.HasSuffix(name, "~") }

// leftAlone reports whether a name in a path is one that Hexo leaves alone.
func leftAlone(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, "_") || strings.HasPrefix(part, ".") {
			return true
		}
	}
	return temporary(name)
}

func (h *hexo) takes(name string) bool {
	inside, ok := strings.CutPrefix(name, h.source)
	if !ok || h.leaves(inside) || matching(h.ignored, "/"+name) != "" {
		return false
	}
	ext := path.Ext(inside)
	if h.config.flag("post_asset_folder", false) && h.content(inside) != inside && ext != path.Ext(h.config.text("new_post_name", ":title.md")) {
		return false
	}
	return slices.Contains([]string{".md", ".markdown", ".mkd", ".mkdn"}, ext)
}
