package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newMan() *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages",
		Long: `Man writes the manual page of each command into a folder, which is made if need be: chaja.1, chaja-index.1 and so on. Packages
carry them; by hand, write them to ~/.local/share/man/man1 and ask with: man chaja-search`,
		Example: "  chaja man ~/.local/share/man/man1",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("%s takes the folder to write into; see: %s --help", cmd.CommandPath(), cmd.CommandPath())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("make the folder of the pages: %w", err)
			}
			b := newBuild()
			header := doc.GenManHeader{Source: "chaja " + b.Version, Manual: "chaja", Date: b.dated()}
			undated(cmd.Root())
			if err := doc.GenManTree(cmd.Root(), &header, args[0]); err != nil {
				return fmt.Errorf("write the pages: %w", err)
			}
			return nil
		},
	}
}

// undated leaves out the day on which the page of a command was written.
func undated(cmd *cobra.Command) {
	cmd.DisableAutoGenTag = true
	for _, c := range cmd.Commands() {
		undated(c)
	}
}

// dated is the time of the commit, so that the same source makes the same pages; the year 1970 when that is not known.
func (b build) dated() *time.Time {
	t, err := time.Parse(time.RFC3339, b.Date)
	if err != nil {
		t = time.Unix(0, 0).UTC()
	}
	return &t
}
