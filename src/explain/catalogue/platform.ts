import type { KnownMessage } from '../known-message.js';

/**
 * What the processor, the kernel, SELinux and the firewall have against etcd.
 *
 * @internal
 */
export const platformMessages: readonly KnownMessage[] = [
  {
    id: 'architecture-unsupported',
    level: 'error',
    title: 'The processor is not supported officially',
    wordings: [
      {
        text: 'etcd on unsupported platform without ETCD_UNSUPPORTED_ARCH={arch} set',
        releases: 'on other processors',
      },
      { text: 'etcd on unsupported platform without ETCD_UNSUPPORTED_ARCH', releases: 'on other processors' },
      { text: 'unsupported platform', also: 'ETCD_UNSUPPORTED_ARCH', releases: 'on other processors' },
      {
        text: 'Refusing to run etcd on unsupported architecture since ETCD_UNSUPPORTED_ARCH is not set',
        releases: 'on other processors',
      },
      { text: 'ETCD_UNSUPPORTED_ARCH is not set', releases: 'on other processors' },
    ],
    cause:
      'etcd runs on such a processor only where ETCD_UNSUPPORTED_ARCH names it[[ ({arch})]]. An export in a shell does not reach a service of systemd or a container.',
    cure: 'Environment=ETCD_UNSUPPORTED_ARCH=[[{arch}]] in the unit (env: in a pod), with the name that the message says. arm64 is supported from 3.5 on and needs it no more.',
    source: 'etcd server/etcdmain/etcd.go checkSupportArch; etcd issues 10677 and 12543',
  },
  {
    id: 'architecture-set',
    level: 'notice',
    title: 'etcd runs on a processor that is not supported officially',
    wordings: [
      { text: 'running etcd on unsupported architecture', releases: 'on other processors' },
      {
        text: 'running etcd on unsupported architecture "{arch}" since ETCD_UNSUPPORTED_ARCH is set',
        releases: 'on other processors',
      },
    ],
    cause: 'ETCD_UNSUPPORTED_ARCH is set, and used.',
    cure: 'Nothing; arm64 is supported from 3.5 on.',
    source: 'etcd server/etcdmain/etcd.go checkSupportArch',
  },
  {
    id: 'binary-of-another-architecture',
    level: 'error',
    title: 'The program is for another processor or system',
    by: 'other',
    wordings: [
      { text: 'Failed at step EXEC spawning {file}: Exec format error' },
      { text: 'fork/exec {file}: exec format error' },
      { text: 'exec {file}: exec format error' },
      { text: 'exec format error' },
      { text: 'Exec format error' },
      { text: 'cannot execute binary file' },
      { text: "version `GLIBC_{version}' not found" },
      { text: 'Illegal instruction' },
      { text: 'SIGILL: illegal instruction' },
      { text: 'no matching manifest for' },
    ],
    cause:
      'The file[[ {file}]] is of another architecture (amd64, arm64), a download that is not a program (a page of HTML, an archive), a script without #!, or needs a newer C library than this host has.',
    cure: 'file $(command -v etcd) and uname -m have to agree; take the archive of etcd for this architecture. Programs of the release archive are linked statically.',
    source: 'execve(2), ENOEXEC',
  },
  {
    id: 'selinux-denied',
    level: 'error',
    title: 'SELinux has forbidden it',
    by: 'other',
    wordings: [
      { text: 'avc: denied {permissions} for {process} name="{file}"' },
      { text: 'avc:  denied  {permissions} for {process} comm="{program}" name="{file}"' },
      { text: 'avc:  denied  {permissions} for {process} comm="{program}"' },
      { text: 'avc: denied' },
      { text: 'avc:  denied' },
      { text: 'SELinux is preventing {program} from {access}' },
      { text: 'Permission denied', also: 'SELinux' },
      { text: 'apparmor="DENIED"' },
    ],
    cause:
      'The policy of the kernel does not let {program} use this file or port[[ ({file})]]: its label (tcontext) is one that the domain of the program (scontext) has no right to, mostly since the file was moved from /root, /home, /tmp or a container.',
    cure: 'restorecon -Rv on the folder gives files their own labels (ls -Z shows them). For folders of your own: semanage fcontext -a -t <type> "<folder>(/.*)?" and restorecon -Rv; for programs bin_t, for ports semanage port. With containers: :Z behind the volume.',
    source: 'restorecon(8), semanage-fcontext(8), ausearch(8); openshift-ansible issue 2811',
  },
  {
    id: 'platform-etcd-unhealthy',
    level: 'error',
    title: 'A platform waits for its etcd',
    by: 'other',
    wordings: [
      { text: 'Failed to bring up Etcd Plane: {reason}' },
      { text: 'UnstartedEtcdMember found: {members}' },
      { text: 'UnhealthyEtcdMember found: {members}' },
      { text: 'EtcdMembersDegraded: {reason}', also: 'unhealthy' },
      { text: 'EtcdMembersDegraded: {reason}', also: 'not started' },
    ],
    cause:
      'RKE or the operator of OpenShift asked the members of etcd and got no good answer from one of them[[ ({reason})]]; why, only the journal of that member tells.',
    cure: 'Read the log of etcd on the host that is named, and explain that: docker logs etcd (RKE), crictl logs of the etcd container, oc logs -n openshift-etcd etcd-<node> -c etcd. A member that was left from before an earlier attempt has to be removed with its data.',
    source: 'rke services/etcd.go; openshift cluster-etcd-operator pkg/etcdcli/etcdcli.go',
  },
  {
    id: 'container-volume',
    level: 'error',
    title: 'A container cannot be started as it was told',
    by: 'other',
    wordings: [
      { text: 'is already in use by container' },
      { text: 'port is already allocated' },
      { text: 'manifest unknown' },
      { text: 'ImagePullBackOff' },
      { text: 'ErrImagePull' },
      { text: 'pull access denied' },
      { text: 'Failed to pull image' },
      { text: 'unable to find image' },
      { text: 'Unable to find image' },
      { text: 'Back-off restarting failed container' },
      { text: 'CrashLoopBackOff' },
      { text: 'back-off {duration} restarting failed container' },
    ],
    cause:
      'The runtime could not make or keep the container: its name or port is taken, its image is not there, or the command in it ended again and again.',
    cure: 'See what the runtime has: podman ps -a, crictl ps -a. Remove the old container, or correct image and command; for one that ends again, read its log (kubectl logs --previous, crictl logs) and explain that.',
    source: 'podman-run(1); Kubernetes container runtime',
  },
  {
    id: 'pod-probe-failed',
    level: 'warning',
    title: 'The kubelet asked etcd whether it is well, and got no good answer',
    by: 'other',
    wordings: [
      { text: 'probe failed: HTTP probe failed with statuscode: {status}' },
      { text: 'probe failed: {reason}', also: ':2381' },
    ],
    isConsequence: true,
    cause:
      'The probe goes to --listen-metrics-urls (2381): 503 means no leader or an alarm, and no answer that etcd does not run or listens elsewhere. After several of them the kubelet ends the pod, which cures neither.',
    cure: 'crictl ps -a and crictl logs of the etcd container, and explain that; see that host, port and scheme of the probes in the manifest are those of --listen-metrics-urls.',
    source: 'Kubernetes pkg/kubelet/prober; etcd server/etcdserver/api/etcdhttp/health.go',
  },
  {
    id: 'host-stuck',
    level: 'warning',
    title: 'The kernel says that the disk or the host is stuck',
    by: 'other',
    wordings: [
      { text: 'blocked for more than', also: 'task etcd' },
      { text: 'soft lockup', also: 'BUG' },
      { text: 'timeout, aborting', also: 'nvme' },
      { text: 'FAILED Result: hostbyte=' },
    ],
    cause:
      'A write waits for the disk for minutes, or the processor was not given to this host: etcd loses its leader meanwhile.',
    cure: 'dmesg -T, smartctl -a and the storage of the hypervisor say more. Give the data folder a fast local disk; move the member away from a broken one.',
    source: 'Linux kernel/hung_task.c',
  },
  {
    id: 'connections-dropped',
    level: 'warning',
    title: 'The kernel drops connections',
    by: 'other',
    wordings: [
      { text: 'nf_conntrack: table full, dropping packet' },
      { text: 'Possible SYN flooding on port {port}' },
    ],
    cause:
      'More connections come than the host takes: the table of conntrack or the queue of a listener is full.',
    cure: 'See which client connects again and again (ss -tn state established sport = :2379), and raise net.netfilter.nf_conntrack_max or net.core.somaxconn.',
    source: 'Linux net/netfilter/nf_conntrack_core.c, net/ipv4/tcp_input.c',
  },
  {
    id: 'firewall-rejects',
    level: 'error',
    title: 'A firewall on the other host rejects the connection',
    by: 'other',
    wordings: [
      { text: 'dial tcp {dialled}: connect: no route to host' },
      { text: 'dial tcp {dialled}: getsockopt: no route to host' },
      { text: 'no route to host' },
      { text: 'No route to host' },
      { text: '[UFW BLOCK]', also: 'DPT=23' },
      { text: 'DPT=2380', also: 'PROTO=TCP' },
      { text: 'DPT=2379', also: 'PROTO=TCP' },
    ],
    cause:
      '"no route to host" comes mostly from a firewall: firewalld and others answer so (icmp host prohibited) for a port that is not open[[ at {dialled}]]. Otherwise the host is down, or has another address.',
    cure: 'On the other host: firewall-cmd --permanent --add-port=2379-2380/tcp, firewall-cmd --reload (iptables -L -n shows REJECT rules). If ping fails too, start the host or correct the address.',
    source: 'icmp(7); firewalld.richlanguage(5); connect(2), EHOSTUNREACH',
  },
  {
    id: 'proxy-between',
    level: 'error',
    title: 'A proxy stands between',
    by: 'other',
    wordings: [
      { text: 'proxyconnect tcp' },
      { text: 'Received HTTP code {code} from proxy after CONNECT' },
      { text: '502 Bad Gateway' },
      { text: '503 Service Unavailable' },
      { text: '504 Gateway Timeout' },
      { text: 'failed to do connect handshake, response' },
      { text: 'code = Unavailable desc = unexpected HTTP status code received from server' },
      { text: 'unexpected HTTP status code received from server' },
    ],
    cause:
      'The connection went through an HTTP proxy, from HTTP_PROXY, HTTPS_PROXY or ALL_PROXY in the environment, or through a balancer that speaks HTTP; members have to reach each other directly.',
    cure: 'Name all members in NO_PROXY (addresses and names), or unset the variables for etcd and its clients; balancers have to forward TCP.',
    source: 'Go net/http ProxyFromEnvironment; gRPC-Go internal/transport/proxy.go; etcd issue 9763',
  },
];
