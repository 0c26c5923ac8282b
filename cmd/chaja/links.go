package main

import (
	"net/url"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// links is the flag that says where URLs on a terminal lead when they are clicked.
type links struct{ published siteURL }

func (l *links) flag(cmd *cobra.Command) {
	cmd.Flags().Var(&l.published, "site-url", "where the site is published, such as https://blog.example.com: URLs on a terminal lead there (default: to the file of the post)")
	_ = cmd.RegisterFlagCompletionFunc("site-url", cobra.NoFileCompletions)
}

// targets returns what gives the link for the id and URL of a post, "" for none: where it is published, else its file in
// the folder site; that is "" when there is no such folder here.
func (l *links) targets(site string) func(id, path string) string {
	return func(id, path string) string {
		u, err := url.Parse(path)
		switch {
		case err == nil && (u.Scheme == "http" || u.Scheme == "https"):
			return u.String() // of a post on another site
		case l.published.URL == nil:
			return fileURL(site, id)
		case err != nil || path == "":
			return ""
		}
		return l.published.ResolveReference(u).String() // path begins with the folder of the site, if any
	}
}

// fileURL returns the URL of a post's file, "" where there is none.
func fileURL(site, id string) string {
	if site == "" || id == "" || !filepath.IsLocal(filepath.FromSlash(id)) {
		return ""
	}
	path, err := filepath.Abs(filepath.Join(site, filepath.FromSlash(id)))
	if err != nil {
		return ""
	}
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}
