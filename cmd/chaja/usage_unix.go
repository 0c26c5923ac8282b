//go:build unix

package main

import (
	"bytes"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// processUsage returns the processor time that the process has taken, in seconds, and the most memory that it held, in MB.
func processUsage() (cpu, peak float64) {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0, 0
	}
	unit := 1e3 // kilobytes
	if runtime.GOOS == "darwin" {
		unit = 1e6
	}
	peak = float64(r.Maxrss) / unit
	if own := residentPeak("self"); own > 0 { // what Getrusage says is at least what the process held that started this one
		peak = float64(own) / 1e6
	}
	return (time.Duration(r.Utime.Nano()) + time.Duration(r.Stime.Nano())).Seconds(), peak
}

// residentPeak returns the most memory that a process held, in bytes; 0 where /proc does not tell.
func residentPeak(pid string) int64 {
	status, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(status, []byte("VmHWM:"))
	fields := bytes.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kilobytes, _ := strconv.ParseInt(string(fields[0]), 10, 64)
	return kilobytes << 10
}
