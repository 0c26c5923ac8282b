package opensearch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
	"time"

	"chaja/search/chars"
)

// How long a lock holds after its owner was seen last, and how often the owner shows itself. Whoever was interrupted leaves a
// lock that holds no longer.
const (
	lockHolds = time.Minute
	lockBeat  = 15 * time.Second
)

// lock is held by the process that writes. It is a document that only one can create.
type lock struct {
	cluster *Cluster
	index   string
	stop    func()

	mu        sync.Mutex
	seq, term int   // of the document as this process has written it
	lost      error // another has taken it
}

// owner is the document.
type owner struct {
	Who  string `json:"who"`
	Seen int64  `json:"seen"` // Unix seconds
}

// written is the answer to a document that was written.
type written struct {
	Seq  int `json:"_seq_no"`
	Term int `json:"_primary_term"`
}

// acquire takes the lock of a name. The error wraps ErrBusy when another process has it, and says which one.
func acquire(ctx context.Context, c *Cluster, name string) (*lock, error) {
	l := &lock{cluster: c, index: name + lockEnd}
	if err := c.createHidden(ctx, l.index); err != nil {
		return nil, err
	}
	w, err := l.write(ctx, url.Values{"op_type": {"create"}})
	if isStatus(err, http.StatusConflict) {
		w, err = l.takeOver(ctx)
	}
	if err != nil {
		return nil, err
	}
	l.seq, l.term = w.Seq, w.Term
	beating, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var group sync.WaitGroup
	group.Go(func() { l.beat(beating) })
	l.stop = func() { cancel(); group.Wait() }
	return l, nil
}

// createHidden makes an index of one shard without a mapping, unless it is there.
func (c *Cluster) createHidden(ctx context.Context, name string) error {
	err := c.do(ctx, "create index "+name, http.MethodPut, path(name), object{
		"settings": object{"number_of_shards": 1, "auto_expand_replicas": "0-1", "hidden": true}, "mappings": object{"enabled": false},
	}, nil)
	if isStatus(err, http.StatusBadRequest) { // it is there, or the next request says what is wrong
		return nil
	}
	return err
}

// takeOver takes a lock whose owner has not been seen for long.
func (l *lock) takeOver(ctx context.Context) (w written, err error) {
	var now struct {
		written
		Source owner `json:"_source"`
	}
	if err := l.cluster.do(ctx, "read lock", http.MethodGet, path(l.index, "_doc", "writer"), nil, &now); err != nil {
		return w, err
	}
	if age := time.Since(time.Unix(now.Source.Seen, 0)); age < lockHolds {
		return w, fmt.Errorf("%w %s: %s, seen %s ago", ErrBusy, l.index, chars.OneLine(now.Source.Who), max(0, age).Round(time.Second))
	}
	w, err = l.write(ctx, url.Values{"if_seq_no": {strconv.Itoa(now.Seq)}, "if_primary_term": {strconv.Itoa(now.Term)}})
	if isStatus(err, http.StatusConflict) {
		return w, fmt.Errorf("%w %s", ErrBusy, l.index)
	}
	return w, err
}

func (l *lock) write(ctx context.Context, how url.Values) (w written, err error) {
	host, err := os.Hostname()
	if err != nil {
		host = "an unknown machine"
	}
	me := owner{fmt.Sprintf("process %d on %s", os.Getpid(), host), time.Now().Unix()}
	return w, l.cluster.do(ctx, "write lock", http.MethodPut, path(l.index, "_doc", "writer")+"?"+how.Encode(), me, &w)
}

// beat shows that the owner is there, until ctx ends or another has the lock.
func (l *lock) beat(ctx context.Context) {
	ticker := time.NewTicker(lockBeat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if !l.show(ctx) {
			return
		}
	}
}

// show writes the lock again. It reports whether it is still held; a cluster that does not answer does not tell.
func (l *lock) show(ctx context.Context) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, err := l.write(ctx, url.Values{"if_seq_no": {strconv.Itoa(l.seq)}, "if_primary_term": {strconv.Itoa(l.term)}})
	switch {
	case isStatus(err, http.StatusConflict), isStatus(err, http.StatusNotFound):
		l.lost = fmt.Errorf("%w %s: it has taken over, as this one was not seen for %s", ErrBusy, l.index, lockHolds)
		return false
	case err == nil:
		l.seq, l.term = w.Seq, w.Term
	}
	return true
}

// held returns an error when another process has taken the lock.
func (l *lock) held(ctx context.Context) error {
	l.show(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lost
}

// release gives the lock back.
func (l *lock) release(ctx context.Context) error {
	l.stop()
	if l.lost != nil {
		return nil
	}
	how := url.Values{"if_seq_no": {strconv.Itoa(l.seq)}, "if_primary_term": {strconv.Itoa(l.term)}}
	err := l.cluster.do(ctx, "give back lock", http.MethodDelete, path(l.index, "_doc", "writer")+"?"+how.Encode(), nil, nil)
	if isStatus(err, http.StatusConflict) || isStatus(err, http.StatusNotFound) {
		return nil
	}
	return err
}
