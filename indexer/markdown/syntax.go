package markdown

// Syntax is what a generator replaces in a post before, or while, it reads the Markdown.
type Syntax uint8

// The syntaxes. A page about one of them on a site of another keeps it as text.
const (
	Plain  Syntax = iota // Markdown alone
	Jekyll               // Liquid tags and variables, kramdown's attribute lists
	Hexo                 // tags of Hexo and of its themes, outside of code
	Hugo                 // shortcodes
)
