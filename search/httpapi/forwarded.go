package httpapi

import (
	"net/http"
	"net/netip"
	"path"
	"slices"
	"strings"
)

// visit is what the middleware knows of a request. It belongs to the goroutine of the request.
type visit struct {
	id     string     // the request ID
	client netip.Addr // who asks; invalid when that is not known
	https  bool       // the client speaks HTTPS, with this server or a proxy
	prefix string     // the path of this server as the client sees it, such as /search; empty at the root

	failure error // what went wrong in the server, for the line of the log; nil when nothing did
}

type visitKey struct{}

// visitOf returns the visit of a request, an empty one of a request that has not passed the middleware.
func visitOf(r *http.Request) *visit {
	if v, ok := r.Context().Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{}
}

// peer is the other end of the connection.
func peer(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap().WithZone("")
}

func (a *api) trusts(addr netip.Addr) bool {
	return slices.ContainsFunc(a.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// maxHops bounds how many proxies may stand before the server.
const maxHops = 16

// forwardedFor returns the address of the client behind trusted proxies. It reads X-Forwarded-For from its end, up to the
// first address that is not trusted: whatever stands before that is a mere claim. A proxy that forwards for somebody whom
// it does not name, or does not name by an address, forwards for an unknown client. That is the zero address, never the
// proxy's own, which may be this machine's and so without limit.
func (a *api) forwardedFor(client netip.Addr, header []string) netip.Addr {
	if len(header) == 0 {
		return client // the proxy itself asks
	}
	rest, more := strings.Join(header, ","), true
	for hops := 0; more && a.trusts(client); hops++ {
		comma := strings.LastIndexByte(rest, ',')
		hop, err := parseHop(strings.TrimSpace(rest[comma+1:]))
		if err != nil || hops == maxHops {
			return netip.Addr{}
		}
		client, rest, more = hop, rest[:max(comma, 0)], comma >= 0
	}
	return client
}

// parseHop reads an address with or without a port, of IPv6 with or without brackets.
func parseHop(s string) (netip.Addr, error) {
	if at, err := netip.ParseAddrPort(s); err == nil {
		return at.Addr().Unmap().WithZone(""), nil
	}
	if inside, ok := strings.CutPrefix(s, "["); ok {
		s = strings.TrimSuffix(inside, "]")
	}
	addr, err := netip.ParseAddr(s)
	return addr.Unmap().WithZone(""), err
}

// forwardedPrefix reads X-Forwarded-Prefix, which proxies set that take a folder off the path (Traefik, Spring). What is no
// clean path counts as none.
func forwardedPrefix(header string) string {
	prefix := strings.TrimSuffix(header, "/")
	if !strings.HasPrefix(prefix, "/") || strings.HasPrefix(prefix, "//") || path.Clean(prefix) != prefix || strings.ContainsAny(prefix, "{}?#\"\\<>") {
		return ""
	}
	return prefix
}
