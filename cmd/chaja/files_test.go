package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestNoFileWaits: whatever stands in place of a file that people write by hand, a command says so at once.
func TestNoFileWaits(t *testing.T) {
	kinds := map[string]func(path string) error{
		"pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"device": func(path string) error { return os.Symlink("/dev/zero", path) },
		"folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"socket": func(path string) error {
			l, err := net.Listen("unix", path)
			if err == nil {
				t.Cleanup(func() { l.Close() })
			}
			return err
		},
		"terabyte": func(path string) error {
			return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<40))
		},
	}
	files := []struct {
		name string
		code int
		args []string
	}{
		{settingsName, exitUsage, []string{"search", "x"}},
		{settingsName, exitUsage, []string{"config"}},
		{"words.txt", exitUsage, []string{"search", "x", "--words", "words.txt"}},
		{"words.txt", exitUsage, []string{"analyze", "x", "--words", "words.txt"}},
		{pairsName, exitFine, []string{"index"}},
		{pairsName, exitFine, []string{"check"}},
	}
	for kind, put := range kinds {
		for _, file := range files {
			t.Run(kind+" as "+file.name+" of "+file.args[0], func(t *testing.T) {
				dir, err := os.MkdirTemp("", "s") // short, as names of sockets must be
				must(t, err)
				defer os.RemoveAll(dir)
				t.Chdir(dir)
				write(t, filepath.Join(dir, "post.md"), "text")
				must(t, put(filepath.Join(dir, file.name)))
				done := beside(func() outcome { return chaja(t, file.args...) })
				select {
				case got := <-done:
					code := file.code
					if kind == "terabyte" && file.name == "words.txt" {
						code = exitFailed // it is a file, and its size is seen when it is read
					}
					if got.code != code || !strings.Contains(got.out+got.err, file.name) {
						t.Errorf("exit %d\n%s%s", got.code, got.out, got.err)
					}
				case <-time.After(patience):
					t.Fatal("it waits")
				}
			})
		}
	}
}

// beside runs f beside and gives its outcome.
func beside(f func() outcome) <-chan outcome {
	done := make(chan outcome, 1)
	go func() { done <- f() }()
	return done
}
