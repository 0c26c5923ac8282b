package main

import (
	"encoding/json"
	"html"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chaja/search/httpapi/querylog"
)

const deployFiles = "../../docs/deploy/"

// need skips a test whose program is not installed, which CI installs.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("there is no %s", program)
	}
}

// openFolder makes a folder that other users may read, which those of testing are not.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "chaja-deploy")
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	must(t, os.Chmod(dir, 0o755))
	return dir
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// TestDeployUnit: systemd knows whatever stands in the unit, with and without what changes it for an index of CI, and
// finds that it may do little.
func TestDeployUnit(t *testing.T) {
	need(t, "systemd-analyze")
	dir := openFolder(t)
	for _, part := range []struct{ from, to string }{{"chaja.service", ""}, {"from-ci.conf", "chaja.service.d"}} {
		text, err := os.ReadFile(deployFiles + part.from)
		must(t, err)
		write(t, filepath.Join(dir, part.to, part.from), strings.ReplaceAll(string(text), "/usr/bin/chaja", "/bin/true"))
		out := shell(t, `systemd-analyze verify "$AT/chaja.service" 2>&1 | grep -F -e "$AT" -e chaja. || true`, "AT="+dir)
		if out != "" {
			t.Errorf("with %s: %s", part.from, out)
		}
	}
	shell(t, `systemd-analyze security --offline=true --threshold=20 "$AT/chaja.service"`, "AT="+dir)
}

// TestDeployServer is a server as docs/deployment.md sets it up: the command of the unit over a checkout that is pulled;
// settings read again, a stop, the queries of readers copied, the disk lost, and all of it back.
func TestDeployServer(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts other programs: go test without -short")
	}
	need(t, "git")
	unit, err := os.ReadFile(deployFiles + "chaja.service")
	must(t, err)
	dir := openFolder(t)
	write(t, dir+"/origin/posts/2025-01-01-first.md", "---\ntitle: 첫 글\n---\n도서관 자원봉사 이야기")
	git := `export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b; cd "$AT/origin"; `
	shell(t, git+`git init -q -b main . && git add . && git commit -qm first && git clone -q . ../blog`, "AT="+dir)
	must(t, os.Mkdir(dir+"/state", 0o700))
	folders := strings.NewReplacer("/srv/blog", dir+"/blog", "/var/lib/chaja", dir+"/state")
	args := strings.Fields(folders.Replace(first(t, string(unit), `(?m)^ExecStart=/usr/bin/chaja serve (.*)$`)))

	d := startDaemon(t, args...)
	ready := func() {
		t.Helper()
		eventually(t, "it is ready", func() bool { status, _ := d.get(t, "/readyz"); return status == http.StatusOK })
	}
	ready()
	write(t, dir+"/origin/posts/2025-01-02-second.md", "---\ntitle: 둘째 글\n---\n빵집 발효 이야기")
	write(t, dir+"/origin/chaja.yaml", "serve:\n  cors-origin: https://blog.example\n")
	guide, err := os.ReadFile("../../docs/deployment.md")
	must(t, err)
	pull := folders.Replace(first(t, string(guide), `\* \* \* \* root (git .*?)'`))
	shell(t, git+`git add . && git commit -qm second && cd / && `+pull, "AT="+dir)
	eventually(t, "the new post is found", func() bool { return d.total(t, "발효") == 1 })
	d.hangup(t, readAnew) // systemctl reload
	if !d.allowsOrigin(t, "https://blog.example") {
		t.Error("the settings that were pulled are not in force")
	}
	if d.total(t, "우체국") != 0 {
		t.Fatal("there is a post about that")
	}
	d.exits(t)

	shell(t, `cp -a "$AT/state/.index-state" "$AT/copy" && rm -r "$AT/state" && mkdir "$AT/state" && cp -a "$AT/copy" "$AT/state/.index-state"`, "AT="+dir)
	d = startDaemon(t, args...)
	ready()
	if got := d.total(t, "발효"); got != 1 {
		t.Errorf("after the disk was lost %d posts are found, want 1", got)
	}
	upgrade(t, d, folders)
	d = startDaemon(t, args...)
	if got := d.total(t, "발효"); got != 1 || strings.Contains(d.log.String(), "the index is being made") {
		t.Errorf("after an upgrade %d posts are found at once, want 1\n%s", got, d.log)
	}
	var kept struct{ Queries []querylog.Query }
	must(t, json.Unmarshal([]byte(fine(t, "queries", "--index", dir+"/state/index", "--json")), &kept))
	if !slices.ContainsFunc(kept.Queries, func(q querylog.Query) bool { return q.Query == "우체국" }) {
		t.Errorf("the queries that were restored are %v", kept.Queries)
	}
}

// upgrade does what docs/operations.md says for an upgrade without a pause, with the same program as the new one.
func upgrade(t *testing.T, d daemonProcess, folders *strings.Replacer) {
	t.Helper()
	guide, err := os.ReadFile("../../docs/operations.md")
	must(t, err)
	before, after, _ := strings.Cut(first(t, string(guide), "(?s)```sh\ninstall chaja /usr/bin/chaja.new\n(chaja.new index .*?)```"), "systemctl stop chaja\n")
	after, _, _ = strings.Cut(after, "mv /usr/bin/chaja.new")
	bin := t.TempDir()
	must(t, os.Symlink(os.Args[0], filepath.Join(bin, "chaja.new")))
	path := []string{"PATH=" + bin + ":" + os.Getenv("PATH"), asMain + "=1"}
	shell(t, folders.Replace(before), path...)
	d.exits(t)
	shell(t, folders.Replace(after), path...)
}

// TestDeployProxies: nginx and Caddy take the configurations of docs/deploy. Through each a search comes, be it with a
// name of its own or as a folder of the blog, and every address of its page; not what is only for the owner.
func TestDeployProxies(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts other programs: go test without -short")
	}
	t.Setenv("CHAJA_INDEX", t.TempDir())
	fine(t, "index", "--site", "../../data")
	server := serveSite(t, "--site", "../../data", "--trusted-proxy", "127.0.0.1/32")
	for _, test := range []struct{ program, file, prefix, scheme string }{
		{"nginx", "nginx.conf", "", "https"},
		{"nginx", "nginx-folder.conf", "/search", "http"},
		{"caddy", "Caddyfile", "", "http"},
		{"caddy", "Caddyfile", "/search", "http"},
	} {
		t.Run(test.file+test.prefix, func(t *testing.T) {
			need(t, test.program)
			text, err := os.ReadFile(deployFiles + test.file)
			must(t, err)
			dir, port := openFolder(t), freePort(t)
			conf := strings.ReplaceAll(string(text), "127.0.0.1:7310", strings.TrimPrefix(server.base, "http://"))
			if test.program == "nginx" {
				startNginx(t, dir, conf, port, test.prefix == "")
			} else {
				startCaddy(t, dir, conf, port, test.prefix == "")
			}
			at := test.scheme + "://127.0.0.1:" + port
			checkProxy(t, at, test.prefix)
			if test.program == "nginx" {
				checkProxyLog(t, at, test.prefix, dir+"/chaja.log")
			}
		})
	}
}

// startNginx runs nginx with a server of docs/deploy, or with what one includes.
func startNginx(t *testing.T, dir, conf, port string, whole bool) {
	t.Helper()
	const live = "/etc/letsencrypt/live/search.blog.example/"
	conf = strings.NewReplacer("listen 443 ssl", "listen 127.0.0.1:"+port+" ssl", live+"fullchain.pem", dir+"/cert.pem", live+"privkey.pem", dir+"/key.pem", "/var/log/nginx", dir).Replace(conf)
	if whole {
		need(t, "openssl")
		shell(t, `openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=search.blog.example -keyout "$AT/key.pem" -out "$AT/cert.pem" -days 2 2>&1`, "AT="+dir)
	} else {
		conf = "server { listen 127.0.0.1:" + port + ";\n" + conf + "\nlocation / { return 200 blog; } }\n"
	}
	write(t, dir+"/nginx.conf", "pid "+dir+"/pid;\nerror_log "+dir+"/error.log;\nevents {}\nhttp { access_log "+dir+"/chaja.log;\n"+conf+"}\n")
	shell(t, `nginx -t -c "$AT/nginx.conf" 2>&1 && nginx -c "$AT/nginx.conf"`, "AT="+dir)
	t.Cleanup(func() { shell(t, `kill "$(cat "$AT/pid")"`, "AT="+dir) })
}

// startCaddy runs Caddy with one of the two sites of its file, without TLS, for which it would ask for a certificate.
func startCaddy(t *testing.T, dir, conf, port string, ofItsOwn bool) {
	t.Helper()
	name, other := "search.blog.example {", "\nblog.example {"
	if !ofItsOwn {
		name, other = other, name
	}
	conf = strings.Replace(conf, other, "\nhttp://127.0.0.2:"+port+" {", 1)
	conf = strings.Replace(conf, name, "\nhttp://127.0.0.1:"+port+" {", 1)
	write(t, dir+"/Caddyfile", "{\nadmin off\nauto_https off\n}\n"+strings.ReplaceAll(conf, "/var/www/blog", dir))
	cmd := exec.Command("caddy", "run", "--config", dir+"/Caddyfile")
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	said := &buffer{}
	cmd.Stdout, cmd.Stderr = said, said
	must(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	eventually(t, "Caddy answers", func() bool {
		connection, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			connection.Close()
		}
		return err == nil
	})
}

// checkProxy asks through a web server for what readers need, and for what they must not see.
func checkProxy(t *testing.T, at, prefix string) {
	t.Helper()
	status := func(path string) string {
		return shell(t, `curl -sk -o /dev/null -w '%{http_code}' "$URL"`, "URL="+at+prefix+path)
	}
	for path, want := range map[string]string{
		"/": "200", "/api/v1/search?q=kafka": "200", "/search-box.js": "200", "/metrics": "404", "/readyz": "404", "/healthz": "404",
	} {
		if got := status(path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	page := shell(t, `curl -sk "$URL"`, "URL="+at+prefix+"/?q=kafka")
	links := regexp.MustCompile(`(?:href|src|action)="\./([^"]*)"`).FindAllStringSubmatch(page, -1)
	if len(links) < 5 {
		t.Errorf("the page has %d addresses of the search:\n%s", len(links), page)
	}
	for _, m := range links {
		if got := status("/" + html.UnescapeString(m[1])); got != "200" {
			t.Errorf("%s of the page is %s", m[1], got)
		}
	}
	if described := shell(t, `curl -sk "$URL"`, "URL="+at+prefix+"/opensearch.xml"); !strings.Contains(described, `template="`+at+prefix+`/?q=`) {
		t.Errorf("browsers are told of another address:\n%s", described)
	}
}

// checkProxyLog asks through nginx, and reads what it logged: with a server of its own the id of the answer, as a folder
// nothing of the search, and in neither who asked or what.
func checkProxyLog(t *testing.T, at, prefix, path string) {
	t.Helper()
	id := first(t, shell(t, `curl -skD - -o /dev/null "$URL"`, "URL="+at+prefix+"/api/v1/search?q=kafka"), `(?i)x-request-id: (\w+)`)
	shell(t, `curl -sk -o /dev/null "$URL"`, "URL="+at+"/last")
	var log string
	eventually(t, "the last request is logged", func() bool {
		text, _ := os.ReadFile(path)
		log = string(text)
		return strings.Contains(log, "/last")
	})
	if strings.Contains(log, "kafka") {
		t.Errorf("nginx logs queries:\n%s", log)
	}
	if prefix != "" {
		return // what else stands in its log is of the blog
	}
	if strings.Contains(log, "127.0.0.1") || !strings.Contains(log, " "+id+" GET /api/v1/search 200 ") {
		t.Errorf("nginx logs addresses, or not the id %s:\n%s", id, log)
	}
}
