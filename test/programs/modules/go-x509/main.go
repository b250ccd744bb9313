// Asks Go's own crypto/x509 and crypto/tls what they make of certificates and keys, in the ways in which etcd does. Reads a JSON
// array of questions on standard input and answers with an array of the same length.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"strings"
	"time"
)

type question struct {
	// certificate: x509.ParseCertificate. pool: a trusted-ca-file as etcd reads it. pair: a cert-file and key-file.
	// crl: x509.ParseRevocationList. old crl: x509.ParseCRL, as etcd 3.4 and 3.5 have it.
	// chain: what a TLS peer does with the other side's certificates. handshake: a server with this pair and a client with these roots.
	Ask         string `json:"ask"`
	Certificate []byte `json:"certificate"`
	Key         []byte `json:"key"`
	Roots       []byte `json:"roots"`
	List        []byte `json:"list"`
	Usage       string `json:"usage"`
	Host        string `json:"host"`
	At          int64  `json:"at"`
}

type answer struct {
	// Go's words; empty where it is content.
	Says        string       `json:"says"`
	Certificate *description `json:"certificate,omitempty"`
	// What a CRL lists, as etcd compares it.
	Revoked []string `json:"revoked,omitempty"`
}

type description struct {
	Version      int         `json:"version"`
	Serial       string      `json:"serial"`
	Subject      []attribute `json:"subject"`
	RawSubject   string      `json:"rawSubject"`
	RawIssuer    string      `json:"rawIssuer"`
	NotBefore    int64       `json:"notBefore"`
	NotAfter     int64       `json:"notAfter"`
	DNSNames     []string    `json:"dnsNames"`
	IPAddresses  []string    `json:"ipAddresses"`
	IsCA         bool        `json:"isCA"`
	MaxPathLen   int         `json:"maxPathLen"`
	SubjectKeyID string      `json:"subjectKeyId"`
	AuthorityID  string      `json:"authorityKeyId"`
}

type attribute struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	answers := make([]answer, len(questions))
	for i, q := range questions {
		if q.Ask == "crl" || q.Ask == "old crl" {
			answers[i] = revoked(q)
			continue
		}
		description, err := ask(q)
		answers[i].Certificate = description
		if err != nil {
			answers[i].Says = err.Error()
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}

func ask(q question) (*description, error) {
	switch q.Ask {
	case "certificate":
		certificate, err := x509.ParseCertificate(q.Certificate)
		if err != nil {
			return nil, err
		}
		return describe(certificate), nil
	case "pool":
		_, err := pool(q.Roots)
		return nil, err
	case "pair":
		_, err := tls.X509KeyPair(q.Certificate, q.Key)
		return nil, err
	case "chain":
		return nil, chain(q)
	case "handshake":
		return nil, handshake(q)
	}
	panic("unknown question " + q.Ask)
}

// revoked is checkCRL of etcd's client/pkg/transport/listener_tls.go, before and since 3.6.
func revoked(q question) answer {
	var numbers []*big.Int
	if q.Ask == "old crl" {
		list, err := x509.ParseCRL(q.List)
		if err != nil {
			return answer{Says: err.Error()}
		}
		for _, entry := range list.TBSCertList.RevokedCertificates {
			numbers = append(numbers, entry.SerialNumber)
		}
	} else {
		list, err := x509.ParseRevocationList(q.List)
		if err != nil {
			return answer{Says: err.Error()}
		}
		for _, entry := range list.RevokedCertificateEntries {
			numbers = append(numbers, entry.SerialNumber)
		}
	}
	found := answer{}
	for _, number := range numbers {
		found.Revoked = append(found.Revoked, new(big.Int).SetBytes(number.Bytes()).Text(16))
	}
	return found
}

// pool is etcd's tlsutil.NewCertPool (client/pkg/tlsutil/tlsutil.go): every block counts, whatever its type says.
func pool(text []byte) (*x509.CertPool, error) {
	roots := x509.NewCertPool()
	for {
		var block *pem.Block
		block, text = pem.Decode(text)
		if block == nil {
			return roots, nil
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		roots.AddCert(certificate)
	}
}

// chain is verifyServerCertificate and processCertsFromClient of crypto/tls.
func chain(q question) error {
	roots, err := pool(q.Roots)
	if err != nil {
		return err
	}
	var sent []*x509.Certificate
	for text := q.Certificate; ; {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			break
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return err
		}
		sent = append(sent, certificate)
	}
	options := x509.VerifyOptions{
		Roots:         roots,
		Intermediates: x509.NewCertPool(),
		CurrentTime:   time.Unix(q.At, 0),
		DNSName:       q.Host,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if q.Usage == "clientAuth" {
		options.KeyUsages[0] = x509.ExtKeyUsageClientAuth
	}
	for _, certificate := range sent[1:] {
		options.Intermediates.AddCert(certificate)
	}
	_, err = sent[0].Verify(options)
	return err
}

func handshake(q question) error {
	pair, err := tls.X509KeyPair(q.Certificate, q.Key)
	if err != nil {
		return err
	}
	roots, err := pool(q.Roots)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer listener.Close()
	failed := make(chan error, 1)
	go func() {
		far, err := listener.Accept()
		if err == nil {
			defer far.Close()
			err = tls.Server(far, &tls.Config{Certificates: []tls.Certificate{pair}}).Handshake()
		}
		failed <- err
	}()
	near, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		return err
	}
	now := func() time.Time { return time.Unix(q.At, 0) }
	err = tls.Client(near, &tls.Config{RootCAs: roots, ServerName: q.Host, Time: now}).Handshake()
	near.Close()
	refused := <-failed
	var invalid *tls.CertificateVerificationError
	if errors.As(err, &invalid) {
		return invalid.Err
	}
	// An alert says less than the side that sent it.
	if err != nil && refused != nil && strings.HasPrefix(err.Error(), "remote error") {
		return refused
	}
	return err
}

func describe(c *x509.Certificate) *description {
	d := &description{
		Version:      c.Version,
		Serial:       c.SerialNumber.Text(16),
		Subject:      []attribute{},
		RawSubject:   hex.EncodeToString(c.RawSubject),
		RawIssuer:    hex.EncodeToString(c.RawIssuer),
		NotBefore:    c.NotBefore.Unix(),
		NotAfter:     c.NotAfter.Unix(),
		DNSNames:     append([]string{}, c.DNSNames...),
		IPAddresses:  []string{},
		IsCA:         c.IsCA,
		MaxPathLen:   c.MaxPathLen,
		SubjectKeyID: hex.EncodeToString(c.SubjectKeyId),
		AuthorityID:  hex.EncodeToString(c.AuthorityKeyId),
	}
	for _, name := range c.Subject.Names {
		value, _ := name.Value.(string)
		d.Subject = append(d.Subject, attribute{name.Type.String(), value})
	}
	for _, ip := range c.IPAddresses {
		d.IPAddresses = append(d.IPAddresses, ip.String())
	}
	return d
}
