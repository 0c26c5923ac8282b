package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
)

const requestIDHeader = "X-Request-Id"

// visit is what is known of a request before it is looked at.
type visit struct {
	id     string
	client netip.Addr // who asks; invalid when that is not known
	https  bool       // the client speaks HTTPS, with this server or a proxy
}

type visitKey struct{}

// identified gives every request an id, which the answer and the log carry, and finds out who asks. Of a trusted proxy
// it takes the id, so that the logs of both tell of the same request.
func (a *api) identified(_ route, next http.Handler) http.Handler {
	usable := regexp.MustCompile(`^[0-9A-Za-z._-]{1,64}$`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visit{id: rand.Text()[:16], client: peer(r), https: r.TLS != nil}
		if a.trusts(v.client) {
			if given := r.Header.Get(requestIDHeader); usable.MatchString(given) {
				v.id = given
			}
			v.https = v.https || r.Header.Get("X-Forwarded-Proto") == "https"
			v.client = a.forwardedFor(v.client, r.Header.Values("X-Forwarded-For"))
		}
		w.Header().Set(requestIDHeader, v.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), visitKey{}, v)))
	})
}

func visitOf(r *http.Request) visit {
	v, _ := r.Context().Value(visitKey{}).(visit)
	return v
}

func requestID(r *http.Request) string { return visitOf(r).id }

// peer is the other end of the connection.
func peer(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap().WithZone("")
}

func (a *api) trusts(addr netip.Addr) bool {
	for _, prefix := range a.TrustedProxies {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// maxHops bounds how many proxies may stand before the server.
const maxHops = 16

// forwardedFor goes back from a trusted proxy through X-Forwarded-For to the first address that is not trusted: what
// stands before it in the header is what that client claims.
func (a *api) forwardedFor(client netip.Addr, header []string) netip.Addr {
	rest := strings.Join(header, ",")
	for hops := 0; hops < maxHops && rest != "" && a.trusts(client); hops++ {
		comma := strings.LastIndexByte(rest, ',')
		hop, err := parseHop(strings.TrimSpace(rest[comma+1:]))
		if err != nil {
			return client
		}
		client, rest = hop, rest[:max(comma, 0)]
	}
	return client
}

// parseHop reads an address with or without a port.
func parseHop(s string) (netip.Addr, error) {
	if at, err := netip.ParseAddrPort(s); err == nil {
		return at.Addr().Unmap().WithZone(""), nil
	}
	addr, err := netip.ParseAddr(s)
	return addr.Unmap().WithZone(""), err
}
