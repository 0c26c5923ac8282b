package site

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scriptReader cuts a program into tokens, and reads values.
type scriptReader struct {
	rest  string
	depth int

	constants map[string]string
	last      byte // the last sign or the end of the last word, to tell a division from an expression between slashes
}

type scriptToken struct {
	kind scriptKind
	text string
}

type scriptKind int

const (
	endToken scriptKind = iota
	signToken
	wordToken   // a name, or a number
	stringToken // its value
)

// next returns the next token. Comments and regular expressions are left out.
func (r *scriptReader) next() scriptToken {
	for r.rest != "" {
		switch c := r.rest[0]; {
		case c == ' ', c == '\t', c == '\n', c == '\r':
			r.rest = r.rest[1:]
		case strings.HasPrefix(r.rest, "//"):
			_, r.rest, _ = strings.Cut(r.rest, "\n")
		case strings.HasPrefix(r.rest, "/*"):
			_, r.rest, _ = strings.Cut(r.rest[2:], "*/")
		case c == '"', c == '\'', c == '`':
			r.last = '"'
			return scriptToken{stringToken, r.quoted(c)}
		case c == '/' && strings.IndexByte(`"a)]<`, r.last) < 0:
			r.expression()
		default:
			return r.wordOrSign()
		}
	}
	return scriptToken{}
}

func (r *scriptReader) wordOrSign() scriptToken {
	n := strings.IndexFunc(r.rest, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("_$.", c)
	})
	if n < 0 {
		n = len(r.rest)
	}
	kind := wordToken
	r.last = 'a'
	if n == 0 {
		_, n = utf8.DecodeRuneInString(r.rest)
		kind, r.last = signToken, r.rest[0]
	}
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return scriptToken{kind, text}
}

// quoted reads a string. In a template constants stand for what they are.
func (r *scriptReader) quoted(quote byte) string {
	var b strings.Builder
	i := 1
	for ; i < len(r.rest) && r.rest[i] != quote; i++ {
		switch c := r.rest[i]; {
		case c == '\\' && i+1 < len(r.rest):
			i++
			b.WriteByte(r.rest[i])
		case c == '$' && quote == '`' && strings.HasPrefix(r.rest[i:], "${"):
			name, _, closed := strings.Cut(r.rest[i+2:min(i+2+maxConstant, len(r.rest))], "}")
			if value, known := r.constants[strings.TrimSpace(name)]; closed && known {
				b.WriteString(value)
				i += len("${") + len(name)
				continue
			}
			b.WriteByte(c)
		case c == '\n' && quote != '`': // not closed
			r.rest = r.rest[i:]
			return b.String()
		default:
			b.WriteByte(c)
		}
	}
	r.rest = r.rest[min(i+1, len(r.rest)):]
	return b.String()
}

// expression leaves out a regular expression.
func (r *scriptReader) expression() {
	inClass := false
	for i := 1; i < len(r.rest); i++ {
		switch r.rest[i] {
		case '\\':
			i++
		case '[':
			inClass = true
		case ']':
			inClass = false
		case '\n':
			r.rest = r.rest[i:]
			return
		case '/':
			if !inClass {
				r.rest, r.last = r.rest[i+1:], 'a'
				return
			}
		}
	}
	r.rest = ""
}
