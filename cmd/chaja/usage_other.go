//go:build !unix

package main

// processUsage returns nothing, as the system has no common way to ask.
func processUsage() (cpu, peak float64) { return 0, 0 }
