package site

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"chaja/internal/lazyregexp"
)

// maxConfigFiles bounds the files of a folder of settings that are read.
const maxConfigFiles = 64

// wholeHugoConfig returns all settings of a Hugo site with their keys in lower case. Those of the folder config/_default go before
// those of the file at the top, and those of config/production, which Hugo builds for, before both.
func wholeHugoConfig(site fs.FS, s settings) settings {
	whole := s.lowered()
	for _, dir := range []string{"config/_default", "config/production"} {
		entries, _ := fs.ReadDir(site, dir) // most sites have none
		for _, e := range entries[:min(len(entries), maxConfigFiles)] {
			ext := path.Ext(e.Name())
			if !slices.Contains([]string{".toml", ".yaml", ".yml", ".json"}, ext) {
				continue
			}
			part, _, _, _ := readSettings(site, path.Join(dir, e.Name()))
			part = part.lowered()
			whole.merge(part.placed(strings.ToLower(stem(e.Name()))), 0)
		}
	}
	return whole
}

// placed puts the settings of a file where its name says: all of those of hugo.toml, the table params of params.toml, and
// of a language what has its name, such as languages.ko.toml, menus.ko.toml and params.ko.toml.
func (s settings) placed(name string) settings {
	table, language, _ := strings.Cut(name, ".")
	switch {
	case table == "hugo" || table == "config":
		return s
	case language == "":
		return settings{table: s}
	case table == "menu" || table == "menus" || table == "params":
		s = settings{table: s}
	}
	return settings{"languages": settings{language: s}}
}

// merge takes other in, table by table. What other has goes before.
func (s settings) merge(other settings, depth int) {
	for key, value := range other {
		mine, isTable := s[key].(settings)
		if table, is := value.(settings); is && isTable && depth < 16 {
			mine.merge(table, depth+1)
		} else {
			s[key] = value
		}
	}
}

// statedHugo is a version of Hugo in what builds a site elsewhere.
var statedHugo = lazyregexp.New(`(?i)(?:hugo[-_]version["']?\s*[:=]\s*["']?v?|hugo:(?:[a-z]+-)*v?|^hugo\s+(?:extended_)?)(\d+\.\d+|latest)`)

// statedHugoVersion returns the version that the site says it is built with, "latest" too; empty for none.
func statedHugoVersion(site fs.FS) string {
	names := []string{"netlify.toml", "vercel.json", ".gitlab-ci.yml", ".hugoversion", ".hugo-version", ".tool-versions", "amplify.yml",
		"render.yaml", "wrangler.toml", "Dockerfile"}
	for _, pattern := range []string{".github/workflows/*.yml", ".github/workflows/*.yaml"} {
		found, _ := fs.Glob(site, pattern)
		names = append(names, found[:min(len(found), maxConfigFiles)]...)
	}
	for _, name := range names {
		info, err := fs.Stat(site, name)
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxConfig {
			continue
		}
		content, _ := fs.ReadFile(site, name)
		if strings.HasPrefix(name, ".hugo") {
			content = append([]byte("hugo-version: "), content...)
		}
		if m := statedHugo().FindSubmatch(content); m != nil {
			return strings.ToLower(string(m[1]))
		}
	}
	return ""
}

// mounts are the folders that the site's modules mount as contents.
func (h *hugo) mounts() []root {
	var roots []root
	list, _ := h.config.table("module")["mounts"].([]any)
	for _, entry := range list {
		m, _ := entry.(settings)
		m = m.lowered()
		source, target := strings.Trim(path.Clean("/"+m.text("source", "")), "/"), path.Clean(m.text("target", ""))
		if source == "" || target != "content" && !strings.HasPrefix(target, "content/") {
			continue
		}
		language := strings.ToLower(m.text("lang", h.main))
		under := strings.TrimPrefix(strings.TrimPrefix(target, "content"), "/")
		if under != "" {
			under += "/"
		}
		roots = append(roots, root{source + "/", language, under})
	}
	return roots
}
