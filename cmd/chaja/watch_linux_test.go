package main

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestWatchOutOfFiles: while the system gives no more files, or no file may grow, the index stays as it is, the reason is logged
// once, and afterwards the change is found without another one.
func TestWatchOutOfFiles(t *testing.T) {
	for _, test := range []struct {
		name     string
		resource int
		limit    uint64
		reason   string
	}{
		{"files", unix.RLIMIT_NOFILE, 4, "too many open files"},
		{"bytes", unix.RLIMIT_FSIZE, 100, "file too large"},
	} {
		t.Run(test.name, func(t *testing.T) {
			site := newSite(t, map[string]string{"a.md": "quetzalcoatl", "b.md": "text"})
			p, s := startServer(t, nil, "--site", site, "--watch")
			eventually(t, "the site is indexed", func() bool { return s.total(t, "quetzalcoatl") == 1 })
			var before unix.Rlimit
			must(t, unix.Prlimit(p.Process.Pid, test.resource, nil, &before))
			must(t, unix.Prlimit(p.Process.Pid, test.resource, &unix.Rlimit{Cur: test.limit, Max: before.Max}, nil))
			write(t, filepath.Join(site, "c.md"), "huitzilopochtli")
			write(t, filepath.Join(site, "b.md"), "tezcatlipoca")
			eventually(t, "the log says why", func() bool { return strings.Contains(s.log.String(), test.reason) })
			must(t, unix.Prlimit(p.Process.Pid, test.resource, &before, nil))
			eventually(t, "the changes are found", func() bool {
				return s.total(t, "huitzilopochtli") == 1 && s.total(t, "tezcatlipoca") == 1 && s.total(t, "quetzalcoatl") == 1
			})
			if n := strings.Count(s.log.String(), `msg="index site; `); n > 1 {
				t.Errorf("%d failures are logged\n%s", n, s.log)
			}
		})
	}
}
