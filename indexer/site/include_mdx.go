package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/internal/lazyregexp"
)

var (
	// The name in braces is that of Astro.
	partialImport = lazyregexp.New(`(?m)^[ \t]*import[ \t]+(?:\{[ \t]*Content[ \t]+as[ \t]+)?(\w+|\{[ \t]*Content[ \t]*\})(?:[ \t]*\})?[ \t]+from[ \t]+["']([^"'\n]+\.mdx?)["']`)
	partialUse    = lazyregexp.New(`<([A-Z]\w*)(?:\s[^<>]*)?/>`)
)

// mdxIncludes are pages that a page of MDX imports and shows as elements: import Part from './_part.mdx', <Part />. Names
// that begin with "@site/" are those below home.
func mdxIncludes(home string) inclusions {
	return func(text, from string) (places []inclusion) {
		imported := map[string]string{}
		for _, m := range partialImport().FindAllStringSubmatch(text, maxIncludes) {
			name := strings.Trim(m[1], "{} \t")
			imported[name] = besideFile(from, m[2])
			if inside, is := cutAlias(m[2]); is {
				imported[name] = path.Join(home, inside)
			}
		}
		if len(imported) == 0 {
			return nil
		}
		for m := range outsideFences(text, partialUse()) {
			if file := imported[m.group(1)]; file != "" {
				places = append(places, inclusion{start: m.start, end: m.end, file: file, shows: withoutMatter})
			}
		}
		return places
	}
}

// cutAlias cuts the name of the folder of the site off a path: that of Docusaurus, or of Vite as many set it.
func cutAlias(name string) (string, bool) {
	for _, alias := range []string{"@site/", "@/", "~/"} {
		if inside, is := strings.CutPrefix(name, alias); is {
			return inside, true
		}
	}
	return name, false
}

// withoutMatter returns a page without its front matter, apart from what stands around it.
func withoutMatter(content string) string {
	_, body, _ := frontmatter.Read(content)
	return "\n\n" + strings.TrimSpace(body) + "\n\n"
}

// inOrder sorts places, and drops those that overlap the one before.
func inOrder(places []inclusion) []inclusion {
	slices.SortFunc(places, func(a, b inclusion) int { return cmp.Compare(a.start, b.start) })
	end := 0
	return slices.DeleteFunc(places, func(in inclusion) bool {
		over := in.start < end
		end = max(end, in.end)
		return over
	})
}
