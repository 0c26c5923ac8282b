//go:build unix

package indexer

import "syscall"

func makePipe(name string) error { return syscall.Mkfifo(name, 0o644) }
