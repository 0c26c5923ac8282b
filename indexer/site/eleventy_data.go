package site

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/internal/lazyregexp"
)

// eleventyData are the fields that files of data set for pages: those of the site, of a folder and of a page. They are read once,
// and only what keeps a page back or says where it is counts.
type eleventyData struct {
	fields map[string]map[string]any // by folder or page below the input; "" is the input itself
	notes  []Note
	state  string
}

// maxDataFiles bounds the files of data that are read.
const maxDataFiles = 1 << 10

// computedFields is the name of the fields that are computed last, and go before all others.
const computedFields = "eleventyComputed"

// computed is the permalink of pages for which a program makes it in a way that is not followed.
type computed struct{}

// newEleventyData reads posts/posts.json, posts/posts.11tydata.js, posts/a.11tydata.js and the like, and of the data of the site
// what is computed.
func newEleventyData(site fs.FS, input, global string) eleventyData {
	d := eleventyData{fields: map[string]map[string]any{}}
	var files []string
	_ = fs.WalkDir(site, input, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil, entry.IsDir() && name != input && (ignoredName(entry.Name()) || strings.HasPrefix(entry.Name(), "_")):
			return fs.SkipDir
		case !entry.IsDir() && dataOf(name) != "" && len(files) < maxDataFiles:
			files = append(files, name)
		}
		return nil
	})
	for _, name := range files {
		d.read(site, input, name, "")
	}
	for _, key := range []string{computedFields, "permalink"} {
		for _, name := range append(scripts(path.Join(input, global, key)), path.Join(input, global, key+".json")) {
			if exists(site, name) {
				d.read(site, input, name, key)
			}
		}
	}
	return d
}

// exported is what stands before the value of a program.
var exported = lazyregexp.New(`\b(?:export\s+default|module\.exports\s*=)\s*`)

// dataOf returns the path of the folder or page that a file of data is for, without extension; empty for another file.
func dataOf(name string) string {
	ext := path.Ext(name)
	of, marked := strings.CutSuffix(stem(name), ".11tydata")
	if !slices.Contains(append(scripts(""), ".json"), ext) || ext != ".json" && !marked {
		return ""
	}
	if dir, base := path.Split(of); path.Base(dir) == base {
		return strings.TrimSuffix(dir, "/")
	}
	return of
}

// read takes in a file of data. That of the site for one field says which; fields that are known already stay.
func (d *eleventyData) read(site fs.FS, input, name, key string) {
	s, file, content, err := readSettings(site, name)
	if file == "" || err != nil {
		return
	}
	d.state += file + string(content)
	of := input
	fields, _ := plainValue(s).(map[string]any)
	fields = bareFields(fields)
	if key == "" {
		of = dataOf(name)
	} else {
		fields = map[string]any{key: fields}
	}
	if path.Ext(name) != ".json" {
		for _, at := range []string{"permalink", computedFields} {
			delete(fields, at)
		}
		program := string(content)
		if key == "permalink" {
			program = exported().ReplaceAllString(program, "permalink: ")
		}
		value, isComputed := scriptPermalink(program)
		switch {
		case value == nil:
		case isComputed || key == computedFields:
			fields[computedFields] = map[string]any{"permalink": value}
		default:
			fields["permalink"] = value
		}
		if value == (computed{}) {
			d.notes = append(d.notes, Note{Path: name, Of: of, Reason: "permalink is computed when the site is built; hits in these pages lead to the home page. State their URLs with urls: in chaja.yaml"})
		}
	}
	inside := strings.Trim(strings.TrimPrefix(of, strings.TrimPrefix(input, ".")), "/")
	if of == input {
		inside = ""
	}
	if d.fields[inside] == nil {
		d.fields[inside] = map[string]any{}
	}
	for key, value := range fields {
		if _, has := d.fields[inside][key]; !has {
			d.fields[inside][key] = value
		}
	}
}

// bareFields are the scalars of a file of data as front matter has them.
func bareFields(fields map[string]any) map[string]any {
	bare := map[string]any{}
	for key, value := range fields {
		if text, is := value.(string); is {
			value = frontmatter.Bare(text)
		}
		if table, is := value.(map[string]any); is && key == computedFields {
			value = bareFields(table)
		}
		bare[key] = value
	}
	return bare
}

// of returns the fields that are set for a page. Those of the page itself go before those of the nearest folder.
func (d eleventyData) of(inside string) map[string]any {
	given := map[string]any{}
	for at := inside; len(d.fields) > 0; at = cmp.Or(strings.Trim(path.Dir(at), "."), "") {
		for key, value := range d.fields[at] {
			if _, has := given[key]; !has {
				given[key] = value
			}
		}
		if at == "" {
			break
		}
	}
	return given
}

// setPermalink puts the permalink of a page, its own or that of files of data, into its fields.
func setPermalink(v values, given map[string]any) {
	for _, fields := range []map[string]any{v, given} {
		for key, value := range fields {
			table, is := value.(map[string]any)
			if !is || !strings.EqualFold(key, computedFields) {
				continue
			}
			if value, has := table["permalink"]; has {
				v["permalink"] = value
				return
			}
		}
	}
}
