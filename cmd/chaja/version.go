package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"chaja/search/bleveindex"
)

// version is set when a release is built: go build -ldflags "-X main.version=v1.0.0". Without it the version is what Go knows.
var version string

// build says which program this is.
type build struct {
	Version     string `json:"version"`
	Commit      string `json:"commit"` // empty when it was built outside of a checkout
	Date        string `json:"date"`   // of the commit, in RFC 3339
	IndexFormat int    `json:"index_format"`
	Bleve       string `json:"bleve"`
	Go          string `json:"go"`
}

// newBuild reads what the linker and Go have left in the program.
func newBuild() build {
	b := build{Version: version, IndexFormat: bleveindex.Format, Bleve: "unknown", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if known := info.Main.Version; known != "(devel)" {
		b.Version = cmp.Or(b.Version, known)
	}
	b.Version = cmp.Or(b.Version, "devel")
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		}
	}
	for _, dep := range info.Deps {
		if dep.Path == "github.com/blevesearch/bleve/v2" {
			b.Bleve = dep.Version
		}
	}
	return b
}

func (b build) String() string {
	of := ""
	if b.Commit != "" {
		of = fmt.Sprintf(" (%.12s of %.10s)", b.Commit, b.Date)
	}
	return fmt.Sprintf("chaja %s%s, index format %d, bleve %s, %s", b.Version, of, b.IndexFormat, b.Bleve, b.Go)
}

func newVersion() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON {
				return printJSON(cmd.OutOrStdout(), newBuild())
			}
			_, err := fmt.Fprintln(cmd.OutOrStdout(), newBuild())
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
