package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// Variables of TestCost and TestProfile.
const (
	costVariable    = "CHAJA_TEST_COST"    // check or update
	stageVariable   = "CHAJA_TEST_STAGE"   // makes the test binary do one stage and print its allocations
	profileVariable = "CHAJA_TEST_PROFILE" // a folder in the form of BEIR
)

// costFile is what each stage costs: its name, instructions and allocations. make cost COST=update writes it.
var costFile = filepath.Join("testdata", "cost.txt")

// How much more than in the file a stage may cost. Less is told, so that the file is brought up to date.
const (
	moreInstructions = .05 // maps, stacks and timers differ from run to run by one in a hundred
	moreAllocations  = .03
)

// cost is what a stage costs.
type cost struct{ instructions, allocations float64 }

// TestCost counts the instructions and allocations of each stage with one thread and no garbage collection, and compares them
// with the file. These counts hold for every machine of one architecture, however busy it is.
func TestCost(t *testing.T) {
	mode := os.Getenv(costVariable)
	if mode == "" {
		t.Skip("it takes a minute: make cost")
	}
	if _, err := exec.LookPath("valgrind"); err != nil {
		t.Skip("instructions are not counted: valgrind is not installed")
	}
	if runtime.GOARCH != "amd64" {
		t.Skip("the counts in " + costFile + " are those of amd64")
	}
	known, err := readCosts()
	if err != nil && mode != "update" {
		t.Fatal(err)
	}
	var file strings.Builder
	fmt.Fprintf(&file, "# stage, instructions, allocations; written by make cost COST=update\n")
	for _, s := range stages {
		got := costOf(t, s.name)
		fmt.Fprintf(&file, "%s %.0f %.0f\n", s.name, got.instructions, got.allocations)
		if mode == "update" {
			continue
		}
		want, ok := known[s.name]
		if !ok {
			t.Errorf("%s is not in %s: run make cost COST=update", s.name, costFile)
			continue
		}
		more, objects := got.instructions/want.instructions-1, got.allocations/want.allocations-1
		fmt.Printf("%-10s %8.0f million instructions (%+.1f %%), %9.0f allocations (%+.1f %%)\n", s.name, got.instructions/1e6, 100*more, got.allocations, 100*objects)
		if more > moreInstructions || objects > moreAllocations {
			t.Errorf("%s costs more than %s says; if that is meant, run make cost COST=update", s.name, costFile)
		}
		if more < -moreInstructions || objects < -moreAllocations {
			fmt.Printf("%-10s costs less: run make cost COST=update\n", s.name)
		}
	}
	if mode == "update" {
		must(t, os.WriteFile(costFile, []byte(file.String()), 0o644))
	}
}

func readCosts() (map[string]cost, error) {
	data, err := os.ReadFile(costFile)
	if err != nil {
		return nil, err
	}
	costs := map[string]cost{}
	for line := range strings.Lines(string(data)) {
		var name string
		var c cost
		if _, err := fmt.Sscan(line, &name, &c.instructions, &c.allocations); err == nil {
			costs[name] = c
		}
	}
	return costs, nil
}

var instructions = regexp.MustCompile(`I\s+refs:\s+([0-9,]+)`)

// costOf runs a stage as a process of its own, twice: by itself, and counted by valgrind.
func costOf(t *testing.T, stage string) (c cost) {
	t.Helper()
	run := func(program string, args ...string) string {
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Env = append(os.Environ(), stageVariable+"="+stage, "GOMAXPROCS=1", "GOGC=off")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", stage, err, tail(string(out)))
		}
		return string(out)
	}
	var err error
	_, objects, _ := strings.Cut(run(os.Args[0]), "allocations ")
	c.allocations, err = strconv.ParseFloat(strings.TrimSpace(objects), 64)
	must(t, err)
	out := run("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", os.Args[0])
	found := instructions.FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("valgrind counts nothing: %s", tail(out))
	}
	c.instructions, err = strconv.ParseFloat(strings.ReplaceAll(found[1], ",", ""), 64)
	must(t, err)
	return c
}

// TestProfile evaluates a collection, for make profile to look at.
func TestProfile(t *testing.T) {
	dir := os.Getenv(profileVariable)
	if dir == "" {
		t.Skip("for make profile")
	}
	analyzer, err := new(dictionary).analyzer()
	must(t, err)
	report, err := evaluate(t.Context(), dir, folders{}, analyzer, &embedder{}, "", io.Discard)
	must(t, err)
	report.print(os.Stdout)
}

// TestCostFile: the file has every stage and no other.
func TestCostFile(t *testing.T) {
	costs, err := readCosts()
	must(t, err)
	for _, s := range stages {
		if c := costs[s.name]; c.instructions <= 0 || c.allocations <= 0 || math.IsInf(c.instructions, 0) {
			t.Errorf("%s of %s: %+v", s.name, costFile, c)
		}
	}
	if len(costs) != len(stages) {
		t.Errorf("%s has %d stages of %d", costFile, len(costs), len(stages))
	}
}
