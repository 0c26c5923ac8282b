package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"chaja/indexer"
)

func newInit() *cobra.Command {
	var at folders
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a chaja.yaml to begin with",
		Long: `Init looks at a site and writes a file ` + settingsName + ` into it, with what was found and the settings that blogs need most. Each is
a comment: chaja works without the file, and as before with it, until you take a # away. A file that is there is left as it is.`,
		Example: "  chaja init --site ~/blog",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			source, err := indexer.Open(indexer.Options{Site: at.site})
			if err != nil {
				return siteError(err)
			}
			found := source.Found()
			if err := source.Close(); err != nil {
				return err
			}
			path := filepath.Join(at.site, settingsName)
			if err := writeNew(path, firstSettings(found, readPublication(at.site))); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s is written; next: chaja index --site %s\n", path, at.site)
			if found.Generator == "jekyll" {
				fmt.Fprintf(cmd.OutOrStdout(), "Jekyll would publish it: _config.yml wants a line exclude: [%s, %s]\n", settingsName, pairsName)
			}
			return nil
		},
	}
	at.siteFlag(cmd)
	return cmd
}

// writeNew writes a file where there is none.
func writeNew(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already, and left as it is; chaja config shows what it says", path)
	}
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	_, err = io.WriteString(file, text)
	return errors.Join(err, file.Close())
}

// firstSettings are those of a site that was looked at, all of them comments.
func firstSettings(found indexer.Found, p publication) string {
	address, said := "https://blog.example.com/", "where the links of a search lead"
	if p.url != nil {
		address, said = p.url.String(), "found in "+p.from
	}
	var b strings.Builder
	line := func(setting, comment string) {
		fmt.Fprintf(&b, "#%s%s# %s\n", setting, strings.Repeat(" ", max(1, 45-columns(setting))), comment)
	}
	fmt.Fprintf(&b, "# Settings of chaja for this site. Take away the first # of a line to use it. chaja config shows all that is in force.\n#\n")
	fmt.Fprintf(&b, "# Found: %s\n# %s to read\n\n", clean(found.Site), plural(found.Posts, "post"))
	line("generator: "+found.Generator, "found from the files of the site")
	line("site-url: "+address, said)
	line("site-name: "+yamlText(cmp.Or(p.name, "My blog")), "name of the blog, on the search page")
	line("exclude: [drafts/**]", "files and folders that are not for the search")
	line("words: words.txt", "Korean words that the dictionary lacks, one a line")
	line("", "chaja-pairs.txt beside this file: words that are one, such as 스프링 = spring")
	line("pin:", "posts that come first for a query")
	line("  시작하기: posts/start.md", "the query, and the path of the post")
	line("boost:", "what counts more than 1, or less")
	line("  posts/archive: 0.5", "a folder; category:NAME for a category")
	line("serve:", "settings of one command alone")
	line("  addr: 127.0.0.1:7310", "where the server listens")
	line("  watch: true", "index again whenever a post changes")
	line("  cors-origin: https://blog.example.com", "the blog whose pages have the search box")
	line("  trusted-proxy: 127.0.0.1/32", "a web server in front, on the same machine")
	return b.String()
}

// yamlText writes a text as YAML has it between quotes, on one line.
func yamlText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(clean(s)) + `"`
}
