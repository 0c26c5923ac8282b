package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"chaja/search/generation"
)

func newPublish() *cobra.Command {
	var at folders
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "publish DIR",
		Short: "Copy the index to a folder that other servers read",
		Long: `Publish brings the index in another folder, on a disk of another machine perhaps, to the state of the one of the site.
Only files that are not there yet are copied; the new state is put in place at once when all of it is there and verified.
Servers that read the folder, with chaja serve --index DIR, go over to it without a pause.`,
		Example: "  chaja index --site ~/blog && chaja publish --site ~/blog /mnt/replica/index",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("publish wants one folder, got %d; see: %s --help", len(args), cmd.CommandPath())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := generation.Publish(cmd.Context(), at.indexDir(), args[0])
			if err != nil {
				return err
			}
			report := publishReport{p.Manifest.Generation, p.Manifest.Posts, p.Manifest.Bytes, p.Copied}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), report)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s in %s: %.2f MB, of which %.2f MB were copied\n", plural(report.Posts, "post"), args[0],
				float64(report.Bytes)/1e6, float64(report.Copied)/1e6)
			return err
		},
	}
	at.siteFlag(cmd)
	at.indexFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return cmd
}

// publishReport is what a run of chaja publish did.
type publishReport struct {
	Generation string `json:"generation"`
	Posts      int    `json:"posts"`
	Bytes      int64  `json:"bytes"`  // of the index
	Copied     int64  `json:"copied"` // of them
}
