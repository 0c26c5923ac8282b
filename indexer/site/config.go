package site

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"chaja/indexer/decode"
)

// maxConfig bounds a configuration in bytes and in values; a real one has a few hundred lines. Decoders need some hundred
// times as much memory.
const maxConfig = 256 << 10

// settings are the values of a configuration. A value is a string, as written; a []any; or settings.
type settings map[string]any

// readSettings reads the first of files that is there, in the syntax of its extension. It returns its name and content
// too. The name is empty if none is there.
func readSettings(site fs.FS, files ...string) (s settings, name string, content []byte, err error) {
	for _, name := range files {
		info, err := fs.Stat(site, name)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if info.Size() > maxConfig {
			return settings{}, name, nil, fmt.Errorf("longer than %d KiB", maxConfig>>10)
		}
		content, err := fs.ReadFile(site, name)
		if err != nil {
			return settings{}, name, nil, bare(err)
		}
		s, err := parseSettings(path.Ext(name), content)
		return s, name, content, err
	}
	return settings{}, "", nil, nil
}

func parseSettings(ext string, content []byte) (s settings, err error) {
	var root any
	switch ext {
	case ".py": // read by whoever knows what stands there
	case ".toml":
		var table map[string]any
		table, err = decode.TOML(string(content))
		root = converted(table)
	case ".json":
		_, err = decode.JSON(string(content), &root)
		root = converted(root)
	case ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs":
		root = literals(string(content))
	default:
		var tree *yaml.Node
		if tree, _, err = decode.YAML(content); tree != nil { // of several documents Jekyll reads the first
			budget := maxConfig
			root = convertedNode(tree, 0, &budget)
		}
	}
	s, _ = root.(settings)
	if s == nil {
		s = settings{}
	}
	return s, err
}

func converted(value any) any {
	switch v := value.(type) {
	case map[string]any:
		s := make(settings, len(v))
		for key, e := range v {
			s[key] = converted(e)
		}
		return s
	case []map[string]any:
		return convertedList(v)
	case []any:
		return convertedList(v)
	case time.Time:
		return v.Format(time.RFC3339)
	case nil:
		return nil
	}
	return fmt.Sprint(value)
}

func convertedList[T any](list []T) []any {
	values := make([]any, len(list))
	for i, e := range list {
		values[i] = converted(e)
	}
	return values
}

// convertedNode reads the syntax tree, so that repeated keys are no error and aliases no bomb.
func convertedNode(n *yaml.Node, depth int, budget *int) any {
	if *budget--; *budget < 0 || depth > decode.MaxDepth {
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		return convertedNode(n.Alias, depth+1, budget)
	case yaml.SequenceNode:
		var list []any
		for _, e := range n.Content {
			list = append(list, convertedNode(e, depth+1, budget))
		}
		return list
	case yaml.MappingNode:
		s := settings{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			s[n.Content[i].Value] = convertedNode(n.Content[i+1], depth+1, budget)
		}
		return s
	}
	if n.ShortTag() == "!!null" {
		return nil
	}
	return n.Value
}

// lowered returns the settings with their keys in lower case, tables inside them too.
func (s settings) lowered() settings {
	low := make(settings, len(s))
	for key, value := range s {
		if table, ok := value.(settings); ok {
			value = table.lowered()
		}
		low[strings.ToLower(key)] = value
	}
	return low
}

// text returns a scalar, or otherwise if there is none.
func (s settings) text(key, otherwise string) string {
	if v, ok := s[key].(string); ok {
		return v
	}
	return otherwise
}

func (s settings) flag(key string, otherwise bool) bool {
	return truth(s[key], true, otherwise)
}

// list returns the scalars of a list; a scalar is a list of one.
func (s settings) list(key string) []string {
	switch v := s[key].(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, e := range v {
			if e, ok := e.(string); ok {
				list = append(list, e)
			}
		}
		return list
	}
	return nil
}

// table returns what lies under keys, empty if there is nothing.
func (s settings) table(keys ...string) settings {
	for _, key := range keys {
		s, _ = s[key].(settings)
	}
	return s
}

// plugged reports whether package.json or a configuration speaks of a plugin with this in its name.
func plugged(site fs.FS, name string, configs []string) bool {
	return speaksOf(site, regexp.MustCompile(regexp.QuoteMeta(name)), append([]string{"package.json"}, configs...))
}

// speaksOf reports whether one of some configurations has what an expression matches.
func speaksOf(site fs.FS, what *regexp.Regexp, configs []string) bool {
	return slices.ContainsFunc(configs, func(file string) bool {
		content, err := fs.ReadFile(site, file)
		return err == nil && len(content) <= maxConfig && what.Match(content)
	})
}

// inFolders returns the names below each of some folders.
func inFolders(folders []string, names ...string) (all []string) {
	for _, folder := range folders {
		for _, name := range names {
			all = append(all, path.Join(folder, name))
		}
	}
	return all
}

// dependencies are those of the package that a site is, those of its development too.
func dependencies(site fs.FS) settings {
	manifest, _, _, _ := readSettings(site, "package.json")
	all := settings{}
	maps.Copy(all, manifest.table("devDependencies"))
	maps.Copy(all, manifest.table("dependencies"))
	return all
}
