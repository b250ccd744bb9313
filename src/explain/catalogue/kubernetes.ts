import type { KnownMessage } from '../known-message.js';

/**
 * What kubeadm and kube-apiserver say about etcd. What OpenSSL's and Go's words in the same line tell more exactly is explained by
 * these.
 *
 * @internal
 */
export const kubernetesMessages: readonly KnownMessage[] = [
  {
    id: 'kubeadm-version-eof',
    level: 'error',
    title: 'kubeadm asks the gRPC port for HTTP',
    by: 'kubeadm',
    wordings: [
      { text: '/version": EOF', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version: EOF', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version": unexpected EOF', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version": read tcp', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version": http2: ', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version": malformed HTTP response', also: 'ExternalEtcdVersion', by: 'other' },
      {
        text: '/version": net/http: HTTP/1.x transport connection broken',
        also: 'ExternalEtcdVersion',
        by: 'other',
      },
    ],
    cause:
      'kubeadm reads /version over HTTP from the endpoints of etcd, and the port does not answer HTTP: with --listen-client-http-urls etcd serves HTTP on a port of its own and gRPC alone on the client port; or a proxy stands there.',
    cure: 'From kubeadm 1.36 on name the HTTP port too: etcd.external.httpEndpoints. Before that run kubeadm init and join with --ignore-preflight-errors=ExternalEtcdVersion, or leave --listen-client-http-urls out.',
    source: 'kubeadm app/preflight/checks.go ExternalEtcdVersionCheck; Kubernetes issue 133826',
  },
  {
    id: 'kubeadm-etcd-not-reached',
    level: 'error',
    title: 'kubeadm does not reach a client endpoint of etcd',
    by: 'kubeadm',
    wordings: [
      {
        text: '/version": dial tcp {dialled}: connect: connection refused',
        also: 'ExternalEtcdVersion',
        by: 'other',
      },
      { text: '/version: dial tcp {dialled}: connect: connection refused', also: 'ExternalEtcdVersion' },
      {
        text: '/version": dial tcp {dialled}: connect: no route to host',
        also: 'ExternalEtcdVersion',
        by: 'other',
      },
      { text: '/version": dial tcp {dialled}: i/o timeout', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version": dial tcp: lookup {dialled}', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version": context deadline exceeded', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version": net/http: request canceled', also: 'ExternalEtcdVersion', by: 'other' },
      { text: '/version": net/http: TLS handshake timeout', also: 'ExternalEtcdVersion', by: 'other' },
      { text: 'Client.Timeout exceeded while awaiting headers', also: 'ExternalEtcdVersion' },
      { text: 'dial tcp {dialled}: connect: connection refused', also: 'ExternalEtcdVersion' },
    ],
    cause:
      'Nothing answers at the client endpoint[[ {dialled}]] of etcd.external.endpoints: etcd does not run there, listens at another address, or a firewall stands between.',
    cure: 'On that host: systemctl status etcd, and ss -ltn for the address; the endpoint has to be one of its listen-client-urls, reachable from here (curl with --cacert, --cert and --key of the same files).',
    source: 'kubeadm app/preflight/checks.go getEtcdVersionResponse',
  },
  {
    id: 'kubeadm-etcd-too-old',
    level: 'error',
    title: 'etcd is too old for this kubeadm',
    by: 'kubeadm',
    wordings: [
      {
        text: 'this version of kubeadm only supports external etcd version >= {least}. Current version: {version}',
      },
    ],
    cause: 'etcd is {version}, and this kubeadm wants {least} or newer.',
    cure: 'Upgrade etcd one minor release at a time to {least} at least, or use an older kubeadm.',
    source: 'kubeadm app/preflight/checks.go ExternalEtcdVersionCheck',
  },
  {
    id: 'kubeadm-version-unreadable',
    level: 'error',
    title: 'kubeadm cannot read the version of etcd',
    by: 'kubeadm',
    wordings: [
      { text: "couldn't parse external etcd version {version}" },
      { text: 'failed to parse external etcd endpoint {endpoint}' },
      { text: 'failed to normalize external etcd version url {endpoint}' },
      { text: "couldn't load external etcd's server certificate {file}" },
      { text: "couldn't load external etcd's certificate and key pair {file}," },
      { text: 'etcd endpoints must be https when using TLS files', by: 'other' },
      { text: 'setting .Etcd.External.CertFile and .Etcd.External.KeyFile' },
      { text: 'ExternalEtcdVersion' },
    ],
    cause:
      "/version of an endpoint gave nothing that kubeadm can read: the endpoint lacks https:// or its port, leads to something else than etcd's client port, or one of caFile, certFile and keyFile cannot be read.",
    cure: 'Write each of etcd.external.endpoints as https://<host>:2379, and see that etcd is up and the three files are readable on this host: curl --cacert <caFile> --cert <certFile> --key <keyFile> <endpoint>/version has to print etcdserver.',
    source: 'kubeadm app/preflight/checks.go ExternalEtcdVersionCheck; kubeadm issues 719, 730 and 867',
  },
  {
    id: 'kubeadm-member-left',
    level: 'warning',
    title: 'kubeadm reset has left a member behind',
    by: 'kubeadm',
    wordings: [
      {
        text: 'Failed to remove etcd member: {reason}, please manually remove this etcd member using etcdctl',
      },
      { text: 'please manually remove this etcd member using etcdctl' },
      { text: 'Failed to delete contents of the etcd directory' },
      { text: 'Etcd was not removed', by: 'other' },
    ],
    cause:
      'The cluster did not take the removal, so the member is still in its list and counts for the quorum.',
    cure: 'On a healthy member: etcdctl member list, etcdctl member remove <ID>; then remove /var/lib/etcd on the host that was reset.',
    source: 'kubeadm app/cmd/phases/reset/removeetcdmember.go',
  },
  {
    id: 'kubeadm-member-unreachable',
    level: 'error',
    title: 'An endpoint of the member list does not answer kubeadm',
    by: 'kubeadm',
    wordings: [
      { text: 'failed to dial endpoint {endpoint} with maintenance client', by: 'other' },
      { text: 'etcd cluster is not healthy: {reason}' },
      { text: 'etcd cluster is not healthy' },
      { text: 'error syncing endpoints with etcd' },
      { text: 'timeout waiting for etcd cluster to be available' },
      { text: 'could not retrieve the list of etcd endpoints' },
      { text: 'error creating local etcd static pod manifest file' },
      { text: 'the etcd member {member-id} is not started' },
      { text: 'failed to create etcd client' },
      { text: 'fatal error creating etcd client' },
    ],
    cause:
      'kubeadm asks every endpoint of the member list[[, {endpoint} here]], and one of them does not answer: a dead member is still listed, its client port is not reachable, or its certificate is of another CA (the phase check-etcd does the same).',
    cure: 'etcdctl member list and etcdctl endpoint health --cluster name it. Remove a dead member (etcdctl member remove <ID>), or start it and open its client port; then run kubeadm again.',
    source: 'kubeadm app/util/etcd/etcd.go; kubeadm issues 1432 and 1950; Kubernetes issue 83550',
  },
  {
    id: 'kubeadm-port-or-folder-in-use',
    level: 'error',
    title: 'An etcd is on the host already',
    by: 'kubeadm',
    wordings: [
      { text: '[ERROR Port-2379]', by: 'other' },
      { text: '[ERROR Port-2380]', by: 'other' },
      { text: '[ERROR DirAvailable--var-lib-etcd]', by: 'other' },
      { text: 'DirAvailable--var-lib-etcd', by: 'other' },
    ],
    cause:
      'kubeadm wants to run etcd as a static pod, and the port is taken or /var/lib/etcd is not empty: an etcd of systemd, or what an earlier cluster left.',
    cure: 'With etcd of its own name it in the configuration: etcd.external.endpoints, caFile, certFile, keyFile. Otherwise kubeadm reset, stop the other etcd and move /var/lib/etcd away.',
    source: 'kubeadm app/preflight/checks.go InitNodeChecks',
  },
  {
    id: 'kubeadm-etcd-upgrade-failed',
    level: 'error',
    title: 'kubeadm could not upgrade etcd',
    by: 'kubeadm',
    wordings: [
      { text: 'fatal error upgrading local etcd cluster' },
      { text: 'fatal error when trying to upgrade the etcd cluster' },
      { text: 'fatal error rolling back local etcd cluster' },
      {
        text: 'static Pod hash for component etcd on Node {node} did not change after {duration}',
        by: 'other',
      },
      { text: 'Failed to upgrade etcd: {reason}', by: 'other' },
      { text: "couldn't recover etcd database" },
      { text: 'failed to back up etcd data' },
      { text: 'is older than the currently installed', also: 'etcd version' },
      { text: 'failed to retrieve the current etcd version' },
    ],
    cause:
      'The static pod of etcd did not become healthy with the new image in time, and kubeadm took the old one again.',
    cure: 'crictl ps -a and crictl logs of the etcd container say why it ended: explain that. A backup lies in the folder that kubeadm names (/etc/kubernetes/tmp).',
    source: 'kubeadm app/phases/upgrade/staticpods.go performEtcdStaticPodUpgrade',
  },
  {
    id: 'k3s-address-changed',
    level: 'error',
    title: 'The member is in the cluster under another address',
    by: 'other',
    wordings: [
      { text: 'this server is a not a member of the etcd cluster. Found [{members}], expect: {expected}' },
      { text: 'this server is not a member of the etcd cluster. Found [{members}], expect: {expected}' },
      { text: 'not a member of the etcd cluster' },
    ],
    cause:
      'The address of this host changed[[: it is {expected} now, and the cluster has {members}]]. Members know each other by the peer URLs they were added with.',
    cure: "From a member that works: etcdctl member update <ID> --peer-urls=https://<new address>:2380; or give the host its old address. Certificates need the new one among their names. In k3s and rke2 --cluster-reset makes one member out of this host's data.",
    source: 'k3s pkg/etcd/etcd.go; k3s issue 5352, k3d issue 262',
  },
  {
    id: 'apiserver-without-etcd',
    level: 'error',
    title: 'kube-apiserver does not get into etcd',
    by: 'kube-apiserver',
    wordings: [
      { text: 'Unable to create storage backend: config ({config}), err ({reason})', by: 'other' },
      { text: 'Unable to create storage backend', by: 'other' },
      { text: 'unable to create storage backend', by: 'other' },
      { text: 'error creating storage factory: {reason}' },
      { text: 'etcd client connection not yet established' },
      { text: 'error getting data from etcd: {reason}' },
      { text: 'create etcd client: {reason}', by: 'other' },
      { text: '[-]etcd failed: {reason}', by: 'other' },
      { text: '[-]etcd-readiness failed: {reason}', by: 'other' },
      { text: 'etcd failed: reason withheld', by: 'other' },
      { text: 'StorageError: key not found', also: 'etcd', by: 'other' },
      { text: 'rpc error: code = Unavailable', also: 'storage', by: 'other' },
      { text: 'Failed to test etcd connection: {reason}', by: 'other' },
    ],
    cause:
      'kube-apiserver waited for etcd and got no answer[[ ({reason})]]: --etcd-servers names an address where no member answers, --etcd-cafile is another CA, or --etcd-certfile and --etcd-keyfile are missing or of a certificate that etcd does not accept.',
    cure: 'Look for "rejected connection" in the journal of etcd at that time, and explain that. Try the same three files: etcdctl --endpoints <--etcd-servers> --cacert <--etcd-cafile> --cert <--etcd-certfile> --key <--etcd-keyfile> endpoint health.',
    source: 'Kubernetes apiserver pkg/storage/storagebackend/factory/etcd3.go; Kubernetes issue 71287',
  },
  {
    id: 'apiserver-etcd-settings',
    level: 'error',
    title: 'kube-apiserver is told nothing about etcd, or something it does not take',
    by: 'kube-apiserver',
    wordings: [
      { text: '--etcd-servers must be specified' },
      { text: '--etcd-servers-overrides invalid' },
      { text: '--storage-backend invalid, allowed values' },
      { text: 'is no longer a supported storage backend' },
      { text: 'unable to parse etcd url', by: 'other' },
    ],
    cause: 'Without --etcd-servers there is no store; etcd3 is the only one that is left.',
    cure: 'Write --etcd-servers=https://10.0.0.1:2379,… with --etcd-cafile, --etcd-certfile and --etcd-keyfile, and leave --storage-backend out.',
    source: 'Kubernetes apiserver pkg/server/options/etcd.go',
  },
  {
    id: 'apiserver-watch-failed',
    level: 'warning',
    title: 'A watch of kube-apiserver broke off',
    by: 'kube-apiserver',
    wordings: [
      { text: 'watch chan error: {reason}' },
      { text: 'compact failed: {reason}', also: 'etcd: endpoint' },
    ],
    cause: 'The stream to etcd ended[[: {reason}]]. kube-apiserver starts it again by itself.',
    cure: 'Nothing, where it comes with a restart or an election; otherwise explain what etcd logged at that time.',
    source: 'Kubernetes apiserver pkg/storage/etcd3/watcher.go, compact.go',
  },
];
