package frontmatter

import (
	"encoding/json"
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"
)

// Bare is a scalar written without quotes. It may be text, a number, a date or a truth value, as the reader takes it: "no"
// is false to Jekyll and text to Hexo.
type Bare string

// maxDepth bounds how deep values nest; nothing that a generator asks for lies deeper.
const maxDepth = 4

func values(fields map[string]field) map[string]any {
	values := make(map[string]any, len(fields))
	for _, f := range fields {
		values[f.written] = f.typed
	}
	return values
}

// typed returns a value as Matter.Values has it. Like plain it follows no alias inside an alias.
func (r *nodeReader) typed(n *yaml.Node, depth int) any {
	if n.Kind == yaml.AliasNode && depth == 0 {
		n, depth = n.Alias, 1
	}
	if depth > maxDepth || !r.spend() {
		return nil
	}
	switch n.Kind {
	case yaml.SequenceNode:
		var values []any
		for _, e := range n.Content[:min(len(n.Content), maxValues)] {
			values = append(values, r.typed(e, depth+1))
		}
		return values
	case yaml.MappingNode:
		values := map[string]any{}
		for i := 0; i+1 < min(len(n.Content), 2*maxValues); i += 2 {
			values[n.Content[i].Value] = r.typed(n.Content[i+1], depth+1)
		}
		return values
	case yaml.ScalarNode:
		switch {
		case n.ShortTag() == "!!null":
			return nil
		case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0:
			return n.Value
		}
		return Bare(n.Value)
	}
	return nil
}

// typedOf does the same for what TOML and JSON decode to.
func typedOf(value any, depth int) any {
	if depth > maxDepth {
		return nil
	}
	switch v := value.(type) {
	case nil, string, Bare:
		return v
	case mapping:
		return nil
	case []any:
		var values []any
		for _, e := range v[:min(len(v), maxValues)] {
			values = append(values, typedOf(e, depth+1))
		}
		return values
	case map[string]any:
		values := map[string]any{}
		for key, e := range v {
			values[key] = typedOf(e, depth+1)
		}
		return values
	case time.Time:
		return Bare(scalars(v).(string))
	case bool, json.Number, int64, float64:
		return Bare(fmt.Sprint(v))
	}
	return nil
}
