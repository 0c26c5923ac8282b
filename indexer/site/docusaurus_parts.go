package site

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// docusaurusInstance is one plugin of documents, of a blog or of pages, with its settings.
type docusaurusInstance struct {
	kind  string // docs, blog, pages
	id    string // empty for the one of the preset
	route string
	own   settings
}

// docusaurusInstances returns those of the preset that are not switched off, and those that are added.
func docusaurusInstances(s settings) (all []docusaurusInstance) {
	preset := s
	if s["presets"] != nil { // the theme has a table "docs" too
		preset = settings{"": s["presets"]}
	}
	for _, kind := range []string{"docs", "blog", "pages"} {
		if own := preset.under(kind); preset.find(kind) != "false" {
			all = append(all, docusaurusInstance{kind: kind, route: docusaurusRoute(kind, own), own: own})
		}
	}
	list, _ := s["plugins"].([]any)
	for _, entry := range list {
		pair, _ := entry.([]any)
		if len(pair) < 2 {
			continue
		}
		name, own := scalarOf(pair[0]), settings(nil)
		if own, _ = pair[1].(settings); own.text("path", "") == "" {
			continue
		}
		for _, kind := range []string{"docs", "blog", "pages"} {
			if strings.HasSuffix(name, "content-"+kind) {
				all = append(all, docusaurusInstance{kind, own.text("id", ""), docusaurusRoute(kind, own), own})
			}
		}
	}
	return all
}

func docusaurusRoute(kind string, own settings) string {
	if kind == "pages" {
		kind = ""
	}
	return own.text("routeBasePath", kind)
}

// scalarOf returns text of a configuration, empty for anything else.
func scalarOf(value any) string {
	text, _ := value.(string)
	return text
}

// addInstance adds the folders of an instance: of its versions, and of their translations.
func (d *docusaurus) addInstance(site fs.FS, home string, in docusaurusInstance, i18n settings) {
	part := docusaurusPart{blog: in.kind == "blog", pages: in.kind == "pages", excluded: patternsOf(in.own.list("exclude"), globOf), numbered: !in.own.flag("numberPrefixParser", true)}
	add := func(dir, language, route string) {
		part.language, part.route = language, path.Join(language, in.route, route)
		d.parts[path.Join(home, relative(dir, "."))] = part
	}
	translated := "docusaurus-plugin-content-" + in.kind
	if in.id != "" && in.id != "default" {
		translated += "-" + in.id
	}
	var languages []string
	for _, language := range i18n.list("locales") {
		if language != i18n.text("defaultLocale", "en") {
			languages = append(languages, language)
		}
	}
	folder := func(language string) string {
		return path.Join("i18n", i18n.table("localeConfigs").table(language).text("path", language), translated)
	}
	if in.kind != "docs" {
		add(in.own.text("path", map[string]string{"blog": "blog", "pages": "src/pages"}[in.kind]), "", "")
		for _, language := range languages {
			add(folder(language), language, "")
		}
		return
	}
	for _, v := range docusaurusVersions(site, home, in) {
		add(v.folder, "", v.route)
		for _, language := range languages {
			add(path.Join(folder(language), v.translated), language, v.route)
		}
	}
}

// docusaurusVersion is a version of documents.
type docusaurusVersion struct{ folder, translated, route string }

// docusaurusVersions returns the versions of an instance. The last one is served where the instance is, the current one at next if
// it is not the last, unless their settings say otherwise.
func docusaurusVersions(site fs.FS, home string, in docusaurusInstance) (all []docusaurusVersion) {
	names, prefix := []string{"current"}, ""
	if in.id != "" && in.id != "default" {
		prefix = in.id + "_"
	}
	if content, err := fs.ReadFile(site, path.Join(home, prefix+"versions.json")); err == nil && len(content) <= maxConfig && !in.own.flag("disableVersioning", false) {
		stated, _ := literals("{versions:" + string(content) + "}")["versions"].([]any)
		names = append(names, flattened(stated)...)
	}
	last := in.own.text("lastVersion", names[min(1, len(names)-1)])
	only := in.own.list("onlyIncludeVersions")
	for _, name := range names {
		if name == "current" && !in.own.flag("includeCurrentVersion", true) || len(only) > 0 && !slices.Contains(only, name) {
			continue
		}
		v := docusaurusVersion{in.own.text("path", "docs"), "current", name}
		switch {
		case name == last:
			v.route = ""
		case name == "current":
			v.route = "next"
		}
		if name != "current" {
			v.folder, v.translated = path.Join(prefix+"versioned_docs", "version-"+name), "version-"+name
		}
		if own := in.own.table("versions").table(name); own["path"] != nil {
			v.route = own.text("path", "")
		}
		all = append(all, v)
	}
	return all
}
