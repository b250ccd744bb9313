// etcd-writer writes to a cluster until a file appears, and then reads back what it wrote. It prints one line of JSON: writes that were
// acknowledged, those that failed, those that were acknowledged and are not there, and the longest time without an acknowledgement.
//
//	etcd-writer -endpoints URL,… [-cacert F -cert F -key F] [-fresh] -prefix P -until FILE
//
// With -fresh each write has a connection of its own; without it all have one. Pairs are read from their files at each handshake, and again
// where they cannot be read or do not belong together: tar removes a file before it writes another in its place.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"go.etcd.io/etcd/client/pkg/v3/transport"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
)

const (
	pause    = 20 * time.Millisecond
	deadline = 10 * time.Second
)

type report struct {
	Acknowledged int      `json:"acknowledged"`
	Failed       []string `json:"failed"`
	Lost         []string `json:"lost"`
	LongestGapMs int64    `json:"longestGapMs"`
}

func main() {
	endpoints := flag.String("endpoints", "", "")
	ca := flag.String("cacert", "", "")
	cert := flag.String("cert", "", "")
	key := flag.String("key", "", "")
	fresh := flag.Bool("fresh", false, "")
	prefix := flag.String("prefix", "", "")
	until := flag.String("until", "", "")
	flag.Parse()

	dial := func() *clientv3.Client {
		config := clientv3.Config{Endpoints: strings.Split(*endpoints, ","), DialTimeout: deadline, Logger: zap.NewNop()}
		if *ca != "" {
			info := transport.TLSInfo{TrustedCAFile: *ca, CertFile: *cert, KeyFile: *key}
			var err error
			for end := time.Now().Add(deadline); ; time.Sleep(pause) {
				if config.TLS, err = info.ClientConfig(); err == nil || time.Now().After(end) {
					break
				}
			}
			exitOn(err)
		}
		client, err := clientv3.New(config)
		exitOn(err)
		return client
	}

	result := report{Failed: []string{}, Lost: []string{}}
	written := []string{}
	client := dial()
	last := time.Now()
	for count := 0; ; count++ {
		if _, err := os.Stat(*until); err == nil {
			break
		}
		if *fresh {
			client.Close()
			client = dial()
		}
		name := fmt.Sprintf("%s/%d", *prefix, count)
		ctx, cancel := context.WithTimeout(context.Background(), deadline)
		_, err := client.Put(ctx, name, name)
		cancel()
		if err != nil {
			result.Failed = append(result.Failed, time.Now().Format("15:04:05.000")+" "+err.Error())
		} else {
			written = append(written, name)
			if gap := time.Since(last).Milliseconds(); gap > result.LongestGapMs {
				result.LongestGapMs = gap
			}
			last = time.Now()
		}
		time.Sleep(pause)
	}
	client.Close()
	client = dial()
	result.Acknowledged = len(written)
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	answer, err := client.Get(ctx, *prefix+"/", clientv3.WithPrefix())
	exitOn(err)
	there := map[string]bool{}
	for _, pair := range answer.Kvs {
		there[string(pair.Key)] = string(pair.Value) == string(pair.Key)
	}
	for _, name := range written {
		if !there[name] {
			result.Lost = append(result.Lost, name)
		}
	}
	exitOn(json.NewEncoder(os.Stdout).Encode(result))
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
