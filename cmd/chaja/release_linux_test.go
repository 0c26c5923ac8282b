package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

// releaseTest skips what builds the program several times, unless it is asked for (make test-release).
func releaseTest(t *testing.T) {
	t.Helper()
	if os.Getenv("CHAJA_TEST_RELEASE") == "" {
		t.Skip("make test-release runs it")
	}
	t.Chdir("../..")
}

// shell runs a command in the root of the repository and returns what it prints.
func shell(t *testing.T, command string, env ...string) string {
	t.Helper()
	cmd := exec.Command("bash", "-euc", command)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	return string(out)
}

// TestReleaseContents: a release has what it is to have, and that works.
func TestReleaseContents(t *testing.T) {
	releaseTest(t)
	sums := releaseHere(t)
	for _, name := range []string{"chaja-0.0.1-linux-amd64.tar.gz", "chaja_0.0.1_amd64.deb", "chaja-0.0.1.cdx.json", "chaja.rb"} {
		if !strings.Contains(sums, name) {
			t.Errorf("the release has no %s:\n%s", name, sums)
		}
	}
	root := t.TempDir()
	shell(t, `dpkg-deb -x bin/dist/chaja_0.0.1_amd64.deb "$ROOT"`, "ROOT="+root)
	if got := shell(t, `"$ROOT"/usr/bin/chaja version`, "ROOT="+root); !strings.HasPrefix(got, "chaja v0.0.1 (") {
		t.Errorf("the packaged program says %q", got)
	}
	if got := shell(t, `man -l "$ROOT"/usr/share/man/man1/chaja-search.1 2>/dev/null || zcat -f "$ROOT"/usr/share/man/man1/chaja-search.1*`, "ROOT="+root); !strings.Contains(got, "per-page") {
		t.Errorf("the manual page has no --per-page:\n%s", got)
	}
}

// TestReleaseIsReproducible: the same commit makes the same bytes, in another folder too.
func TestReleaseIsReproducible(t *testing.T) {
	releaseTest(t)
	copied := filepath.Join(t.TempDir(), "elsewhere")
	shell(t, `git clone -q . "$TO"`, "TO="+copied)
	shell(t, `git diff --quiet HEAD || { echo "commit first: a release is made of a commit"; exit 1; }`)
	if first, second := releaseHere(t), release(t, copied); first != second {
		t.Errorf("one release is\n%sand another\n%s", first, second)
	}
}

// releaseHere makes the release of this checkout, once for all tests, and returns its checksums.
func releaseHere(t *testing.T) string {
	t.Helper()
	if releasedHere == "" {
		releasedHere = release(t, ".")
	}
	return releasedHere
}

var releasedHere string

// release makes a release for this platform in bin/dist of a checkout, and returns its checksums.
func release(t *testing.T, dir string) string {
	t.Helper()
	shell(t, `cd "$AT" && .ci/release`, "AT="+dir, "PLATFORMS=linux/amd64", "VERSION=v0.0.1", "DIST=bin/dist")
	text, err := os.ReadFile(filepath.Join(dir, "bin/dist/SHA256SUMS"))
	must(t, err)
	return string(text)
}

// TestDeployWorkflow: actionlint finds nothing in the workflow of docs/deploy, and its steps put an index where a server
// finds it, the second time in place of the first.
func TestDeployWorkflow(t *testing.T) {
	site := sampleSite(t)
	releaseTest(t)
	shell(t, `go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 docs/deploy/search.yml`)
	text, err := os.ReadFile("docs/deploy/search.yml")
	must(t, err)
	var workflow struct {
		Jobs struct {
			Index struct{ Steps []struct{ Name, Run string } }
		}
	}
	must(t, yaml.Unmarshal(text, &workflow))
	releaseHere(t)
	home, server, releases := t.TempDir(), t.TempDir(), t.TempDir()
	dist, err := filepath.Abs("bin/dist")
	must(t, err)
	must(t, os.Symlink(dist, releases+"/v0.0.1"))
	env := []string{"HOME=" + home, "GITHUB_PATH=" + home + "/path", "CHAJA_VERSION=0.0.1", "CHAJA_RELEASES=file://" + releases,
		"PATH=" + home + "/.local/bin:" + os.Getenv("PATH"), "KEY=k", "KNOWN_HOSTS=h", "SITE=" + site}
	for round := range 2 {
		write(t, filepath.Join(site, "posts", "2025-01-01-round.md"), "---\ntitle: 배포한 글\n---\n"+strconv.Itoa(round)+"회차입니다")
		ran := 0
		for _, step := range workflow.Jobs.Index.Steps {
			if step.Run == "" {
				continue
			}
			ran++
			shell(t, `cd "$SITE"; `+strings.ReplaceAll(step.Run, "$HOST:/srv/search/", server+"/"), env...)
			must(t, os.MkdirAll(server+"/index", 0o755))
		}
		if ran != 4 {
			t.Errorf("%d steps were run, want 4", ran)
		}
		if got := fine(t, "search", "--index", server+"/index", strconv.Itoa(round)+"회차"); !strings.Contains(got, "배포한 글") {
			t.Errorf("round %d: the server does not find the new post:\n%s", round, got)
		}
		if entries, err := filepath.Glob(server + "/index/gen-*"); err != nil || len(entries) != 1 {
			t.Errorf("round %d: %d generations on the server, want 1", round, len(entries))
		}
	}
}

// image is what a build of Dockerfile makes, without Docker: a folder that becomes the root of a process of its user.
type image struct {
	text, root string
	user       uint32
	env        []string
}

// TestDockerfile does what a build of the image does: the RUN line that builds, and the COPY lines of the last stage. There
// is nothing else in it. Then it does the same with the image of docs/deployment.md that has an index in it.
func TestDockerfile(t *testing.T) {
	releaseTest(t)
	if os.Geteuid() != 0 {
		t.Skip("only root may change the root of a process")
	}
	text, err := os.ReadFile("Dockerfile")
	must(t, err)
	i := buildImage(t, string(text))
	shell(t, `cp -r data "$ROOT/site" && chmod -R a+rX "$ROOT/site"`, "ROOT="+i.root)
	i.isWell(t, first(t, i.text, `(?m)^CMD \[(.*)\]$`))
	if left := strings.Fields(shell(t, `cd "$ROOT" && ls -A`, "ROOT="+i.root)); !slices.Equal(left, []string{"chaja", "index", "site"}) {
		t.Errorf("beside the index something was written: %q", left)
	}

	guide, err := os.ReadFile("docs/deployment.md")
	must(t, err)
	baked := first(t, string(guide), "(?s)```dockerfile\nFROM chaja\n(.*?)```")
	shell(t, `rm -r "$ROOT/site" && cp -r data "$ROOT/site" && chown -R "$BY" "$ROOT/site"`, "ROOT="+i.root, "BY="+first(t, baked, `--chown=(\S+) `))
	command := strings.TrimPrefix(first(t, baked, `(?m)^RUN \[(.*)\]$`), `"/chaja", `)
	if out, err := i.inside(t, `"/chaja", `+command).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	shell(t, `chown -R 0 "$ROOT/site"; chmod -R go-w "$ROOT/site"`, "ROOT="+i.root) // as --read-only
	i.env = append(i.env, first(t, baked, `(?m)^ENV (.*)$`))
	if said := i.isWell(t, first(t, baked, `(?m)^CMD \[(.*)\]$`)); strings.Contains(said, "level=WARN") {
		t.Errorf("an image with an index in it warns:\n%s", said)
	}
}

func buildImage(t *testing.T, dockerfile string) image {
	t.Helper()
	build, text, _ := strings.Cut(dockerfile, "FROM scratch")
	i := image{text: text, root: t.TempDir()}
	must(t, os.Chmod(i.root, 0o755))
	out := t.TempDir()
	shell(t, strings.ReplaceAll(first(t, build, `(?m)^RUN (CGO_ENABLED=0 .*)$`), "/out", out))
	uid, err := strconv.ParseUint(first(t, text, `(?m)^USER (\d+):\d+$`), 10, 32)
	must(t, err)
	i.user = uint32(uid)
	for _, m := range regexp.MustCompile(`(?m)^COPY --from=build (--chown=\S+ )?/out(\S+) (\S+)$`).FindAllStringSubmatch(text, -1) {
		shell(t, `cp -r "$FROM" "$TO"`, "FROM="+out+m[2], "TO="+i.root+m[3])
		if m[1] != "" {
			must(t, os.Chown(i.root+m[3], int(uid), int(uid)))
		}
	}
	for _, pair := range strings.Fields(first(t, text, `(?m)^ENV (.*)$`)) {
		i.env = append(i.env, strings.Replace(pair, "0.0.0.0:7310", "127.0.0.1:7310", 1))
	}
	return i
}

// inside is a command of the image, in the form of its file: "/chaja", "serve".
func (i image) inside(t *testing.T, line string) *exec.Cmd {
	t.Helper()
	var words []string
	for _, m := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(line, -1) {
		words = append(words, m[1])
	}
	cmd := exec.CommandContext(t.Context(), words[0], words[1:]...)
	cmd.Env, cmd.Dir = i.env, "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: i.root, Credential: &syscall.Credential{Uid: i.user, Gid: i.user}}
	return cmd
}

// isWell runs the image with a CMD until it says that it is well, and returns what it has logged when it has ended.
func (i image) isWell(t *testing.T, cmd string) string {
	t.Helper()
	health := first(t, i.text, `(?m)^HEALTHCHECK .* CMD \[(.*)\]$`)
	if err := i.inside(t, health).Run(); err == nil {
		t.Error("it is well before it runs")
	}
	server := i.inside(t, first(t, i.text, `(?m)^ENTRYPOINT \[(.*)\]$`)+", "+cmd)
	var said bytes.Buffer
	server.Stderr = &said
	must(t, server.Start())
	for end := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		out, err := i.inside(t, health).CombinedOutput()
		if err == nil {
			break
		}
		if time.Now().After(end) {
			_ = server.Process.Kill()
			_ = server.Wait()
			t.Fatalf("it is never well: %s\n%s", out, said.String())
		}
	}
	must(t, server.Process.Signal(syscall.SIGTERM))
	must(t, server.Wait())
	return said.String()
}

// first returns the first group of a pattern that a text must have.
func first(t *testing.T, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in\n%s", pattern, text)
	}
	return m[1]
}
