package httpapi

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

// TestClient: whose address counts, by who connects and what X-Forwarded-For claims.
func TestClient(t *testing.T) {
	tests := []struct {
		name, remote string
		forwarded    []string
		want         string
	}{
		{"nobody between", "203.0.113.7:1000", nil, "203.0.113.7"},
		{"a claim from anybody", "203.0.113.7:1000", []string{"198.51.100.1"}, "203.0.113.7"},
		{"a proxy", "10.0.0.1:1000", []string{"203.0.113.7"}, "203.0.113.7"},
		{"a proxy, and a claim before it", "10.0.0.1:1000", []string{"198.51.100.1, 203.0.113.7"}, "203.0.113.7"},
		{"a claim to be a proxy", "10.0.0.1:1000", []string{"198.51.100.1, 10.0.0.9, 203.0.113.7"}, "203.0.113.7"},
		{"two proxies", "10.0.0.1:1000", []string{"203.0.113.7, 10.0.0.2"}, "203.0.113.7"},
		{"two headers", "10.0.0.1:1000", []string{"203.0.113.7", "10.0.0.2"}, "203.0.113.7"},
		{"a port", "10.0.0.1:1000", []string{"203.0.113.7:99"}, "203.0.113.7"},
		{"IPv6 in brackets", "10.0.0.1:1000", []string{"[2001:db8::1]:99"}, "2001:db8::1"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:1000", []string{"::ffff:203.0.113.7"}, "203.0.113.7"},
		{"a zone", "[fe80::1%eth0]:1000", nil, "fe80::1"},
		{"nonsense", "10.0.0.1:1000", []string{"unknown"}, "invalid IP"},
		{"nonsense before a proxy", "10.0.0.1:1000", []string{"unknown, 10.0.0.2"}, "invalid IP"},
		{"nothing from a proxy", "10.0.0.1:1000", []string{""}, "invalid IP"},
		{"a blank at the end", "10.0.0.1:1000", []string{"203.0.113.7, "}, "invalid IP"},
		{"a hidden name", "10.0.0.1:1000", []string{"203.0.113.7, _hidden"}, "invalid IP"},
		{"too large a number", "10.0.0.1:1000", []string{"203.0.113.256"}, "invalid IP"},
		{"bad UTF-8", "10.0.0.1:1000", []string{"\xff"}, "invalid IP"},
		{"nonsense before a client", "10.0.0.1:1000", []string{"unknown, 203.0.113.7"}, "203.0.113.7"},
		{"IPv6 in brackets without a port", "10.0.0.1:1000", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"the proxy itself", "10.0.0.1:1000", nil, "10.0.0.1"},
		{"proxies without end", "10.0.0.1:1000", []string{"203.0.113.7" + strings.Repeat(", 10.0.0.2", 5000)}, "invalid IP"},
		{"as many proxies as may be", "10.0.0.1:1000", []string{"203.0.113.7" + strings.Repeat(", 10.0.0.2", maxHops-1)}, "203.0.113.7"},
		{"no address", "pipe", nil, "invalid IP"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &api{Options: Options{TrustedProxies: prefixes(t, "10.0.0.0/8")}}
			var got visit
			h := a.requestID(route{}, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = *visitOf(r) }))
			r := from(t, tt.remote, "GET", "/")
			r.Header["X-Forwarded-For"] = tt.forwarded
			do(h, r)
			if got.client.String() != tt.want {
				t.Errorf("client %s, want %s", got.client, tt.want)
			}
		})
	}
}

func TestRate(t *testing.T) {
	const perSecond = 1
	tests := []struct {
		name string
		next func(n int) (remote, forwarded string) // of the nth request
		path string
		cut  bool
	}{
		{"one client", func(int) (string, string) { return "203.0.113.7:1", "" }, "/api/v1/tags", true},
		{"claims to be many", func(n int) (string, string) { return "203.0.113.7:1", fmt.Sprintf("198.51.100.%d", n) }, "/api/v1/tags", true},
		{"many claims through a proxy", func(n int) (string, string) {
			return "10.0.0.1:1", fmt.Sprintf("198.51.100.%d, 203.0.113.7", n)
		}, "/api/v1/tags", true},
		{"one network of IPv6", func(n int) (string, string) { return fmt.Sprintf("[2001:db8::%x]:1", n+1), "" }, "/api/v1/tags", true},
		{"unknown paths too", func(int) (string, string) { return "203.0.113.7:1", "" }, "/nothing", true},
		{"many clients", func(n int) (string, string) { return fmt.Sprintf("203.0.113.%d:1", n), "" }, "/api/v1/tags", false},
		{"many clients of a proxy", func(n int) (string, string) { return "10.0.0.1:1", fmt.Sprintf("203.0.113.%d", n) }, "/api/v1/tags", false},
		{"many networks of IPv6", func(n int) (string, string) { return fmt.Sprintf("[2001:db8:0:%x::1]:1", n), "" }, "/api/v1/tags", false},
		{"nobody can be known through a proxy here", func(n int) (string, string) { return "127.0.0.1:1", fmt.Sprintf("_hidden%d", n) }, "/api/v1/tags", true},
		{"an empty name through a proxy here", func(int) (string, string) { return "127.0.0.1:1", " " }, "/api/v1/tags", true},
		{"this machine", func(int) (string, string) { return "127.0.0.1:1", "" }, "/api/v1/tags", false},
		{"probes", func(int) (string, string) { return "203.0.113.7:1", "" }, "/healthz", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newAPI(t, &fake{}, Options{Rate: perSecond, TrustedProxies: prefixes(t, "10.0.0.0/8", "127.0.0.1/32")})
			refused := 0
			for n := range burst*perSecond + 10 {
				remote, forwarded := tt.next(n)
				r := from(t, remote, "GET", tt.path)
				if forwarded != "" {
					r.Header.Set("X-Forwarded-For", forwarded)
				}
				w := do(h, r)
				if w.Code == http.StatusTooManyRequests {
					refused++
					if e := errorOf(t, w); e.Code != "too_many_requests" || w.Header().Get("Retry-After") != "1" {
						t.Fatalf("%+v, %v", e, w.Header())
					}
				}
			}
			if (refused >= 9) != tt.cut || !tt.cut && refused > 0 { // one may pass as time goes by
				t.Errorf("%d refused", refused)
			}
		})
	}
}

// TestRateForgets: the clients that are remembered are bounded.
func TestRateForgets(t *testing.T) {
	c := newClients(1)
	for n := range 5 * maxClients {
		c.allow(netip.AddrFrom4([4]byte{20, byte(n >> 16), byte(n >> 8), byte(n)}))
	}
	if len(c.young)+len(c.old) > 2*maxClients {
		t.Errorf("%d clients", len(c.young)+len(c.old))
	}
}
