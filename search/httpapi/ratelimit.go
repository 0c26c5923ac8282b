package httpapi

import (
	"net/netip"
	"sync"

	"golang.org/x/time/rate"
)

const (
	// burst is how many seconds' worth of requests may come at once: typing a few words asks with every letter.
	burst = 3

	// maxClients bounds the clients that are remembered, twice over: a megabyte or two.
	maxClients = 10_000
)

// clients limits each client by a bucket of tokens. What asks goes to the young ones; when those are many they become the
// old ones, and who has not asked meanwhile is forgotten and may begin anew.
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

// network is what one client has: an address of IPv4, of IPv6 a /64, of which it can take any address at any time.
func network(client netip.Addr) netip.Prefix {
	bits := client.BitLen()
	if client.Is6() {
		bits = 64
	}
	prefix, _ := client.Prefix(bits) // the zero prefix for an unknown address: all of these share one bucket
	return prefix
}
