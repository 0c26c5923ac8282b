package frontmatter

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"chaja/indexer/decode"
	"chaja/internal/lazyregexp"
)

// field is the value of one key. A value is a string (any scalar as written), a []any of values, a mapping, or nil.
type field struct {
	line    int
	value   any
	written string // the key as written
	typed   any    // the value as Matter.Values has it
}

// mapping is a mapping where none is expected, in the words a person reads there: "key: value, key: value".
type mapping string

// maxValues bounds the length of one list. Aliases can make a short list long.
const maxValues = 256

// fields returns the fields of front matter by their keys in lower case, nil if this is text. Where the syntax is broken,
// it reads line by line and says so.
func (b block) fields() (fields map[string]field, problems []Problem, broken bool) {
	var err error
	switch b.format {
	case yamlFormat:
		fields, problems, err = fieldsOfYAML(b)
	case tomlFormat:
		fields, err = fieldsOfTOML(b)
	default:
		fields, err = fieldsOfJSON(b)
	}
	if err == nil {
		return fields, problems, false
	}
	line, reason := place(err)
	if fields = b.readLines(); fields == nil {
		return nil, nil, false
	}
	return fields, []Problem{{b.line + max(line-1, 0), "front matter is broken, read line by line: " + reason}}, true
}

// place takes the line, from 1, and the reason out of a parser's error.
func place(err error) (line int, reason string) {
	var inTOML toml.ParseError
	if errors.As(err, &inTOML) {
		return inTOML.Position.Line, inTOML.Message
	}
	var refused *decode.Error
	if errors.As(err, &refused) {
		return refused.Line, refused.Reason
	}
	reason = strings.TrimPrefix(err.Error(), "yaml: ")
	if _, e := fmt.Sscanf(reason, "line %d:", &line); e == nil {
		_, reason, _ = strings.Cut(reason, ": ")
	}
	return line, reason
}

func known(key string) bool {
	switch key {
	case "title", "date", "tags", "tag", "categories", "category", "lang", "language", "permalink", "url", "slug":
		return true
	}
	return false
}

// fieldsOfYAML reads the syntax tree rather than values. So a title "no" or "1.10" stays as it was written, the line of
// every key is known, repeated keys are no error, and no alias is expanded unasked.
func fieldsOfYAML(b block) (map[string]field, []Problem, error) {
	tree, _, err := decode.YAML([]byte(b.text))
	switch {
	case err != nil:
		return nil, nil, err
	case tree == nil:
		return map[string]field{}, nil, nil // nothing but comments
	case tree.Kind != yaml.MappingNode:
		return nil, nil, errors.New("no keys and values")
	}
	fields := map[string]field{}
	var problems []Problem
	pairs, r := tree.Content, &nodeReader{left: maxNodes}
	for i := 0; i+1 < len(pairs); i += 2 {
		key := strings.ToLower(pairs[i].Value)
		if !known(key) && len(fields) >= maxValues {
			continue
		}
		whole := r.left > 0
		f := field{b.line + pairs[i].Line - 1, r.plain(pairs[i+1], false), pairs[i].Value, r.typed(pairs[i+1], 0)}
		if whole && r.left <= 0 {
			problems = append(problems, Problem{f.line, fmt.Sprintf("front matter has more than %d values with those of its aliases; what follows in %s is left out", maxNodes, key)})
		}
		if known(key) && r.nestsAliases(pairs[i+1], false) {
			problems = append(problems, Problem{f.line, fmt.Sprintf("%s has aliases inside aliases; those are left out", key)})
		}
		if lost := cmp.Or(commentIn(pairs[i], pairs[i+1]), b.emptyItem(pairs[i+1])); lost != "" && isNamed(key) {
			problems = append(problems, Problem{f.line, fmt.Sprintf("what follows a blank and # in %s is a comment: %s; quote the value if it is a part of it", key, lost)})
		}
		if before, ok := fields[key]; ok && known(key) {
			problems = append(problems, Problem{f.line, fmt.Sprintf("%s stands twice; the last one counts", key)})
			if f.value == nil {
				f = before
			}
		}
		fields[key] = f
	}
	return fields, problems, nil
}

// isNamed reports whether a key has names, in which people write #.
func isNamed(key string) bool {
	return slices.Contains([]string{"title", "tags", "tag", "categories", "category"}, key)
}

// commentIn returns the first comment on a line of a key, of its value or of an entry of that, that looks like a part of it:
// behind text, or with no blank behind its #.
func commentIn(key, value *yaml.Node) string {
	nodes := append([]*yaml.Node{key, value}, value.Content[:min(len(value.Content), maxValues)]...)
	for _, n := range nodes {
		comment, _, _ := strings.Cut(n.LineComment, "\n")
		if n.Kind == yaml.ScalarNode && n == value && value.Value != "" && comment != "" || len(comment) > 1 && comment[1] != ' ' {
			return comment
		}
	}
	return ""
}

// commentItem is an entry of a list that is nothing but a comment, such as - #java.
var commentItem = lazyregexp.New(`^\s*-\s+(#[^\s#].*)`)

// emptyItem returns the first such entry of a list, with its #.
func (b block) emptyItem(value *yaml.Node) string {
	if value.Kind != yaml.SequenceNode || !strings.Contains(b.text, " #") {
		return ""
	}
	lines := strings.Split(b.text, "\n")
	for _, n := range value.Content[:min(len(value.Content), maxValues)] {
		if n.ShortTag() != "!!null" {
			continue
		}
		for _, line := range lines[max(0, value.Line-1):min(len(lines), max(n.Line, value.Line)+1)] {
			if m := commentItem().FindStringSubmatch(line); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

// maxNodes bounds the nodes that are looked at, again wherever an alias stands for them. Without aliases front matter that
// is not too long has no more.
const maxNodes = 2 * maxBytes

// nodeReader reads the nodes of a syntax tree, until it has looked at so many.
type nodeReader struct{ left int }

// spend counts a node, and reports whether it may be looked at.
func (r *nodeReader) spend() bool {
	r.left--
	return r.left > 0
}

// plain converts a node. It follows an alias, but no alias inside of that, so there is no bomb and no loop.
func (r *nodeReader) plain(n *yaml.Node, inAlias bool) any {
	if !r.spend() {
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		if inAlias {
			return nil
		}
		return r.plain(n.Alias, true)
	case yaml.SequenceNode:
		values := make([]any, 0, min(len(n.Content), maxValues))
		for _, e := range n.Content[:min(len(n.Content), maxValues)] {
			values = append(values, r.plain(e, inAlias))
		}
		return values
	case yaml.MappingNode:
		return mapping(r.pairsOf(n))
	}
	if n.ShortTag() == "!!null" {
		return nil
	}
	return n.Value
}

// nestsAliases reports whether plain leaves an alias out.
func (r *nodeReader) nestsAliases(n *yaml.Node, inAlias bool) bool {
	if n.Kind == yaml.AliasNode {
		return inAlias || r.nestsAliases(n.Alias, true)
	}
	return r.spend() && n.Kind == yaml.SequenceNode && slices.ContainsFunc(n.Content[:min(len(n.Content), maxValues)], func(e *yaml.Node) bool {
		return r.nestsAliases(e, inAlias)
	})
}

func (r *nodeReader) pairsOf(n *yaml.Node) string {
	var pairs []string
	for i := 0; i+1 < len(n.Content) && r.spend(); i += 2 {
		pair := n.Content[i].Value
		if value := n.Content[i+1].Value; value != "" {
			pair += ": " + value
		}
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, ", ")
}

func fieldsOfTOML(b block) (map[string]field, error) {
	object, err := decode.TOML(b.text)
	if err != nil {
		return nil, err
	}
	return fieldsOf(object, b), nil
}

func fieldsOfJSON(b block) (map[string]field, error) {
	text := strings.TrimSpace(b.text)
	if !strings.HasPrefix(text, "{") {
		text = "{" + text + "}" // Hexo leaves the braces out between ";;;" lines
	}
	var object map[string]any
	if _, err := decode.JSON(text, &object); err != nil {
		return nil, err
	}
	return fieldsOf(object, b), nil
}

// fieldsOf looks the lines of keys up in the text, as these decoders do not tell them.
func fieldsOf(object map[string]any, b block) map[string]field {
	fields := map[string]field{}
	lines := strings.Split(b.text, "\n")
	for written, value := range object {
		key := strings.ToLower(written)
		at := 0
		if known(key) { // of the others no one asks where they stand
			at = slices.IndexFunc(lines, func(l string) bool {
				return strings.HasPrefix(strings.TrimLeft(l, " \t{\"'"), written)
			})
		}
		fields[key] = field{b.line + max(at, 0), scalars(value), written, typedOf(value, 0)}
	}
	return fields
}

func scalars(value any) any {
	switch v := value.(type) {
	case nil, string:
		return v
	case []any:
		values := make([]any, 0, min(len(v), maxValues))
		for _, e := range v[:min(len(v), maxValues)] {
			values = append(values, scalars(e))
		}
		return values
	case map[string]any, []map[string]any:
		return mapping("")
	case time.Time:
		// TOML may leave the zone out, which its decoder marks by the name of the location.
		if strings.HasSuffix(v.Location().String(), "-local") {
			return v.Format("2006-01-02 15:04:05")
		}
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(value)
}
