package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"chaja/internal/smallfile"
)

// maxCertificate bounds the files of a certificate and its key, in bytes: hundreds of times what they take.
const maxCertificate = 1 << 20

// lookEvery is how often the files of a certificate are looked at, if clients connect: it is replaced every few weeks.
const lookEvery = 10 * time.Second

// keyPair is a certificate that was read from files.
type keyPair struct {
	cert, key string // their paths
	stamp     [2]stamp
	loaded    *tls.Certificate
}

// stamp tells apart two states of a file.
type stamp struct {
	size int64
	time time.Time
}

// certificate is the one that a server shows. It is read again when its files change; one that cannot be read does not take
// the place of one that could. Nil stands for none.
type certificate struct {
	log *slog.Logger

	mu     sync.Mutex
	pair   keyPair
	looked time.Time
	failed string // what was logged last
}

// newCertificate reads a certificate, nil without files.
func newCertificate(cert, key string, log *slog.Logger) (*certificate, error) {
	if cert == "" && key == "" {
		return nil, nil
	}
	c := &certificate{log: log, looked: time.Now()}
	var err error
	c.pair, err = c.read(cert, key)
	return c, err
}

// read reads the files of a certificate. Of none it reads nothing.
func (c *certificate) read(cert, key string) (pair keyPair, err error) {
	switch {
	case (cert == "") != (key == ""):
		return pair, usageError{errors.New("--tls-cert and --tls-key are given together")}
	case c == nil || cert == "":
		return pair, nil
	}
	pair = keyPair{cert: cert, key: key, stamp: stamps(cert, key)}
	certPEM, err := smallfile.Read(cert, maxCertificate)
	if err != nil {
		return pair, fmt.Errorf("read certificate: %w", err)
	}
	keyPEM, err := smallfile.Read(key, maxCertificate)
	if err != nil {
		return pair, fmt.Errorf("read key of certificate: %w", err)
	}
	loaded, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		return pair, fmt.Errorf("read certificate %s and key %s: %w: %w", cert, key, errCertificate, err)
	}
	pair.loaded = &loaded
	return pair, nil
}

// errCertificate is a certificate that is none, or not that of the key.
var errCertificate = errors.New("they are no pair in the form of PEM")

func stamps(paths ...string) (found [2]stamp) {
	for i, path := range paths {
		if info, err := os.Stat(path); err == nil {
			found[i] = stamp{info.Size(), info.ModTime()}
		}
	}
	return found
}

// use shows another certificate from now on, if there is one.
func (c *certificate) use(pair keyPair) {
	if c == nil || pair.loaded == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pair, c.failed = pair, ""
}

// config is how connections are encrypted: by what is safe today, with HTTP/1.1 inside.
func (c *certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: c.get}
}

// get returns the certificate, read again if its files have changed.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := time.Now(); now.Sub(c.looked) >= lookEvery {
		c.looked = now
		c.refresh()
	}
	return c.pair.loaded, nil
}

func (c *certificate) refresh() {
	if stamps(c.pair.cert, c.pair.key) == c.pair.stamp {
		return
	}
	next, err := c.read(c.pair.cert, c.pair.key)
	if err != nil { // the next look tries again: the second of the two files may come later than the first
		if text := err.Error(); text != c.failed {
			c.failed = text
			c.log.Warn("keeping the previous certificate", "error", err, "fix", hint(err))
		}
		return
	}
	c.pair, c.failed = next, ""
	c.log.Info("certificate is read again")
}
