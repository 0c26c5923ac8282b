package indexer

import (
	"regexp"
	"strings"

	"chaja/indexer/markdown"
)

var (
	// inlineTag is a tag of an element that themes show in titles. Others, such as <script setup> or List<T>, name things.
	inlineTag = regexp.MustCompile(`(?i)</?(?:a|abbr|b|br|code|del|em|font|i|img|kbd|mark|s|small|span|strong|sub|sup|u|wbr)` +
		`(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*\s*/?>`)
	// strong is text between two stars that touch it. Two low lines are a part of names, such as __init__.
	strong = regexp.MustCompile(`\*\*([^\s*](?:[^*]*[^\s*])?)\*\*`)
)

// plainTitle is what a reader sees of a title that a post states: without tags and marks, with the characters that entities
// stand for. A title that is nothing but a picture is empty.
func plainTitle(stated string) string {
	if !strings.ContainsAny(stated, "<&*") {
		return stated
	}
	shown := inlineTag.ReplaceAllStringFunc(stated, func(tag string) string {
		if strings.HasPrefix(strings.ToLower(tag), "<br") {
			return " "
		}
		return ""
	})
	shown = markdown.Entities(strong.ReplaceAllString(shown, "$1"))
	return strings.Join(strings.Fields(shown), " ")
}
