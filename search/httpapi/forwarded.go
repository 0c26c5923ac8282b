package httpapi

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// visit holds what requestID finds out about a request.
type visit struct {
	id     string     // the request ID
	client netip.Addr // who asks; invalid when that is not known
	https  bool       // the client speaks HTTPS, with this server or a proxy
}

type visitKey struct{}

func visitOf(r *http.Request) visit {
	v, _ := r.Context().Value(visitKey{}).(visit)
	return v
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
// first address that is not trusted: whatever stands before that is a mere claim.
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
