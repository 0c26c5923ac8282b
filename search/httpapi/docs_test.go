package httpapi

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func readGuide(t *testing.T, name string) string {
	t.Helper()
	guide, err := os.ReadFile("../../docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(guide)
}

// TestGuideIsWhole: docs/api.md tells of every path, parameter and code of an error. That its examples are right is
// tested with the command.
func TestGuideIsWhole(t *testing.T) {
	guide := readGuide(t, "api.md")
	a := build(&fake{}, Options{})
	for _, rt := range a.routes() {
		if !regexp.MustCompile(regexp.QuoteMeta(rt.path) + "[^a-z/]").MatchString(guide) {
			t.Errorf("no %s", rt.path)
		}
		params, _ := rt.begin("")
		for _, p := range params {
			if !strings.Contains(guide, "`"+p.name+"`") && !strings.Contains(guide, "`"+p.name+"=1`") {
				t.Errorf("%s: no parameter %s", rt.path, p.name)
			}
		}
	}
	for _, f := range faults {
		if !strings.Contains(guide, "`"+f.code+"`") {
			t.Errorf("no code %s", f.code)
		}
	}
}

// TestMetricsAreDescribed: docs/deployment.md tells of every metric of ours.
func TestMetricsAreDescribed(t *testing.T) {
	guide := readGuide(t, "deployment.md")
	h := newAPI(t, &fake{}, Options{CacheStats: func() (hits, misses uint64) { return 0, 0 }})
	metrics := do(h, from(t, "203.0.113.7:1", "GET", "/metrics")).Body.String()
	names := regexp.MustCompile("(?m)^# TYPE (chaja_[a-z_]+)").FindAllStringSubmatch(metrics, -1)
	if len(names) < 10 {
		t.Errorf("%d metrics", len(names))
	}
	for _, name := range names {
		if !regexp.MustCompile("`" + name[1] + "[`{]").MatchString(guide) {
			t.Errorf("no %s", name[1])
		}
	}
}
