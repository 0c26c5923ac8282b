package site

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"chaja/indexer/frontmatter"
)

// ignoresAdd is a call by which the configuration of Eleventy leaves out files.
var ignoresAdd = regexp.MustCompile(`\bignores\.add\(\s*["']([^"'\n]+)["']`)

// eleventyIgnored are the files that are no pages, by .eleventyignore and by the configuration.
func eleventyIgnored(site fs.FS) []gitPattern {
	var lines strings.Builder
	if content, err := fs.ReadFile(site, ".eleventyignore"); err == nil && len(content) <= maxConfig {
		lines.Write(content)
	}
	for _, m := range ignoresAdd.FindAllStringSubmatch(eleventyConfig(site), -1) {
		fmt.Fprintf(&lines, "\n%s", strings.TrimPrefix(m[1], "./"))
	}
	return gitPatterns(lines.String())
}

// eleventyConfig is the text of what configures Eleventy.
func eleventyConfig(site fs.FS) string {
	var all strings.Builder
	for _, name := range eleventyGenerator().files {
		if content, err := fs.ReadFile(site, name); err == nil && len(content) <= maxConfig {
			all.Write(content)
		}
	}
	return all.String()
}

// eleventyData are the fields that files of data beside pages set for them, by folder below the input. They are read once, and
// only what keeps a page back counts.
type eleventyData struct {
	folders map[string]map[string]any
	state   string
}

// maxDataFiles bounds the files of data that are read.
const maxDataFiles = 1 << 10

// newEleventyData reads posts/posts.json, posts/posts.11tydata.json and the like.
func newEleventyData(site fs.FS, input string) eleventyData {
	d := eleventyData{folders: map[string]map[string]any{}}
	read := 0
	_ = fs.WalkDir(site, input, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil, entry.IsDir() && name != input && (ignoredName(entry.Name()) || strings.HasPrefix(entry.Name(), "_")):
			return fs.SkipDir
		case !entry.IsDir() || read == maxDataFiles:
			return nil
		}
		base := path.Base(name)
		s, file, content, err := readSettings(site, append([]string{path.Join(name, base+".11tydata.json"), path.Join(name, base+".json")}, scripts(path.Join(name, base+".11tydata"))...)...)
		if file == "" || err != nil {
			return nil
		}
		read++
		fields, _ := plainValue(s).(map[string]any)
		d.folders[strings.Trim(strings.TrimPrefix(name, input), "/")] = bareFields(fields)
		d.state += file + string(content)
		return nil
	})
	return d
}

// bareFields are the scalars of a file of data as front matter has them.
func bareFields(fields map[string]any) map[string]any {
	bare := map[string]any{}
	for key, value := range fields {
		if text, is := value.(string); is {
			value = frontmatter.Bare(text)
		}
		bare[key] = value
	}
	return bare
}

// of returns the fields that are set for a page. Those of the nearest folder go before.
func (d eleventyData) of(inside string) map[string]any {
	given := map[string]any{}
	for dir := path.Dir(inside); len(d.folders) > 0; dir = path.Dir(dir) {
		if dir == "." {
			break
		}
		for key, value := range d.folders[dir] {
			if _, has := given[key]; !has {
				given[key] = value
			}
		}
	}
	return given
}
