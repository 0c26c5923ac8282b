package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"chaja/indexer/site"
	"chaja/search/query"
)

// Values are checked when they are set, not when they are used. So the error names the place of the mistake, be it a
// flag, a variable or a line of chaja.yaml, and chaja config finds it, too.

// wants is the error of a value that a flag does not take: what it takes instead.
type wants string

func (w wants) Error() string { return "want " + string(w) }

// checked is the value of a flag that takes only some of what its type can hold.
type checked struct {
	pflag.Value
	takes func(text string) bool
	wants wants
}

func (c checked) Set(text string) error {
	if err := c.Value.Set(text); err != nil {
		return err
	}
	if !c.takes(text) {
		return c.wants
	}
	return nil
}

// checkedList is the same of a flag that may be given again.
type checkedList struct {
	checked
	pflag.SliceValue
}

// check makes a flag of cmd refuse a value for which takes is false. inWords tells what it takes instead.
func check(cmd *cobra.Command, name, inWords string, takes func(text string) bool) {
	f := cmd.Flags().Lookup(name)
	value := checked{f.Value, takes, wants(inWords)}
	f.Value = value
	if list, ok := value.Value.(pflag.SliceValue); ok {
		f.Value = checkedList{value, list}
		f.DefValue = "" // "[]" is known to be empty only of the type that is wrapped
	}
}

// checkRange makes a flag take the numbers from one to another.
func checkRange(cmd *cobra.Command, name string, from, to int) {
	check(cmd, name, fmt.Sprintf("%d to %d", from, to), func(text string) bool {
		n, err := strconv.ParseInt(text, 0, 0) // as pflag reads it
		return err == nil && int(n) >= from && int(n) <= to
	})
}

// choice is the value of a flag that takes one of some names, typed in any case.
type choice struct {
	pflag.Value
	names []string
}

func (c choice) Set(text string) error {
	if text == "" {
		return c.Value.Set(text)
	}
	i := slices.IndexFunc(c.names, func(name string) bool { return strings.EqualFold(name, text) })
	if i < 0 {
		return wants("one of " + strings.Join(c.names, ", "))
	}
	return c.Value.Set(c.names[i])
}

// checkChoice makes a flag take one of some names, and a shell complete them.
func checkChoice(cmd *cobra.Command, name string, names ...string) {
	f := cmd.Flags().Lookup(name)
	f.Value = choice{f.Value, names}
	_ = cmd.RegisterFlagCompletionFunc(name, func(_ *cobra.Command, _ []string, typed string) (found []cobra.Completion, _ cobra.ShellCompDirective) {
		for _, name := range names {
			if value, ok := completed(name, typed); ok {
				found = append(found, value)
			}
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	})
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return path == "" || err == nil && info.Mode().IsRegular()
}

// isLanguage takes what the HTTP API takes: letters and digits with hyphens, as in ko or en-US.
func isLanguage(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

func isAddress(text string) bool {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return false
	}
	_, err = net.LookupPort("tcp", port)
	return err == nil
}

func isPrefix(text string) bool {
	_, err := netip.ParsePrefix(text)
	return err == nil
}

// date is a flag that takes a year, a month or a day, and holds the moment it begins. The zero value is no date.
type date struct {
	time.Time
	text string
}

// Set takes what the query language takes after after: and before:.
func (d *date) Set(text string) error {
	*d = date{}
	if text == "" {
		return nil
	}
	t, err := query.ParseDate(text)
	if err != nil {
		return wants("a year, a month or a day: 2019, 2019-08 or 2019-08-29")
	}
	*d = date{t, text}
	return nil
}

func (d *date) String() string { return d.text }

// Type names the value in the help.
func (d *date) Type() string { return "date" }

// siteURL is a flag that takes the address of a site.
type siteURL struct{ *url.URL }

// Set takes an absolute address of http or https.
func (u *siteURL) Set(text string) error {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return wants("an address such as https://blog.example.com")
	}
	if !strings.HasSuffix(parsed.Path, "/") {
		parsed.Path += "/" // a folder
	}
	u.URL = parsed
	return nil
}

func (u *siteURL) String() string {
	if u.URL == nil {
		return ""
	}
	return u.URL.String()
}

// Type names the value in the help.
func (u *siteURL) Type() string { return "url" }

// folderURLs is a flag that takes a folder and the form of URLs in it, FOLDER=PATTERN, and may be given again.
type folderURLs []site.FolderURL

// Set adds one.
func (l *folderURLs) Set(text string) error {
	folder, pattern, ok := strings.Cut(text, "=")
	if !ok || folder == "" {
		return wants("FOLDER=PATTERN, such as content/projects=/projects/{slug}/")
	}
	*l = append(*l, site.FolderURL{Folder: folder, Pattern: pattern})
	return nil
}

func (l *folderURLs) String() string { return strings.Join(l.GetSlice(), ", ") }

// Type names the value in the help.
func (l *folderURLs) Type() string { return "folder=pattern" }

// Append adds one. With Replace and GetSlice that is what pflag calls a slice.
func (l *folderURLs) Append(text string) error { return l.Set(text) }

// Replace sets all.
func (l *folderURLs) Replace(texts []string) error {
	*l = nil
	for _, text := range texts {
		if err := l.Set(text); err != nil {
			return err
		}
	}
	return nil
}

// GetSlice returns them as they are given.
func (l *folderURLs) GetSlice() []string {
	var texts []string
	for _, f := range *l {
		texts = append(texts, f.Folder+"="+f.Pattern)
	}
	return texts
}
