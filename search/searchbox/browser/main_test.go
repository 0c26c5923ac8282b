// Package browser tests the search box and the pages in a real Chromium and Firefox, with the real binary behind them.
package browser

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Variables of the environment. Without the first the tests are skipped, as they need minutes and a browser; with the
// second they fail where they would skip.
const (
	runVariable      = "CHAJA_BROWSER"
	requiredVariable = "CHAJA_BROWSER_REQUIRED"
	axeVariable      = "CHAJA_AXE"         // axe.min.js of axe-core
	shotsVariable    = "CHAJA_SCREENSHOTS" // folder for the screenshots of README
	statesVariable   = "CHAJA_STATES"      // folder for those of every state
)

// patience is how long a test waits for what takes a moment.
const patience = 20 * time.Second

// world is what all tests share.
type world struct {
	browser context.Context
	chaja   string // address of the server
	blog    *blog

	elsewhere string // address of a site that uses chaja from another origin
}

var shared *world // made by TestMain; nil where tests are skipped

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if os.Getenv(runVariable) == "" {
		fmt.Println("browser tests are skipped: make test-browser runs them")
		return m.Run()
	}
	chromium, err := findChromium()
	if err != nil {
		if os.Getenv(requiredVariable) != "" {
			fmt.Println("FAIL: the browser tests must run here:", err)
			return 1
		}
		fmt.Println("SKIP: no browser test is run:", err)
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "chaja-browser")
	if err != nil {
		fmt.Println("make folder:", err)
		return 1
	}
	defer os.RemoveAll(dir)
	other := httptest.NewUnstartedServer(nil)
	base, stop, err := startChaja(dir, "http://"+other.Listener.Addr().String())
	if err != nil {
		fmt.Println("start chaja:", err)
		return 1
	}
	defer stop()
	blog, err := newBlog(base)
	if err != nil {
		fmt.Println("make blog:", err)
		return 1
	}
	defer blog.Close()
	other.Config.Handler = elsewhere(base)
	other.Start()
	defer other.Close()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.UserDataDir(filepath.Join(dir, "profile")),
		chromedp.Flag("blink-settings", "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4")) // a mouse
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	browser, cancel := chromedp.NewContext(allocator)
	defer cancel()
	if err := chromedp.Do(browser); err != nil {
		fmt.Println("start browser:", err)
		return 1
	}
	shared = &world{browser: browser, chaja: base, blog: blog, elsewhere: other.URL}
	return m.Run()
}

func findChromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no chromium on this machine; on Debian: apt-get install chromium fonts-noto-cjk")
}

// startChaja builds chaja, indexes the sample site and serves it, for pages of another origin, too.
func startChaja(dir, origin string) (base string, stop func(), err error) {
	binary, index := filepath.Join(dir, "chaja"), filepath.Join(dir, "index")
	for _, args := range [][]string{
		{"go", "build", "-o", binary, "chaja/cmd/chaja"},
		{binary, "index", "--site", sampleSite, "--index", index},
	} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			return "", nil, fmt.Errorf("%s: %w\n%s", args[0], err, out)
		}
	}
	server := exec.Command(binary, "serve", "--index", index, "--addr", "127.0.0.1:0", "--cors-origin", origin)
	out, err := server.StdoutPipe()
	if err != nil {
		return "", nil, fmt.Errorf("read address: %w", err)
	}
	log, err := server.StderrPipe()
	if err != nil {
		return "", nil, fmt.Errorf("read log: %w", err)
	}
	if err := server.Start(); err != nil {
		return "", nil, fmt.Errorf("start server: %w", err)
	}
	go showErrors(log)
	stop = func() { _ = server.Process.Kill(); _ = server.Wait() }
	line, err := bufio.NewReader(out).ReadString('\n')
	if base = regexp.MustCompile(`http://[0-9.:]+`).FindString(line); err != nil || base == "" {
		stop()
		return "", nil, fmt.Errorf("no address in %q: %w", line, err)
	}
	return base, stop, nil
}

// showErrors prints the lines of a server's log but for its requests.
func showErrors(log io.Reader) {
	for lines := bufio.NewScanner(log); lines.Scan(); {
		if !strings.Contains(lines.Text(), "level=INFO") {
			fmt.Println(lines.Text())
		}
	}
}

// need skips a test without a browser.
func need(t *testing.T) *world {
	t.Helper()
	if shared == nil {
		t.Skip("no browser: see the first line of the output")
	}
	return shared
}
