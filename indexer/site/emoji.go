package site

import (
	"sync"

	emoji "github.com/yuin/goldmark-emoji/definition"

	"chaja/internal/lazyregexp"
)

var (
	emojiNames = sync.OnceValue(func() emoji.Emojis { return emoji.Github() })
	namedEmoji = lazyregexp.New(`:[a-z0-9_+-]+:`)
)

// showEmoji puts the emoji in the place of their names, as VitePress, VuePress and Hugo do if they are told to.
func showEmoji(text string) string {
	return namedEmoji().ReplaceAllStringFunc(text, func(name string) string {
		if e, known := emojiNames().Get(name[1 : len(name)-1]); known {
			return string(e.Unicode)
		}
		return name
	})
}

// dropEmoji leaves out the emoji that a text has by name, such as :tada:. What is no name of one stays: 12:30:45. Hugo and HonKit
// make ids of the names.
func dropEmoji(text string) string {
	return namedEmoji().ReplaceAllStringFunc(text, func(name string) string {
		if _, known := emojiNames().Get(name[1 : len(name)-1]); known {
			return ""
		}
		return name
	})
}
