package indexer

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// marked is a builder for a generator that does not say which file it made of which source: a word that no other has is put
// behind each source, and looked for in what was built.
func marked(out string, absent func() string, run func(t *testing.T, dir string)) builder {
	return builder{absent: absent, build: func(t *testing.T, dir string) published {
		sources := markSources(t, dir)
		run(t, dir)
		return published{filepath.Join(dir, out), findMarks(t, filepath.Join(dir, out), sources), nil}
	}}
}

// markSources puts a mark behind each source. It returns the sources by their marks.
func markSources(t *testing.T, dir string) map[string]string {
	t.Helper()
	sources := map[string]string{}
	eachFile(t, dir, func(name string, content []byte) {
		if ext := filepath.Ext(name); ext != ".md" && ext != ".mdx" || included.MatchString(filepath.ToSlash(name)) {
			return
		}
		mark := fmt.Sprintf("marknumber%dend", len(sources))
		sources[mark] = norm.NFC.String(filepath.ToSlash(name))
		write(t, dir, name, strings.TrimRight(string(content), "\n")+"\n\n"+mark+"\n")
	})
	return sources
}

// included are files that test sites put into their pages, and that are none themselves.
var included = regexp.MustCompile(`(?:^|/)(?:parts/[^/]*|_?piece\.mdx?)$`)

// listFolder is the beginning of folders of lists, and of what is built and not published.
var listFolder = regexp.MustCompile(`(?:^|/)(?:tags?|categor(?:y|ies)|authors?|archives?|drafts)/`)

var markPattern = regexp.MustCompile(`marknumber\d+end`)

// findMarks returns the file of each source. Of several it is the one with the fewest marks: lists show posts, too.
func findMarks(t *testing.T, out string, sources map[string]string) map[string]string {
	t.Helper()
	files, fewest := map[string]string{}, map[string]int{}
	eachFile(t, out, func(name string, content []byte) {
		if filepath.Ext(name) != ".html" || listFolder.MatchString(filepath.ToSlash(name)) {
			return
		}
		marks := map[string]bool{}
		for _, m := range markPattern.FindAllString(string(content), -1) {
			marks[m] = true
		}
		for m := range marks {
			source := sources[m]
			if n, ok := fewest[source]; !ok || len(marks) < n || len(marks) == n && len(name) < len(files[source]) {
				files[source], fewest[source] = filepath.ToSlash(name), len(marks)
			}
		}
	})
	return files
}

// eachFile calls f with the files below a folder, but for those of packages.
func eachFile(t *testing.T, dir string, f func(name string, content []byte)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "node_modules" {
			return fs.SkipDir
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		f(name, content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// lacksModule says that a package of npm is not installed.
func lacksModule(name string) func() string {
	return func() string {
		if _, err := os.Stat(filepath.Join(nodeModules(), name)); err != nil {
			return name + " is not installed: make generators"
		}
		return ""
	}
}

// lacksModuleIn says so of a generator that is installed by itself, as its packages do not go with those of others.
func lacksModuleIn(folder, name string) func() string {
	return func() string {
		if _, err := os.Stat(filepath.Join(generators(), folder, "node_modules", name)); err != nil {
			return name + " is not installed: make slow-generators"
		}
		return ""
	}
}

// pythonModules is the folder of a package of Python with all that it needs.
func pythonModules(name string) string { return filepath.Join(generators(), name) }

func lacksPython(name string) func() string {
	return func() string {
		if _, err := os.Stat(pythonModules(name)); err != nil {
			return name + " is not installed: make generators"
		}
		return ""
	}
}

// runNode runs a program of a package.
func runNode(program string, args ...string) func(t *testing.T, dir string) {
	return runNodeIn("", program, args...)
}

// runNodeIn runs a program of a package that is installed by itself.
func runNodeIn(folder, program string, args ...string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		if err := os.Symlink(filepath.Join(generators(), folder, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
		command(t, dir, "node", append([]string{filepath.Join("node_modules", program)}, args...)...)
	}
}

// runNodeBeside runs a program that does not find its packages through a link: in a folder beside them. out is what it makes there.
func runNodeBeside(folder, out, program string, args ...string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		packages, err := filepath.EvalSymlinks(filepath.Join(generators(), folder))
		if err != nil {
			t.Fatal(err)
		}
		beside, err := os.MkdirTemp(packages, "site")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(beside) })
		if err := os.CopyFS(beside, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		command(t, beside, "node", append([]string{filepath.Join(packages, "node_modules", program)}, args...)...)
		if err := os.CopyFS(filepath.Join(dir, out), os.DirFS(filepath.Join(beside, out))); err != nil {
			t.Fatal(err)
		}
	}
}

// gatsbyPaths asks createFilePath of gatsby-source-filesystem where each file below a folder is, as the starters of Gatsby do.
const gatsbyPaths = `
const fs = require('fs'), path = require('path')
const createFilePath = require('gatsby-source-filesystem/create-file-path')
const root = 'content/blog', out = []
for (const name of fs.readdirSync(root, { recursive: true })) {
  if (!name.endsWith('.md')) continue
  const file = { id: 'file', internal: { type: 'File' }, relativePath: name }
  const node = { id: 'page', parent: 'file', internal: { type: 'MarkdownRemark' } }
  const url = createFilePath({ node, getNode: () => file, basePath: '' })
  const text = fs.readFileSync(path.join(root, name), 'utf8').replace(/^---[^]*?\n---\n/, '')
  fs.mkdirSync(path.join('public', url), { recursive: true })
  fs.writeFileSync(path.join('public', url, 'index.html'), '<main>' + text + '</main>')
  out.push(path.join(root, name) + '\t' + path.join(url, 'index.html'))
}
fs.writeFileSync('chaja.list', out.join('\n') + '\n')
`

// buildGatsby makes the paths of Gatsby, and pages that hold the text of their sources: what the site's own code makes of that
// is not built.
func buildGatsby(t *testing.T, dir string) published {
	write(t, dir, "paths.cjs", gatsbyPaths)
	if err := os.Symlink(filepath.Join(generators(), "gatsby", "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	command(t, dir, "node", "paths.cjs")
	return table(t, filepath.Join(dir, "public"), filepath.Join(dir, "chaja.list"))
}

// runPython runs code with a package.
func runPython(name, code string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		command(t, dir, "python3", "-c", fmt.Sprintf("import sys; sys.path.insert(0, %q); ", pythonModules(name))+code)
	}
}
