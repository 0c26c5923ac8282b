package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// memoryLimit is what Go may use, and memoryBound what a process may hold with it: the mapped dictionary and index come on top.
const memoryLimit, memoryBound = "256MiB", 400 << 20

// memoryVariable makes TestMemoryLimit run.
const memoryVariable = "CHAJA_TEST_MEMORY"

// TestMemoryLimit indexes real blogs with little memory and prints how much each takes.
func TestMemoryLimit(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is measured on Linux only")
	}
	if os.Getenv(memoryVariable) == "" {
		t.Skip("it takes long: set " + memoryVariable)
	}
	root := os.Getenv("CHAJA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	sites, err := os.ReadDir(filepath.Join(root, "posts"))
	if err != nil {
		t.Skip("real posts are not here: set CHAJA_SHARED to the folder that holds posts")
	}
	for _, entry := range sites {
		if !entry.IsDir() {
			continue
		}
		began := time.Now()
		cmd := exec.CommandContext(t.Context(), os.Args[0], "index", "--site", filepath.Join(root, "posts", entry.Name()), "--index", t.TempDir())
		cmd.Env = append(os.Environ(), asMain+"=1", "GOMEMLIMIT="+memoryLimit)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", entry.Name(), err, tail(string(out)))
			continue
		}
		used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		if !ok {
			t.Fatalf("%T tells nothing", cmd.ProcessState.SysUsage())
		}
		t.Logf("%-30s %4d MB, %v of processor, %v", entry.Name(), used.Maxrss>>10, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Round(10*time.Millisecond),
			time.Since(began).Round(10*time.Millisecond))
		if used.Maxrss<<10 > memoryBound {
			t.Errorf("%s takes more than %d MB", entry.Name(), memoryBound>>20)
		}
	}
}
