package main

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// bashCompletion is what cobra's script for bash stands on, where Debian has it.
const bashCompletion = "/usr/share/bash-completion/bash_completion"

// clearLine is Ctrl-U. Unlike Ctrl-C, it is a key that waits its turn while a shell completes.
const clearLine = "\x15"

// TestCompletionInShells: tab completes in the shells themselves, as a person types there. A shell that is not installed is
// skipped; CI has all three.
func TestCompletionInShells(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts other programs: go test without -short")
	}
	site := newSite(t, map[string]string{"a.md": "---\ntitle: 가\ntags: [Kafka, 컨퍼런스]\n---\nx\n"})
	fine(t, "index", "--site", site)
	home := t.TempDir()
	must(t, os.Symlink(os.Args[0], filepath.Join(home, "chaja")))
	for name, test := range map[string]struct {
		args  []string
		setUp string
		needs string // a file
	}{
		"bash": {[]string{"--norc", "-i"}, "source " + bashCompletion + "; source <(chaja completion bash)", bashCompletion},
		"zsh":  {[]string{"-f", "-i"}, "autoload -U compinit; compinit -u; source <(chaja completion zsh)", ""},
		"fish": {[]string{"--no-config", "-i"}, "chaja completion fish | source", ""},
	} {
		t.Run(name, func(t *testing.T) {
			program, err := exec.LookPath(name)
			if err != nil {
				t.Skipf("there is no %s", name)
			}
			if _, err := os.Stat(cmp.Or(test.needs, program)); err != nil {
				t.Skipf("there is no %s", test.needs)
			}
			cmd := exec.Command(program, test.args...)
			cmd.Dir = home
			cmd.Env = append(os.Environ(), asMain+"=1", "HOME="+home, "PATH="+home+":"+os.Getenv("PATH"), "CHAJA_SITE="+site, "TERM=xterm", "LC_ALL=C.UTF-8")
			s := openShell(t, cmd)
			s.see(test.setUp+"; echo re''ady\n", "ready")
			for typed, want := range map[string]string{
				"chaja sea\t":              "chaja search ",
				"chaja search --so\t":      "--sort ",
				"chaja search --sort NE\t": "NEwest",
				"chaja search --tag KAF\t": "KAFka",
				"chaja search --tag 컨\t":   "컨퍼런스",
				"chaja search tag:ka\t":    "kafka",
				"chaja index --sit\t":      "--site ",
			} {
				s.see(clearLine+typed, want)
			}
		})
	}
}

// shellSession is a shell at a terminal of 30 lines.
type shellSession struct {
	t      *testing.T
	screen *os.File
	mu     sync.Mutex
	text   string // since what was typed last
}

func openShell(t *testing.T, cmd *exec.Cmd) *shellSession {
	t.Helper()
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 30, Cols: 100})
	must(t, err)
	s := &shellSession{t: t, screen: screen}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for buffer := make([]byte, 4096); ; {
			n, err := screen.Read(buffer)
			if err != nil {
				return
			}
			s.mu.Lock()
			s.text += string(buffer[:n])
			s.mu.Unlock()
			if strings.Contains(string(buffer[:n]), "\x1b[0c") || strings.Contains(string(buffer[:n]), "\x1b[c") {
				_, _ = screen.WriteString("\x1b[?62c") // fish waits for what the terminal says it is
			}
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = screen.Close()
		<-ended
	})
	return s
}

// ofTerminals are escape sequences, which move the cursor and colour what is there already.
var ofTerminals = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x1b\(B|[\r\x07\x08]`)

// see types text and waits until the screen shows what is wanted.
func (s *shellSession) see(typed, want string) {
	s.t.Helper()
	s.mu.Lock()
	s.text = ""
	s.mu.Unlock()
	_, err := s.screen.WriteString(typed)
	must(s.t, err)
	seen := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		s.mu.Lock()
		seen = ofTerminals.ReplaceAllString(s.text, "")
		s.mu.Unlock()
		if strings.Contains(seen, want) {
			return
		}
	}
	s.t.Fatalf("%q shows\n%q, want %q", typed, seen, want)
}
