package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newConfig() *cobra.Command {
	var at folders
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the settings in force and where they come from",
		Long: `Config prints the value that each flag has when it is not given, where that comes from, and the commands that take it.
A value comes from a variable (--site from CHAJA_SITE), else from the file ` + settingsName + ` in the site, else it is the default:

  words: words.txt      # for every command that has --words
  serve:                # for this command alone
    addr: 0.0.0.0:7310`,
		Example:           "  chaja config --site ~/blog",
		Args:              noArgs,
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // what would be set is to be shown
		RunE: func(cmd *cobra.Command, _ []string) error {
			given := ""
			if cmd.Flags().Changed("site") {
				given = at.site
			}
			if err := fromEnvironment(cmd.Flags(), map[string]string{}); err != nil {
				return err
			}
			rows, err := inForce(given)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), map[string][]configRow{"settings": rows})
			}
			printConfig(cmd.OutOrStdout(), rows)
			return nil
		},
	}
	at.siteFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// configRow is one setting in force.
type configRow struct {
	Name     string   `json:"name"`
	Value    string   `json:"value"`
	From     string   `json:"from"` // "flag", a variable, path:line or "default"
	Commands []string `json:"commands"`
}

// inForce returns the settings of all commands by name, with a --site that was given; "" for none.
func inForce(site string) (rows []configRow, err error) {
	root := newRoot(streams{nil, io.Discard, io.Discard})
	for _, cmd := range root.Commands() {
		if !takesSettings(cmd) {
			continue
		}
		if f := cmd.Flags().Lookup("site"); f != nil && site != "" {
			_ = cmd.Flags().Set(f.Name, site) // a string takes anything
		}
		origins, err := configure(cmd)
		if err != nil {
			return nil, err
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" {
				rows = addRow(rows, configRow{f.Name, effective(cmd, f), origins[f.Name], []string{cmd.Name()}})
			}
		})
	}
	own, err := readLevers(siteOr(site))
	if err != nil {
		return nil, err
	}
	rows = append(rows, own.rows(filepath.Join(siteOr(site), settingsName))...)
	slices.SortStableFunc(rows, func(a, b configRow) int { return cmp.Compare(a.Name, b.Name) })
	return rows, nil
}

// siteOr is the folder of a site that may not be given.
func siteOr(given string) string { return cmp.Or(given, os.Getenv("CHAJA_SITE"), ".") }

// addRow adds a row, or its command to the row that says the same.
func addRow(rows []configRow, row configRow) []configRow {
	for i, r := range rows {
		if r.Name == row.Name && r.Value == row.Value && r.From == row.From {
			rows[i].Commands = append(r.Commands, row.Commands...)
			return rows
		}
	}
	return append(rows, row)
}

// effective is the value that counts: no index means the one in the site.
func effective(cmd *cobra.Command, f *pflag.Flag) string {
	if site := cmd.Flags().Lookup("site"); f.Name == "index" && f.Value.String() == "" && site != nil {
		return (&folders{site: site.Value.String()}).indexDir()
	}
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return strings.Join(list.GetSlice(), ", ")
	}
	return f.Value.String()
}

func printConfig(out io.Writer, rows []configRow) {
	name, value, from := 0, 0, 0
	for _, r := range rows {
		name, value, from = max(name, len(r.Name)), max(value, columns(r.Value)), max(from, columns(r.From))
	}
	for _, r := range rows {
		fmt.Fprintf(out, "%s  %s  %s  %s\n", pad(r.Name, name), pad(cmp.Or(r.Value, "-"), value), pad(filepath.ToSlash(r.From), from),
			strings.Join(r.Commands, ", "))
	}
}
