import type { KnownMessage } from '../known-message.js';

/** @internal */
export const connectionMessages: readonly KnownMessage[] = [
  {
    id: 'plain-request-to-tls',
    level: 'error',
    title: 'Somebody speaks plain HTTP to an https listener, or the other way round',
    wordings: [
      { text: 'tls: first record does not look like a TLS handshake' },
      { text: 'http: server gave HTTP response to HTTPS client' },
      { text: 'oversized record received with length {length}' },
      { text: 'malformed HTTP response' },
      { text: 'error reading server preface: EOF', also: 'latest balancer error' },
      { text: 'error reading server preface: http2: frame too large' },
    ],
    cause: 'The two ends of a connection disagree about TLS: one URL says http, the other https.',
    cure: 'Use one scheme for the same listener everywhere: in the listen and advertise URLs, in initial-cluster on every member, and in the endpoints of clients. A changed peer URL of a running cluster takes "etcdctl member update".',
    source: 'Go crypto/tls/conn.go, net/http/transport.go',
  },
  {
    id: 'plain-answer-to-tls',
    level: 'error',
    title: 'The other end closed the connection during the TLS handshake',
    wordings: [
      { text: 'authentication handshake failed: EOF' },
      { text: 'authentication handshake failed: read tcp' },
    ],
    cause:
      'A client began TLS and was hung up on: the listener speaks plain HTTP, or something between them does.',
    cure: "Use http in the endpoint where the member's URL says so, better https in both; see that no proxy stands between.",
    source: 'gRPC-Go credentials/tls.go',
  },
  {
    id: 'address-in-use',
    level: 'error',
    title: 'Something else listens at the address',
    wordings: [
      { text: 'listen tcp {listen-address}: bind: address already in use' },
      { text: 'bind: address already in use' },
    ],
    cause:
      "A process listens[[ at {listen-address}]] already: mostly another etcd, started by hand, as a static pod or by a second unit; or two of this member's own URLs have the same port.",
    cure: 'ss -ltnp shows who it is. Stop it (systemctl stop etcd, systemctl daemon-reload, systemctl start etcd), or give client, peer and metrics URLs ports of their own.',
    source: 'bind(2); etcd server/embed/etcd.go configurePeerListeners',
  },
  {
    id: 'address-not-local',
    level: 'error',
    title: 'The address is not one of this host',
    wordings: [
      { text: 'listen tcp {listen-address}: bind: cannot assign requested address' },
      { text: 'bind: cannot assign requested address' },
    ],
    cause:
      "An address[[, {listen-address},]] is in a listen URL, and no interface of this host has it: it is another member's, a public one behind NAT, or not there yet.",
    cure: 'Use an address that "ip address" shows in the listen URLs; the public one goes into the advertise URLs. Order the unit After=network-online.target.',
    source: 'bind(2)',
  },
  {
    id: 'port-not-allowed',
    level: 'error',
    title: 'The port is for root alone',
    wordings: [{ text: 'listen tcp {listen-address}: bind: permission denied' }],
    cause: "Ports below 1024 need CAP_NET_BIND_SERVICE, which etcd's user lacks.",
    cure: 'Use the ports 2379 and 2380, or grant the capability in the unit.',
    source: 'capabilities(7)',
  },
  {
    id: 'connection-refused',
    level: 'error',
    title: 'Nobody listens there',
    wordings: [
      { text: 'dial tcp {dialled}: connect: connection refused', also: 'invoker failed' },
      { text: 'dial tcp {dialled}: connect: connection refused', also: 'transport: Error while dialing' },
      { text: 'connection refused', also: 'transport: Error while dialing' },
    ],
    cause:
      'The member is not running[[ at {dialled}]], listens at another address, or is not ready: without a quorum a member does not open its client port.',
    cure: 'systemctl status etcd and its journal on that host say why it does not run; systemctl restart etcd once the cause is gone. Start all members of a new cluster at the same time. See that the endpoint is one of its listen-client-urls.',
    source: 'connect(2); etcd server/etcdmain/etcd.go; etcd issue 13526',
  },
  {
    id: 'name-not-resolved',
    level: 'error',
    title: 'A name has no address',
    wordings: [
      { text: 'dial tcp: lookup {dialled} on {resolver}: {reason}' },
      { text: 'lookup {dialled} on {resolver}: no such host' },
      { text: 'lookup {dialled}: no such host' },
      { text: 'lookup {dialled}: Temporary failure in name resolution' },
      { text: 'dial tcp: lookup {dialled}' },
      { text: 'failed to resolve URL Host' },
    ],
    cause: 'DNS does not know[[ {dialled}, which is]] the name in a URL, or does not answer on this host.',
    cure: 'getent hosts[[ {dialled}]] asks as etcd does. Correct the name, add it to DNS or /etc/hosts on every host, or use addresses in the URLs.',
    source: 'Go net/dnsclient_unix.go; etcd pkg/netutil/netutil.go',
  },
  {
    id: 'too-many-open-files',
    level: 'error',
    title: 'etcd may open no more files',
    wordings: [{ text: 'accept: too many open files' }, { text: 'too many open files' }],
    cause: 'Each connection of a client takes a file descriptor, and LimitNOFILE= of the unit is reached.',
    cure: 'LimitNOFILE=65536 in the unit; see which client opens connections without closing them.',
    source: 'accept(2), EMFILE; systemd.exec(5), LimitNOFILE=',
  },
  {
    id: 'peer-unreachable',
    level: 'warning',
    title: 'A peer is not there yet',
    wordings: [
      { text: 'dial tcp {dialled}: connect: connection refused' },
      { text: 'dial tcp {dialled}: i/o timeout' },
      { text: 'dial tcp {dialled}: connect: no route to host' },
      { text: 'dial tcp {dialled}: connect: network is unreachable' },
    ],
    cause:
      'Nothing answers at {dialled}. While a cluster starts that is how it should be: its members come up one after the other.',
    cure: 'If it lasts, start the member there, and see that its listen-peer-urls has that address and no firewall stands before port 2380.',
    source: 'etcd server/etcdserver/api/rafthttp/probing_status.go',
  },
  {
    id: 'connection-closed',
    level: 'warning',
    title: 'A connection was closed from the other side',
    wordings: [
      { text: 'rejected connection', also: 'EOF' },
      { text: 'prober detected unhealthy status', also: 'EOF' },
      { text: 'could not connect: EOF', releases: '3.4' },
      { text: 'failed to dial {peer} on stream {stream} (EOF)' },
      { text: 'connection reset by peer' },
      { text: 'write: broken pipe' },
      { text: 'use of closed network connection' },
      { text: 'error reading server preface: EOF' },
      { text: 'lost TCP streaming connection with remote peer', releases: '3.5 and later' },
      { text: 'closed TCP streaming connection with remote peer' },
      { text: 'lost the TCP streaming connection with peer', releases: '3.4' },
    ],
    cause:
      "The other side hung up[[ ({remote})]]: it stopped, it checks ports without speaking TLS, as load balancers do, or it rejected this side's certificate after the handshake, as etcd does for the address of a peer.",
    cure: 'Look into the other side\'s log for "rejected connection" at that time. Health checks of load balancers belong to the metrics URL.',
    source: 'etcd client/pkg/transport/listener_tls.go; etcd issue 9949',
  },
  {
    id: 'deadline-exceeded',
    level: 'error',
    title: 'No answer in time',
    wordings: [
      { text: 'all SubConns are in TransientFailure' },
      { text: 'context deadline exceeded while waiting for connections to become ready' },
      { text: 'Error: context deadline exceeded' },
      { text: 'failed to commit proposal: context deadline exceeded' },
      { text: 'code = DeadlineExceeded' },
    ],
    cause:
      'A client waited and got no answer: the member is down or has no quorum, a firewall drops packets, or the TLS handshake fails again and again.',
    cure: 'The other messages of the client and "rejected connection" in the log of the member say which. etcdctl endpoint health --cluster, then etcdctl endpoint status, show who is missing.',
    source: 'etcd client/v3/retry_interceptor.go',
  },
  {
    id: 'endpoint-unhealthy',
    level: 'error',
    title: 'An endpoint is not healthy',
    wordings: [{ text: '{endpoint} is unhealthy: failed to {reason}' }, { text: 'Error: unhealthy cluster' }],
    cause:
      'The member[[ at {endpoint}]] did not commit a proposal in time: it is down, without a leader, or does not accept the client.',
    cure: 'Read its journal; a cluster needs more than half of its members.',
    source: 'etcd etcdctl/ctlv3/command/ep_command.go',
  },
  {
    id: 'http-ignores-client-cert-auth',
    level: 'warning',
    title: 'TLS settings do nothing on an http URL',
    wordings: [
      {
        text: 'scheme is http or unix while --client-cert-auth is enabled; ignoring client cert auth for this URL',
      },
      {
        text: 'scheme is HTTP while --peer-client-cert-auth is enabled; ignoring client cert auth for this URL',
      },
      { text: 'scheme is http or unix while key and cert files are present; ignoring key and cert files' },
      { text: 'scheme is HTTP while key and cert files are present; ignoring key and cert files' },
      {
        text: 'is HTTP while client cert auth ({setting}) is enabled. Ignored client cert auth for this url',
        releases: '3.4',
      },
      { text: 'is HTTP while peer key/cert files are presented. Ignored', releases: '3.4' },
    ],
    cause:
      'Certificates and client certificates are configured, and one of the URLs says http: on that one everybody gets in, in plain text.',
    cure: 'Write https in all URLs but those of 127.0.0.1 that are meant to be plain.',
    source: 'etcd server/embed/etcd.go configurePeerListeners, configureClientListeners',
  },
  {
    id: 'plain-http',
    level: 'warning',
    title: 'Clients are served in plain text',
    wordings: [
      { text: 'serving insecure client requests on {address}', releases: '3.4' },
      { text: 'serving client traffic insecurely; this is strongly discouraged!', releases: '3.5 and later' },
    ],
    cause: 'A client URL says http: everybody who reaches it may read and change everything.',
    cure: 'Use https and client certificates, or keep the URL on 127.0.0.1.',
    source: 'etcd server/embed/serve.go',
  },
  {
    id: 'http-and-grpc-on-one-port',
    level: 'notice',
    title: 'HTTP and gRPC share the client port',
    wordings: [
      { text: 'Running http and grpc server on single port. This is not recommended for production' },
    ],
    cause:
      'Where --listen-client-http-urls is not set, one port serves both. Under TLS many watches can starve there; kubeadm does the same, and for small clusters it is harmless.',
    cure: 'To separate them set --listen-client-http-urls to another port of the same address, such as https://10.0.0.1:2382; then /health and /metrics are there, and the client port is gRPC alone. Not together with a CRL below 3.5.32 and 3.6.13.',
    source: 'etcd server/embed/config.go; etcd issue 15402; GHSA-3wh4-j44w-pg92',
  },
];
