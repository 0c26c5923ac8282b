package eval

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// closely compares figures worked out by hand, to the digits written down.
var closely = cmpopts.EquateApprox(0, 1e-4)

func TestMetricsOfOneQuery(t *testing.T) {
	// Gains by rank: 1, 0.63093, 0.5, 0.43068, 0.38685, ... and at rank 10 0.28906. The sum of the first ten is 4.54356.
	tests := []struct {
		name     string
		ranking  []string
		relevant []string
		want     Metrics
	}{
		{"first", []string{"a", "b"}, []string{"a"}, Metrics{1, 1, 1, 1, 1, 1}},
		{"second", []string{"b", "a"}, []string{"a"}, Metrics{1, 0.63093, 0.5, 0, 1, 1}},
		{"nothing found", nil, []string{"a"}, Metrics{Queries: 1}},
		{"nothing relevant found", []string{"b", "c"}, []string{"a"}, Metrics{Queries: 1}},
		{"two of two, at 1 and 3", []string{"a", "x", "b"}, []string{"a", "b"},
			Metrics{1, 0.91972, 1, 0.5, 1, 1}}, // 1.5 / 1.63093
		{"two of three, the third missing", []string{"x", "a", "b"}, []string{"a", "b", "c"},
			Metrics{1, 0.53074, 0.5, 0, 0.66667, 0.66667}}, // 1.13093 / 2.13093
		{"order among the relevant does not matter", []string{"x", "b", "a"}, []string{"a", "b", "c"},
			Metrics{1, 0.53074, 0.5, 0, 0.66667, 0.66667}},
		{"at 10", append(others(9), "a"), []string{"a"}, Metrics{1, 0.28906, 0.1, 0, 1, 1}},
		{"at 11", append(others(10), "a"), []string{"a"}, Metrics{1, 0, 0, 0, 0, 1}},
		{"at 100", append(others(99), "a"), []string{"a"}, Metrics{1, 0, 0, 0, 0, 1}},
		{"at 101", append(others(100), "a"), []string{"a"}, Metrics{Queries: 1}},
		{"twelve relevant, ten of them found: the ideal has ten places", others(10), others(12),
			Metrics{1, 1, 1, 0.08333, 0.83333, 0.83333}},
		{"twelve relevant, all found", others(12), others(12), Metrics{1, 1, 1, 0.08333, 0.83333, 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got Metrics
			got.Add(test.ranking, set(test.relevant))
			if diff := cmp.Diff(test.want, got, closely); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestMetricsAreMeans(t *testing.T) {
	var got Metrics
	got.Add([]string{"a"}, set([]string{"a"}))
	got.Add([]string{"x", "a"}, set([]string{"a"}))
	got.Add(nil, set([]string{"a"}))
	got.Add(nil, set([]string{"b"}))
	want := Metrics{Queries: 4, NDCG10: (1 + 0.63093) / 4, MRR10: 1.5 / 4, Recall1: 0.25, Recall10: 0.5, Recall100: 0.5}
	if diff := cmp.Diff(want, got, closely); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestGain(t *testing.T) {
	sum := 0.0
	for i := range 10 {
		sum += gain(i)
	}
	if math.Abs(sum-4.54356) > 1e-5 {
		t.Errorf("gains of ten ranks sum up to %.5f, want 4.54356", sum)
	}
}

// others returns n IDs: x0, x1 and so on.
func others(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("x%d", i)
	}
	return slices.Clip(ids)
}

func set(ids []string) map[string]bool {
	s := map[string]bool{}
	for _, id := range ids {
		s[id] = true
	}
	return s
}
