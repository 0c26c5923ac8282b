package eval

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chaja/search"
)

// depth is how far a reader looks: the first page.
const depth = 10

// Service is what is judged: service.Service, or anything that answers like it.
type Service interface {
	Search(ctx context.Context, r search.Request) (search.Result, error)
}

// Verdict is what became of one case.
type Verdict struct {
	Case
	Rank  int // of the expected post, from 1; 0 when it is not among the first ten
	Place int // of the expected section among those shown of its post, from 1; 0 when it is not shown or none is expected

	// First is what was shown first: a post and its first section, in the form of a case's answer. Empty when nothing
	// was found.
	First string
}

// Report is what became of all cases, in their order. The figures are means between 0 and 1.
type Report struct {
	Verdicts []Verdict
	Recall1  float64 // cases whose post came first
	Recall5  float64 // cases whose post was among the first five
	MRR      float64 // mean of 1/Rank, where a rank of 0 counts 0
	Section1 float64 // cases whose section was the first shown of its post, of those that expect a section
}

// Judge asks s every query and looks for the expected post and section on the first page of the answer. The error is
// that of the first search that failed, with path and line of its case.
func Judge(ctx context.Context, s Service, cases []Case) (Report, error) {
	var r Report
	sections := 0
	for i, c := range cases {
		result, err := s.Search(ctx, search.Request{Query: c.Query, PerPage: depth})
		if err != nil {
			return Report{}, fmt.Errorf("%s:%d: search for %q: %w", c.Path, c.Line, c.Query, err)
		}
		v := judge(c, result.Hits[:min(depth, len(result.Hits))])
		r.Verdicts = append(r.Verdicts, v)
		mean(&r.Recall1, share(v.Rank == 1), i+1)
		mean(&r.Recall5, share(0 < v.Rank && v.Rank <= 5), i+1)
		mean(&r.MRR, share(v.Rank > 0)/float64(max(v.Rank, 1)), i+1)
		if c.Section != "" {
			sections++
			mean(&r.Section1, share(v.Place == 1), sections)
		}
	}
	return r, nil
}

// judge looks for what a case expects among the hits.
func judge(c Case, hits []search.Hit) Verdict {
	v := Verdict{Case: c}
	v.Rank = 1 + slices.IndexFunc(hits, func(h search.Hit) bool { return h.ID == c.Post })
	if v.Rank > 0 && c.Section != "" {
		shown := hits[v.Rank-1].Sections
		v.Place = 1 + slices.IndexFunc(shown, func(s search.HitSection) bool { return s.Heading == c.Section })
	}
	if len(hits) > 0 {
		v.First = hits[0].ID
		if sections := hits[0].Sections; len(sections) > 0 {
			v.First += " # " + sections[0].Heading
		}
	}
	return v
}

func share(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// String formats the report to be kept in a file and compared line by line: rank, section and query of every case,
// below it what was shown first where that is not what was expected, and at the end the summary.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "rank section query\n")
	for _, v := range r.Verdicts {
		section := "-"
		if v.Section != "" {
			section = strconv.Itoa(v.Place)
		}
		fmt.Fprintf(&b, "%4d %7s %s\n", v.Rank, section, v.Query)
		if asExpected := v.Rank == 1 && (v.Place == 1 || v.Section == ""); !asExpected && v.First != "" {
			fmt.Fprintf(&b, "%15s%s\n", "", v.First)
		}
	}
	fmt.Fprintf(&b, "\n%s\n", r.Summary())
	return b.String()
}

// Summary is the last line of String.
func (r Report) Summary() string {
	return fmt.Sprintf("cases %d, recall@1 %.3f, recall@5 %.3f, mrr %.3f, section@1 %.3f",
		len(r.Verdicts), r.Recall1, r.Recall5, r.MRR, r.Section1)
}
