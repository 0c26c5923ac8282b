package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// certificateFor writes a certificate of 127.0.0.1 and its key, and returns what trusts it.
func certificateFor(t *testing.T, cert, key string, serial int64) *http.Client {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	must(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	must(t, err)
	write(t, cert, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	write(t, key, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
	parsed, err := x509.ParseCertificate(der)
	must(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true}}
}

// TestTLS: the server answers over HTTPS alone, and shows another certificate once its files are others.
func TestTLS(t *testing.T) {
	site, dir := indexedSite(t), t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	first := certificateFor(t, cert, key, 1)
	d := startDaemon(t, "--site", site, "--tls-cert", cert, "--tls-key", key)
	trusts := func(client *http.Client) bool {
		response, err := client.Get(d.base + "/readyz")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK && response.TLS != nil
	}
	if !strings.HasPrefix(d.base, "https://") || !trusts(first) {
		t.Fatalf("no HTTPS at %s\n%s", d.base, d.log)
	}
	second := certificateFor(t, cert, key, 2)
	d.hangup(t, readAnew)
	if trusts(first) || !trusts(second) {
		t.Error("the certificate is the one before")
	}
	certificateFor(t, filepath.Join(dir, "other.pem"), key, 3) // the key of another one
	d.hangup(t, notRead)
	if !trusts(second) {
		t.Error("the certificate that could be read is lost")
	}
	if plain, err := http.Get(strings.Replace(d.base, "https", "http", 1) + "/readyz"); err == nil {
		plain.Body.Close()
		if plain.StatusCode == http.StatusOK {
			t.Error("it answers without TLS, too")
		}
	}
	if log := d.log.String(); strings.Contains(log, "127.0.0.1:") {
		t.Errorf("an address is in the log:\n%s", log)
	}
	d.exits(t)
	for _, args := range [][]string{{"--tls-cert", cert}, {"--tls-key", key}} {
		chaja(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--site", site}, args...)...).failed(t, exitUsage, "--tls-cert and --tls-key are given together")
	}
	chaja(t, "serve", "--addr", "127.0.0.1:0", "--site", site, "--tls-cert", cert, "--tls-key", cert).failed(t, exitFailed, errCertificate.Error())
}

// TestCertificateChanges: without a signal, too, a certificate whose files change is read again, and kept while they are no
// pair.
func TestCertificateChanges(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	certificateFor(t, cert, key, 1)
	log := &buffer{}
	c, err := newCertificate(cert, key, slog.New(slog.NewTextHandler(log, nil)))
	must(t, err)
	serial := func() int64 {
		c.looked = time.Time{}
		loaded, err := c.get(nil)
		must(t, err)
		parsed, err := x509.ParseCertificate(loaded.Certificate[0])
		must(t, err)
		return parsed.SerialNumber.Int64()
	}
	before := serial()
	write(t, cert, "half")
	for range 3 {
		if got := serial(); got != before {
			t.Errorf("certificate %d while its file is no certificate", got)
		}
	}
	if n := strings.Count(log.String(), "keeping the previous certificate"); n != 1 {
		t.Errorf("%d lines in the log", n)
	}
	certificateFor(t, cert, key, 2)
	if got := serial(); got != 2 {
		t.Errorf("certificate %d", got)
	}
	must(t, os.Remove(key))
	if got := serial(); got != 2 {
		t.Errorf("certificate %d without its file", got)
	}
}
