package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"text/tabwriter"
)

// measure runs a peer on a collection and returns its report; what it says beside goes to messages.
func measure(ctx context.Context, peer, dir string, messages io.Writer) (r evalReport, err error) {
	cmd := exec.CommandContext(ctx, peer, dir)
	cmd.Stderr = messages
	out, err := cmd.Output()
	if err != nil {
		return r, fmt.Errorf("run %s: %w", peer, err)
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return r, fmt.Errorf("read the report of %s: %w", peer, err)
	}
	return r, nil
}

// compare prints two reports on one collection side by side.
func compare(out io.Writer, ours evalReport, peer string, theirs evalReport) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer table.Flush()
	name := filepath.Base(filepath.Dir(peer))
	fmt.Fprintf(table, "\tchaja\t%s\t\n", name)
	for _, row := range []struct {
		name         string
		ours, theirs float64
		format       string
	}{
		{"nDCG@10", ours.NDCG10, theirs.NDCG10, "%.4f"},
		{"MRR@10", ours.MRR10, theirs.MRR10, "%.4f"},
		{"recall@1", ours.Recall1, theirs.Recall1, "%.4f"},
		{"recall@10", ours.Recall10, theirs.Recall10, "%.4f"},
		{"recall@100", ours.Recall100, theirs.Recall100, "%.4f"},
		{"indexing, MB/s", ours.IndexMBPerS, theirs.IndexMBPerS, "%.2f"},
		{"index, MB", ours.IndexMB, theirs.IndexMB, "%.1f"},
		{"a query, p50, µs", ours.QueryP50, theirs.QueryP50, "%.0f"},
		{"a query, p99, µs", ours.QueryP99, theirs.QueryP99, "%.0f"},
	} {
		fmt.Fprintf(table, "%s\t"+row.format+"\t"+row.format+"\t\n", row.name, row.ours, row.theirs)
	}
}
