package site

import (
	"strings"
)

// homeTexts are the texts of the front matter that a home page shows above its own, in the order of the page: of the hero and the
// features in the themes of VitePress and VuePress, and in Starlight. One that says another thing than text is left out.
func homeTexts(v values) (texts []string) {
	add := func(table map[string]any, keys ...string) {
		for _, key := range keys {
			if text := strings.TrimSpace(scalar(table[key])); text != "" {
				texts = append(texts, text)
			}
		}
	}
	each := func(list any, keys ...string) {
		entries, _ := list.([]any)
		for _, entry := range entries {
			table, _ := entry.(map[string]any)
			add(table, keys...)
		}
	}
	hero := heroOf(v)
	add(hero, "name", "title", "text", "tagline")
	each(hero["actions"], "text")
	add(v, "herotext", "tagline")
	each(v["actions"], "text")
	add(v, "actiontext")
	each(v["features"], "title", "details", "linkText")
	return texts
}

// heroOf is the table of the hero of a home page, nil for none.
func heroOf(v values) map[string]any {
	hero, _ := v["hero"].(map[string]any)
	return hero
}

// home makes a page show the texts of its front matter, and calls it by its hero or by its site when neither its front matter
// nor a heading names it.
func (page *Page) home(e entry, siteTitle string) {
	page.Above = homeTexts(e.values)
	if e.matter.Title != "" || firstTitle(e.body) != "" {
		return
	}
	hero := heroOf(e.values)
	for _, title := range []string{scalar(hero["name"]), scalar(hero["title"]), scalar(hero["text"]), e.values.text("herotext"), siteTitle} {
		if page.Title == "" {
			page.Title = strings.TrimSpace(title)
		}
	}
}
