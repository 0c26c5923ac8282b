package site

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Included is the source of a post with the files in it that its generator puts there.
type Included struct {
	Source  []byte
	Files   []string  // that the post names, by their paths in the site, there or not; each once
	Missing []Missing // what could not be put in; nothing stands in its place

	grown []grown
}

// Missing is a file that a post names and that is not put into it.
type Missing struct {
	Line   int // of the post, from 1
	Reason string
}

// grown is a line of Source from which on lines follow that the post does not have.
type grown struct{ line, more int }

// Line returns the line of the post that a line of Source comes from, both from 1. Those of a file come from the line that
// names it.
func (in Included) Line(n int) int {
	less := 0
	for _, g := range in.grown {
		if n <= g.line {
			break
		}
		less += min(n-g.line, g.more)
	}
	return n - less
}

// Bounds of what one post may put in.
const (
	maxIncludeDepth = 10       // files in files, as in mdBook
	maxIncluded     = 1 << 20  // bytes of all files, those that are put in twice counted twice
	maxIncludes     = 1 << 10  // files
	maxIncludedRead = 64 << 20 // bytes of the files that are read for that
	maxMissing      = 20       // that are told of one by one
)

// inclusion is a place in a text that shows a file.
type inclusion struct {
	start, end int
	file       string                      // its path in the site; empty for none, when the place shows text alone
	text       string                      // what it shows then
	shows      func(content string) string // what it shows of the file; nil for all of it
	once       bool                        // it shows nothing inside itself
	flat       bool                        // the file is code: what it names is not put in
}

// inclusions finds the places of a text that show files, in order and apart. From is the path of the file that the text is of.
// They are bounded by the length of the text.
type inclusions func(text, from string) []inclusion

// together finds the places that any of several finds.
func together(all ...inclusions) inclusions {
	return func(text, from string) (places []inclusion) {
		for _, find := range all {
			places = append(places, find(text, from)...)
		}
		return inOrder(places)
	}
}

// Include returns the source of a post with what its generator puts in. Files outside of the site are none.
func (s *Site) Include(p Post, source []byte) Included {
	in := Included{Source: source}
	g, ok := s.rules.(interface{ includes() inclusions })
	if !ok || g.includes() == nil || !utf8.Valid(source) {
		return in
	}
	e := expansion{site: s, find: g.includes(), left: maxIncluded, unread: maxIncludedRead, within: []string{p.Path}}
	if a, ok := s.rules.(interface{ appended() []inclusion }); ok {
		e.appended = a.appended()
	}
	if text := e.expand(string(source), p.Path, 0); e.changed {
		in.Source, in.Files, in.Missing, in.grown = []byte(text), e.files, e.missing, e.grown
	}
	return in
}

// expansion puts files into one post.
type expansion struct {
	site     *Site
	find     inclusions
	appended []inclusion // that stand behind every page
	changed  bool
	left     int // bytes that may still be put in
	opened   int
	unread   int64 // bytes that may still be read
	files    []string
	missing  []Missing
	grown    []grown
	line     int      // of the post, where the text at hand stands
	within   []string // the post, and the files that the text at hand stands in
}

func (e *expansion) expand(text, from string, depth int) string {
	places := e.find(text, from)
	if depth == 0 {
		for _, in := range e.appended {
			in.start, in.end = len(text), len(text)
			places = append(places, in)
		}
	}
	if len(places) == 0 {
		return text
	}
	e.changed = true
	var b strings.Builder
	at, line, out := 0, 1, 1
	for _, in := range places {
		before := strings.Count(text[at:in.start], "\n")
		line, out = line+before, out+before
		if depth == 0 {
			e.line = line
		}
		shown := e.shown(in, depth)
		gone, come := strings.Count(text[in.start:in.end], "\n"), strings.Count(shown, "\n")
		if come < gone {
			shown += strings.Repeat("\n", gone-come)
		}
		b.WriteString(text[at:in.start] + shown)
		if depth == 0 && come > gone {
			e.grown = append(e.grown, grown{out, come - gone})
		}
		at, line, out = in.end, line+gone, out+max(gone, come)
	}
	b.WriteString(text[at:])
	return b.String()
}

// shown is what stands in a place. What cannot be read is told and shows nothing.
func (e *expansion) shown(in inclusion, depth int) string {
	if in.file == "" {
		return in.text
	}
	if len(e.files) < maxMissing*maxIncludeDepth && !slices.Contains(e.files, in.file) {
		e.files = append(e.files, in.file)
	}
	if in.once && slices.Contains(e.within, in.file) {
		return ""
	}
	content, err := e.read(in.file, depth)
	if err != nil {
		e.miss(in.file, err)
		return ""
	}
	if in.shows != nil {
		content = in.shows(content)
	}
	if e.left -= len(content); e.left < 0 {
		e.miss(in.file, fmt.Errorf("more than %d KiB in one page", maxIncluded>>10))
		return ""
	}
	if in.flat {
		return content
	}
	e.within = append(e.within, in.file)
	defer func() { e.within = e.within[:len(e.within)-1] }()
	return e.expand(content, in.file, depth+1)
}

// miss tells of a file that could not be put in.
func (e *expansion) miss(name string, err error) {
	if len(e.missing) < maxMissing {
		e.missing = append(e.missing, Missing{e.line, fmt.Sprintf("includes %s: %v; nothing is read in its place", name, err)})
	}
}

// read returns the text of a file, with line ends as they are here.
func (e *expansion) read(name string, depth int) (string, error) {
	if e.opened++; e.opened > maxIncludes || depth >= maxIncludeDepth {
		return "", fmt.Errorf("more than %d files, or %d in each other", maxIncludes, maxIncludeDepth)
	}
	if name == ".." || strings.HasPrefix(name, "../") {
		return "", errors.New("outside of the site")
	}
	f, err := e.site.open(name)
	if err != nil {
		return "", bare(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return "", errors.New("not a regular file")
	}
	content, err := io.ReadAll(io.LimitReader(f, maxIncluded+1))
	switch {
	case err != nil:
		return "", bare(err)
	case e.unread < int64(len(content)):
		return "", fmt.Errorf("more than %d MiB are read for one page", maxIncludedRead>>20)
	case len(content) > maxIncluded:
		return "", fmt.Errorf("longer than %d KiB", maxIncluded>>10)
	case !utf8.Valid(content):
		return "", errors.New("not UTF-8")
	}
	e.unread -= int64(len(content))
	return strings.NewReplacer("\ufeff", "", "\r\n", "\n", "\r", "\n").Replace(string(content)), nil
}

// besideFile returns the path in the site of a file that another one names, from where that lies.
func besideFile(from, name string) string { return path.Join(path.Dir(from), name) }

// lineRange returns the lines of a text from first to last, both from 1; 0 for its beginning or its end.
func lineRange(text string, first, last int) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if last == 0 || last > len(lines) {
		last = len(lines)
	}
	first = max(first, 1)
	if first > last {
		return ""
	}
	return strings.Join(lines[first-1:last], "\n")
}

// between returns the lines between the one that begins a part and the one that ends it, without other lines that begin or
// end one; all that follow where the end is missing. It reports whether the beginning is there.
func between(text string, begins, ends, others func(line string) bool) (string, bool) {
	var part []string
	within := false
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case !within:
			within = begins(line)
		case ends(line):
			return strings.Join(part, "\n"), true
		case !others(line):
			part = append(part, line)
		}
	}
	return strings.Join(part, "\n"), within
}
