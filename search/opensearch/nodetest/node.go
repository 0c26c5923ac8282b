// Package nodetest runs a real OpenSearch for tests: jars of Maven Central, started by the launcher in ../node.
package nodetest

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Variables of the environment.
const (
	URL  = "CHAJA_OPENSEARCH"      // of a cluster to test with, or "node" to start one
	Jars = "CHAJA_OPENSEARCH_JARS" // folder of the jars and the compiled launcher
)

// Node is one process.
type Node struct {
	URL       string
	HTTP      int // ports
	Transport int

	command *exec.Cmd
	stdin   io.Closer
	log     *bytes.Buffer
	ended   chan struct{}
}

// Wanted skips the test where no cluster is asked for.
func Wanted(t testing.TB) {
	if os.Getenv(URL) == "" {
		t.Skipf("%s is not set; make test-opensearch starts a real OpenSearch", URL)
	}
}

// Start starts a node with further settings, name=value, and waits until it answers when wait is set. Close ends it.
func Start(dir string, heapMB int, wait bool, settings ...string) (*Node, error) {
	java, err := java()
	if err != nil {
		return nil, err
	}
	n := &Node{log: new(bytes.Buffer), ended: make(chan struct{})}
	if n.HTTP, err = freePort(); err != nil {
		return nil, err
	}
	if n.Transport, err = freePort(); err != nil {
		return nil, err
	}
	return n, n.start(java, dir, heapMB, wait, settings)
}

// StartAt starts a node whose ports are known.
func StartAt(n *Node, dir string, heapMB int, settings ...string) error {
	java, err := java()
	if err != nil {
		return err
	}
	n.log, n.ended = new(bytes.Buffer), make(chan struct{})
	return n.start(java, dir, heapMB, false, settings)
}

// Reserve finds ports for a node.
func Reserve() (n *Node, err error) {
	n = new(Node)
	if n.HTTP, err = freePort(); err == nil {
		n.Transport, err = freePort()
	}
	return n, err
}

func (n *Node) start(java, dir string, heapMB int, wait bool, settings []string) error {
	if err := os.MkdirAll(filepath.Join(dir, "config"), 0o755); err != nil {
		return err
	}
	jars := os.Getenv(Jars)
	args := []string{
		fmt.Sprintf("-Xmx%dm", heapMB), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector",
		"-cp", jars + string(filepath.ListSeparator) + filepath.Join(jars, "*"), "Launcher", dir,
		fmt.Sprintf("http.port=%d", n.HTTP), fmt.Sprintf("transport.port=%d", n.Transport),
	}
	n.URL = fmt.Sprintf("http://127.0.0.1:%d", n.HTTP)
	n.command = exec.Command(java, append(args, settings...)...)
	n.command.Dir, n.command.Stdout, n.command.Stderr = dir, n.log, n.log
	var err error
	if n.stdin, err = n.command.StdinPipe(); err != nil {
		return err
	}
	if err := n.command.Start(); err != nil {
		return err
	}
	go func() { _ = n.command.Wait(); close(n.ended) }()
	if wait {
		return n.Wait(http.StatusOK, "/", startTime)
	}
	return nil
}

// startTime is how long a node may take on a busy machine.
const startTime = 3 * time.Minute

// Wait waits until a path answers with a status.
func (n *Node) Wait(status int, path string, most time.Duration) error {
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		select {
		case <-n.ended:
			return fmt.Errorf("the node ended:\n%s", n.log)
		default:
		}
		if resp, err := http.Get(n.URL + path); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == status {
				return nil
			}
		}
	}
	return fmt.Errorf("the node does not answer %s with %d after %v", path, status, most)
}

// Kill ends a node at once, as a power failure does.
func (n *Node) Kill() {
	_ = n.command.Process.Kill()
	<-n.ended
}

// Close ends a node.
func (n *Node) Close() {
	_ = n.stdin.Close()
	select {
	case <-n.ended:
	case <-time.After(20 * time.Second):
		n.Kill()
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// java returns the program that node/run has found.
func java() (string, error) {
	if _, err := os.Stat(filepath.Join(os.Getenv(Jars), "Launcher.class")); err != nil {
		return "", fmt.Errorf("there is no launcher in %s: make test-opensearch installs it", Jars)
	}
	return filepath.Join(os.Getenv("JAVA_HOME"), "bin", "java"), nil
}
