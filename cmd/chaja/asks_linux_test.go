package main

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Places in what a filter sees of a system call, struct seccomp_data: its number, and the lower half of its fifth argument.
const (
	callNumber    = 0
	fifthArgument = 16 + 4*8
)

// forbidAsking has the kernel end this process when it connects to anything, or sends a packet to an address.
func forbidAsking() error {
	load := func(at uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: at}
	}
	unless := func(value uint32, same, other uint8) unix.SockFilter { // how many to leave out
		return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: value, Jt: same, Jf: other}
	}
	end := func(with uint32) unix.SockFilter { return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: with} }
	filter := []unix.SockFilter{
		load(callNumber),
		unless(unix.SYS_CONNECT, 6, 0),
		unless(unix.SYS_SENDMSG, 5, 0),
		unless(unix.SYS_SENDMMSG, 4, 0),
		unless(unix.SYS_SENDTO, 0, 2),
		load(fifthArgument),
		unless(0, 0, 1), // no address: an answer
		end(unix.SECCOMP_RET_ALLOW),
		end(unix.SECCOMP_RET_KILL_PROCESS),
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	runtime.LockOSThread() // both calls are of one thread
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	const filterMode, allThreads = unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC
	if _, _, errno := unix.Syscall(unix.SYS_SECCOMP, filterMode, allThreads, uintptr(unsafe.Pointer(&program))); errno != 0 {
		return errno
	}
	return nil
}

// silentVariable makes TestAsksNobody the process that may not ask: it does what the variable says.
const silentVariable = "CHAJA_TEST_SILENT"

// silent does so, and ends the process.
func silent(t *testing.T, what string) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	must(t, forbidAsking())
	if what == "ask" {
		_, _ = net.Dial("udp", "192.0.2.1:53")
		os.Exit(exitFine)
	}
	os.Exit(run(ctx, strings.Split(what, "\n"), streams{os.Stdin, os.Stdout, os.Stderr}))
}

// TestAsksNobody: a server and an indexer connect to nothing, whatever the posts name. The kernel would end them.
func TestAsksNobody(t *testing.T) {
	if what := os.Getenv(silentVariable); what != "" {
		silent(t, what)
	}
	start := func(args ...string) (*exec.Cmd, *bufio.Reader, *buffer) {
		cmd, log := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAsksNobody$"), &buffer{}
		cmd.Env, cmd.Stderr = append(os.Environ(), silentVariable+"="+strings.Join(args, "\n")), log
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		return cmd, bufio.NewReader(out), log
	}
	asks, _, _ := start("ask")
	if _ = asks.Wait(); asks.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGSYS {
		t.Fatalf("who asks is not ended: %v", asks.ProcessState)
	}
	site := indexedSite(t)
	write(t, filepath.Join(site, "posts", "links.md"), "![](https://example.invalid/a.png) [quetzalcoatl](http://192.0.2.1/) <script src=//example.invalid/x.js></script>")
	cmd, out, log := start("serve", "--site", site, "--addr", "127.0.0.1:0", "--watch", "--site-url", "https://example.invalid")
	line, err := out.ReadString('\n')
	s := server{base: regexp.MustCompile(`http://[0-9.:]+`).FindString(line), log: log}
	if err != nil || s.base == "" {
		t.Fatalf("the server printed %q (%v)\n%s", line, err, log)
	}
	eventually(t, "the new post is found", func() bool { return s.total(t, "quetzalcoatl") == 1 })
	for _, path := range []string{"/", "/tags", "/api/v1/related?id=posts/links.md", "/api/v1/suggest?q=a", "/opensearch.xml", "/openapi.json", "/metrics"} {
		response, err := http.Get(s.base + path)
		must(t, err)
		response.Body.Close()
	}
	must(t, cmd.Process.Signal(syscall.SIGTERM))
	end := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer end.Stop()
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, log)
	}
}
