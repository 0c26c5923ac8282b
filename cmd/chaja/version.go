package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"chaja/search/bleveindex"
)

// version is set when a release is built: go build -ldflags "-X main.version=v1.0.0".
var version = "devel"

func newVersion() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v := struct {
				Version     string `json:"version"`
				IndexFormat int    `json:"index_format"`
				Bleve       string `json:"bleve"`
				Go          string `json:"go"`
			}{version, bleveindex.Format, moduleVersion("github.com/blevesearch/bleve/v2"), runtime.Version()}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), v)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "chaja %s, index format %d, bleve %s, %s\n", v.Version, v.IndexFormat, v.Bleve, v.Go)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// moduleVersion returns the version of a module that is built in.
func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range info.Deps {
			if dep.Path == path {
				return dep.Version
			}
		}
	}
	return "unknown"
}
