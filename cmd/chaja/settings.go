package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"chaja/internal/smallfile"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"chaja/indexer/decode"
	"chaja/indexer/site"
)

// A flag that is not given takes its value from its CHAJA_ variable, and failing that from chaja.yaml in the site:
//
//	words: words.txt       for every command with this flag
//	serve:                 for this command alone; it goes before the above
//	  addr: 0.0.0.0:7310
//	embedder:              the flags --embedder and --embedder-model
//	  url: http://127.0.0.1:8000/v1
//	  model: e5
//
// Paths in the file start from its folder. What is empty counts as not set.

// settingsName is the file of settings in a site.
const settingsName = "chaja.yaml"

// maxSettings bounds the file, in bytes: some hundred times what all flags of all commands need.
const maxSettings = 64 << 10

// fromFlag and fromDefault are where a value comes from, when neither from a variable nor from the file.
const (
	fromFlag    = "flag"
	fromDefault = "default"
)

// configure sets the flags of cmd that are not given. It returns where the value of each flag comes from.
func configure(cmd *cobra.Command) (origins map[string]string, err error) {
	origins = map[string]string{}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		origins[f.Name] = fromDefault
		if f.Changed {
			origins[f.Name] = fromFlag
		}
	})
	if err := fromEnvironment(cmd.Flags(), origins); err != nil {
		return origins, err
	}
	if !takesSettings(cmd) {
		return origins, nil
	}
	site := cmp.Or(os.Getenv("CHAJA_SITE"), ".")
	if f := cmd.Flags().Lookup("site"); f != nil {
		site = f.Value.String()
	}
	file, err := readSettings(filepath.Join(site, settingsName), cmd.Root())
	if err != nil {
		return origins, err
	}
	return origins, file.apply(cmd, origins)
}

// takesSettings reports whether the command works on a site or with its words. Config does not; it shows what others
// take.
func takesSettings(cmd *cobra.Command) bool {
	return (cmd.Flags().Lookup("site") != nil || cmd.Flags().Lookup("words") != nil) && cmd.Name() != "config"
}

// variable names the environment variable of a flag.
func variable(flag string) string {
	return "CHAJA_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fromEnvironment sets every flag that is not given from its variable: --per-page from CHAJA_PER_PAGE. A variable that
// is empty counts as not set.
func fromEnvironment(flags *pflag.FlagSet, origins map[string]string) error {
	var errs []error
	flags.VisitAll(func(f *pflag.Flag) {
		name := variable(f.Name)
		value := os.Getenv(name)
		if f.Changed || value == "" {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			errs = append(errs, usageError{fmt.Errorf("environment variable %s: %w", name, plainValue(err))})
		}
		origins[f.Name] = name
	})
	return errors.Join(errs...)
}

// settings are what a file says: by command, "" for all, and by flag; and what is no flag.
type settings struct {
	path   string
	flags  map[string]map[string]*yaml.Node
	levers levers
}

// readSettings reads the file at path; there need be none. Its errors name the line.
func readSettings(path string, root *cobra.Command) (s settings, err error) {
	s = settings{path: path, flags: map[string]map[string]*yaml.Node{}}
	text, err := smallfile.Read(path, maxSettings)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, nil
	case errors.Is(err, syscall.ENOTDIR):
		return s, fmt.Errorf("%w: %s (not a directory); name the folder of your posts with --site", site.ErrNoSite, filepath.Dir(path))
	case errors.Is(err, smallfile.ErrSize):
		return s, usageError{fmt.Errorf("%s is larger than %d KiB", path, maxSettings>>10)}
	case errors.Is(err, smallfile.ErrKind):
		return s, usageError{fmt.Errorf("%s is %w", path, smallfile.ErrKind)}
	case err != nil:
		return s, fmt.Errorf("read settings: %w", err)
	}
	tree, second, err := decode.YAML(text)
	switch {
	case err != nil:
		return s, s.syntax(err)
	case second > 0:
		return s, usageError{fmt.Errorf("%s:%d: a second document begins here; remove the line --- above it", s.path, second)}
	case tree == nil:
		return s, nil
	}
	err = s.read(tree, "", settingNames(root))
	return s, err
}

// settingNames returns the names of the flags that the file may set, by command, "" for those of any.
func settingNames(root *cobra.Command) map[string][]string {
	known := map[string][]string{}
	for _, cmd := range root.Commands() {
		if !takesSettings(cmd) {
			continue
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name == "site" || f.Name == "help" { // the site is where the file is
				return
			}
			known[cmd.Name()] = append(known[cmd.Name()], f.Name)
			if !slices.Contains(known[""], f.Name) {
				known[""] = append(known[""], f.Name)
			}
		})
	}
	return known
}

// read takes the keys of node. With a command they are flags of it; with "" they are flags for all commands, or commands
// with flags of their own.
func (s *settings) read(node *yaml.Node, command string, known map[string][]string) error {
	if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
		return nil
	}
	if node.Kind != yaml.MappingNode {
		return s.mistake(node, "wants lines of key: value")
	}
	s.flags[command] = map[string]*yaml.Node{}
	sections := map[string]bool{}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		isFlag := slices.Contains(known[command], key.Value)
		isLever := command == "" && (key.Value == pinKey || key.Value == boostKey)
		isCommand := command == "" && key.Value != "" && known[key.Value] != nil && (!isFlag || value.Kind == yaml.MappingNode)
		switch {
		case (isCommand || isLever) && sections[key.Value], !isCommand && s.flags[command][key.Value] != nil:
			return s.mistake(key, "%s is set a second time", key.Value)
		case isCommand: // index is a flag, too
			sections[key.Value] = true
			if err := s.read(value, key.Value, known); err != nil {
				return err
			}
		case isLever:
			sections[key.Value] = true
			if err := s.readLever(key.Value, value); err != nil {
				return err
			}
		case isFlag && key.Value == embedderFlag && value.Kind == yaml.MappingNode:
			if err := s.readEmbedder(value, command, known); err != nil {
				return err
			}
		case isFlag:
			s.flags[command][key.Value] = value
		default:
			return s.mistake(key, "unknown key %q%s", key.Value, adviceOn(key.Value, command, known))
		}
	}
	return nil
}

// readEmbedder takes the keys below embedder: url is that flag, any other the end of the name of one.
func (s settings) readEmbedder(node *yaml.Node, command string, known map[string][]string) error {
	var names []string
	for _, name := range known[command] {
		if end, ok := strings.CutPrefix(name, embedderFlag+"-"); ok {
			names = append(names, end)
		}
	}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		name := embedderFlag + "-" + key.Value
		switch {
		case key.Value == "url":
			name = embedderFlag
		case !slices.Contains(names, key.Value):
			return s.mistake(key, "unknown key %q of %s; its keys are url, %s", key.Value, embedderFlag, strings.Join(names, ", "))
		}
		if s.flags[command][name] != nil {
			return s.mistake(key, "%s is set a second time", key.Value)
		}
		s.flags[command][name] = value
	}
	return nil
}

// adviceOn says what may be meant by a key that a command does not take, or with "" the top of the file.
func adviceOn(key, command string, known map[string][]string) string {
	if key == "site" {
		return "; the site is the folder of this file"
	}
	keys, of, see := known[command], " of "+command, "; its keys are its flags, see: chaja "+command+" --help"
	if command == "" {
		keys = slices.Concat(keys, slices.Collect(maps.Keys(known)), []string{pinKey, boostKey})
		of, see = "", "; keys are flags, as in: chaja search --help"
	}
	var owners []string
	for name, flags := range known {
		if name != "" && slices.Contains(flags, key) {
			owners = append(owners, name)
		}
	}
	near := nearest(key, keys)
	switch {
	case len(owners) > 0:
		slices.Sort(owners)
		return of + "; it belongs to " + strings.Join(owners, ", ")
	case near != "":
		return fmt.Sprintf("%s; the nearest is %q", of, near)
	}
	return of + see
}

// apply sets the flags of cmd that nothing else has set.
func (s settings) apply(cmd *cobra.Command, origins map[string]string) (err error) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		node := cmp.Or(s.flags[cmd.Name()][f.Name], s.flags[""][f.Name])
		if err != nil || f.Changed || node == nil || node.Kind == yaml.ScalarNode && (node.Value == "" || node.Tag == "!!null") {
			return
		}
		origins[f.Name] = fmt.Sprintf("%s:%d", s.path, node.Line)
		err = s.set(cmd.Flags(), f, node)
	})
	return err
}

// set gives a flag the value of a node: one, or for a flag that may be given again a list. A table of keys and values is a list
// of key=value.
func (s settings) set(flags *pflag.FlagSet, f *pflag.Flag, node *yaml.Node) error {
	values := []*yaml.Node{node}
	if _, several := f.Value.(pflag.SliceValue); several && node.Kind == yaml.SequenceNode {
		values = node.Content
	}
	if _, isPairs := f.Value.(*folderURLs); isPairs && node.Kind == yaml.MappingNode {
		return s.setPairs(f, node)
	}
	for _, value := range values {
		if value.Kind != yaml.ScalarNode {
			return s.mistake(value, "%s wants one value", f.Name)
		}
		text := value.Value
		if isPath(f) && text != "" && !filepath.IsAbs(text) {
			text = filepath.Join(filepath.Dir(s.path), text)
		}
		if err := flags.Set(f.Name, text); err != nil {
			return s.mistake(value, "%w", plainValue(err))
		}
	}
	return nil
}

// setPairs gives a flag each key of a node with its value.
func (s settings) setPairs(f *pflag.Flag, node *yaml.Node) error {
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if value.Kind != yaml.ScalarNode {
			return s.mistake(value, "%s wants a pattern for each folder", f.Name)
		}
		if err := f.Value.Set(key.Value + "=" + value.Value); err != nil {
			return s.mistake(key, "--%s %w", f.Name, err)
		}
	}
	return nil
}

// isPath reports whether the value of a flag is completed as a file or folder.
func isPath(f *pflag.Flag) bool {
	_, file := f.Annotations[cobra.BashCompFilenameExt]
	_, folder := f.Annotations[cobra.BashCompSubdirsInDir]
	return file || folder
}

// mistake is an error at a node.
func (s settings) mistake(at *yaml.Node, format string, args ...any) error {
	return usageError{fmt.Errorf("%s:%d: %w", s.path, at.Line, fmt.Errorf(format, args...))}
}

// syntax is an error of the YAML itself, with its line in front as editors want it.
func (s settings) syntax(err error) error {
	reason := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1 // the library names none when it is the first
	if _, e := fmt.Sscanf(reason, "line %d:", &line); e == nil {
		_, reason, _ = strings.Cut(reason, ": ")
		if strings.HasPrefix(reason, "did not find expected") {
			line++ // its parser counts from 0, its scanner from 1
		}
	}
	return usageError{fmt.Errorf("%s:%d: %s", s.path, line, reason)}
}
