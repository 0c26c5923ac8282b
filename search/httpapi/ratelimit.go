package httpapi

import (
	"net/netip"
	"sync"

	"golang.org/x/time/rate"
)

const (
	// burst is how many seconds' worth of requests may come at once: typing a few words asks with every letter.
	burst = 3

	// maxClients is the size at which young becomes old, so at most twice as many clients are remembered: a megabyte or
	// two.
	maxClients = 10_000
)

// clients limits each client by a bucket of tokens. A client that asks goes into young. When young is full it becomes
// old, and the former old is forgotten: a client that has not asked meanwhile begins anew.
type clients struct {
	mu         sync.Mutex
	rate       int
	young, old map[netip.Prefix]*rate.Limiter
}

func newClients(perSecond int) *clients {
	return &clients{rate: perSecond, young: map[netip.Prefix]*rate.Limiter{}}
}

func (c *clients) allow(client netip.Addr) bool {
	key := network(client)
	c.mu.Lock()
	defer c.mu.Unlock()
	limiter := c.young[key]
	if limiter == nil {
		if limiter = c.old[key]; limiter == nil {
			limiter = rate.NewLimiter(rate.Limit(c.rate), burst*c.rate)
		}
		if len(c.young) >= maxClients {
			c.old, c.young = c.young, map[netip.Prefix]*rate.Limiter{}
		}
		c.young[key] = limiter
	}
	return limiter.Allow()
}

// network returns the addresses that one client has: one of IPv4, but a /64 of IPv6, from which a client can take any
// address at any time.
func network(client netip.Addr) netip.Prefix {
	bits := client.BitLen()
	if client.Is6() {
		bits = 64
	}
	prefix, _ := client.Prefix(bits) // the zero prefix for an unknown address: all of these share one bucket
	return prefix
}
