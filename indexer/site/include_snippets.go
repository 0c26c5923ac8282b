package site

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"chaja/internal/lazyregexp"
)

// snippets are the settings of pymdownx.snippets, with which pages of MkDocs show files.
type snippets struct {
	site    fs.FS
	folders []string // in which files are looked for
	behind  []string // names of files that stand behind every page
}

func snippetsOf(site fs.FS, own settings) snippets {
	sn := snippets{site: site, behind: own.list("auto_append")}
	for _, dir := range own.list("base_path") {
		sn.folders = append(sn.folders, path.Clean(dir))
	}
	if len(sn.folders) == 0 {
		sn.folders = []string{"."}
	}
	return sn
}

// appended are the files that stand behind every page.
func (sn snippets) appended() (all []inclusion) {
	for _, name := range sn.behind {
		in := sn.named(inclusion{}, "", name)
		if part := in.shows; part != nil {
			in.shows = func(content string) string { return "\n\n" + part(content) }
			all = append(all, in)
		}
	}
	return all
}

var (
	snippetLine    = lazyregexp.New(`^([ \t]*)(;*)-+8<-+(?:[ \t]+(?:"([^"\n]+)"|'([^'\n]+)'))?\r?$`)
	snippetSection = lazyregexp.New(`-8<-+[ \t]+\[[ \t]*(?i:(start|end))[ \t]*:[ \t]*([a-zA-Z][\w-]*)[ \t]*\]`)
	snippetPlace   = lazyregexp.New(`^(.*?)(?::(-?\d*(?::-?\d*)?(?:,-?\d*(?::-?\d*)?)*)|:([a-zA-Z][\w-]*))?$`)
)

// includes finds --8<-- "file", and lines with names between two lines that are --8<--. It takes lines that mark sections out.
func (sn snippets) includes(text, _ string) (places []inclusion) {
	if !strings.Contains(text, "8<") {
		return nil
	}
	at, block := 0, false
	for line := range strings.Lines(text) {
		in := inclusion{start: at, end: at + len(strings.TrimSuffix(line, "\n"))}
		at += len(line)
		bare := strings.TrimSuffix(line, "\n")
		m := snippetLine().FindStringSubmatch(bare)
		switch {
		case m != nil && m[2] != "": // escaped: one semicolon goes
			in.start += len(m[1])
			in.end = in.start + 1
		case m != nil && m[3]+m[4] != "" && block:
		case m != nil && m[3]+m[4] != "":
			in = sn.named(in, m[1], m[3]+m[4])
		case m != nil:
			block = !block
		case block && strings.TrimSpace(bare) != "":
			name := strings.TrimLeft(bare, " \t")
			in = sn.named(in, bare[:len(bare)-len(name)], strings.TrimSpace(name))
		case block:
			continue
		case !snippetSection().MatchString(bare) || strings.Contains(bare, ";-"):
			continue
		}
		places = append(places, in)
	}
	return places
}

// named fills in the file that a snippet names, and what of it is shown behind an indent.
func (sn snippets) named(in inclusion, indent, name string) inclusion {
	m := snippetPlace().FindStringSubmatch(strings.TrimSpace(name))
	if m == nil || m[1] == "" || strings.HasPrefix(m[1], ";") || strings.Contains(m[1], "://") {
		return in
	}
	in.file = path.Join(sn.folders[0], m[1])
	for _, dir := range sn.folders {
		if file := path.Join(dir, m[1]); fs.ValidPath(file) && isFile(sn.site, file) {
			in.file = file
			break
		}
	}
	in.shows = func(content string) string {
		shown := strings.TrimSuffix(snippetPart(content, m[2], m[3]), "\n")
		return indent + strings.ReplaceAll(shown, "\n", "\n"+indent)
	}
	return in
}

func isFile(site fs.FS, name string) bool {
	info, err := fs.Stat(site, name)
	return err == nil && info.Mode().IsRegular()
}

// snippetPart returns lines of a file, such as 1:3,8:9, or a section of it; all of it for neither.
func snippetPart(content, ranges, section string) string {
	if section != "" {
		marks := func(kind string) func(line string) bool {
			return func(line string) bool {
				m := snippetSection().FindStringSubmatch(line)
				return m != nil && strings.EqualFold(m[1], kind) && m[2] == section
			}
		}
		shown, _ := between(content, marks("start"), marks("end"), snippetSection().MatchString)
		return shown
	}
	if ranges == "" {
		return content
	}
	all := strings.Count(strings.TrimSuffix(content, "\n"), "\n") + 1
	number := func(s string) int {
		n, _ := strconv.Atoi(s)
		if n < 0 { // from the end
			n = max(all+1+n, 1)
		}
		return n
	}
	var parts []string
	for one := range strings.SplitSeq(ranges, ",") {
		first, last, _ := strings.Cut(one, ":")
		parts = append(parts, lineRange(content, number(first), number(last)))
	}
	return strings.Join(parts, "\n")
}
