package generation

import (
	"context"
	"time"
)

// How often the files of a generation are verified.
const (
	inspectEvery = time.Hour   // while it is in use: disks forget
	mendFirst    = time.Second // once it is damaged, as someone may put a file back; then after twice the time
)

// inspect verifies all files of a generation in the background, again and again, until ctx ends.
func (m *Manager) inspect(ctx context.Context, g *Generation) {
	if g.whole && !m.rest(ctx, g, mendFirst) {
		return
	}
	for mend := mendFirst; ; mend = min(2*mend, inspectEvery) {
		_, err := g.Manifest.verify(ctx, system{}, g.path(), everything, true)
		if ctx.Err() != nil {
			return
		}
		m.found(ctx, g, err)
		if !m.rest(ctx, g, mend) {
			return
		}
	}
}

// found draws the conclusion from an inspection.
func (m *Manager) found(ctx context.Context, g *Generation, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case ctx.Err() != nil:
	case err != nil:
		m.judge(g, err)
		m.leaveDamaged()
	case g.Damage() != nil:
		m.again = time.Time{} // the next request opens it
	default:
		g.whole = true
		m.letGo(m.previous)
		m.previous = nil
	}
}

// rest waits until the next inspection is due: with damage after the time mend. It reports false when ctx has ended.
func (m *Manager) rest(ctx context.Context, g *Generation, mend time.Duration) bool {
	if g.Damage() != nil {
		wait(ctx, mend)
		return ctx.Err() == nil
	}
	timer := time.NewTimer(inspectEvery)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-g.health.ill:
		m.Manifest() // leaves it, and tells that it is broken, before anyone asks
	case <-timer.C:
	}
	return ctx.Err() == nil
}
