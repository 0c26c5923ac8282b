package site

import "chaja/internal/lazyregexp"

// maxConstant bounds the name of a constant in a template.
const maxConstant = 100

// constant is a name for text, a number or a truth value.
var constant = lazyregexp.New("(?m)^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+([\\w$]+)(?:[ \t]*:[ \t]*[\\w.]+)?[ \t]*=[ \t]*(?:\"([^\"\n\\\\]*)\"|'([^'\n\\\\]*)'|`([^`$\\\\]*)`|(true|false|\\d[\\d.]*))[ \t]*;?[ \t]*(?://.*)?\r?$")

func constantsOf(program string) map[string]string {
	constants := map[string]string{}
	for _, m := range constant().FindAllStringSubmatch(program, -1) {
		constants[m[1]] = m[2] + m[3] + m[4] + m[5]
	}
	return constants
}
