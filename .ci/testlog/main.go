// Command testlog reads what go test -json prints and prints it as go test does without: packages, and what failing tests say. At
// the end it says which tests were skipped, and why. It fails when a test or a package did, or when nothing was tested.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// event is a line of go test -json (go doc test2json).
type event struct {
	Action, Package, Test, Output string
}

// log is what was read.
type log struct {
	output  map[string][]string // of a test that runs, by package and name
	skipped map[string][]string // tests by the reason
	tested  int                 // packages
	failed  bool
}

func main() {
	l := log{output: map[string][]string{}, skipped: map[string][]string{}}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20) // a test may print a long line
	for in.Scan() {
		var e event
		if json.Unmarshal(in.Bytes(), &e) != nil {
			fmt.Println(in.Text()) // go itself says so
			continue
		}
		l.add(e)
	}
	l.report()
	if err := in.Err(); err != nil {
		fmt.Println(err)
		l.failed = true
	}
	if l.failed || l.tested == 0 {
		os.Exit(1)
	}
}

func (l *log) add(e event) {
	key := e.Package + " " + e.Test
	switch {
	case e.Action == "build-output", e.Action == "output" && e.Test == "":
		if e.Output != "PASS\n" && !strings.Contains(e.Output, "[no test files]") {
			fmt.Print(e.Output)
		}
	case e.Action == "output":
		l.output[key] = append(l.output[key], e.Output)
	case e.Action == "build-fail", e.Action == "fail" && e.Test == "":
		l.tested, l.failed = l.tested+1, true
	case e.Action == "fail":
		fmt.Print(strings.Join(l.output[key], ""))
		delete(l.output, key)
	case e.Action == "skip" && e.Test != "":
		why := reason(l.output[key])
		l.skipped[why] = append(l.skipped[why], e.Test)
		delete(l.output, key)
	case e.Action == "pass" && e.Test == "":
		l.tested++
	case e.Action == "pass":
		delete(l.output, key)
	}
}

// reason is what a test says as it is skipped: the last of its lines with a place.
func reason(output []string) string {
	for _, line := range slices.Backward(output) {
		if _, why, ok := strings.Cut(line, ".go:"); ok && strings.HasPrefix(line, " ") {
			_, why, _ = strings.Cut(why, ": ")
			return strings.TrimSpace(why)
		}
	}
	return "no reason is given"
}

func (l *log) report() {
	if len(l.skipped) == 0 {
		return
	}
	fmt.Println("skipped:")
	reasons := make([]string, 0, len(l.skipped))
	for why := range l.skipped {
		reasons = append(reasons, why)
	}
	slices.Sort(reasons)
	for _, why := range reasons {
		tests := l.skipped[why]
		fmt.Printf("  %s (%s", why, strings.Join(tests[:min(3, len(tests))], ", "))
		if n := len(tests) - 3; n > 0 {
			fmt.Printf(" and %d more", n)
		}
		fmt.Println(")")
	}
}
