/**
 * Every way in which what an operator wrote, or what was found on disk, can be wrong: each kind, and its codes with what is wrong. Two
 * faults with different cures have different codes, one rule at two keys has one. A code never changes its meaning between releases.
 *
 * @public
 */
export const ISSUE_CODES = {
  syntax: {
    'yaml-alias': 'An alias names no complete value above it.',
    'yaml-alias-expansion': 'The aliases of a document expand to more than it can mean.',
    'yaml-directive': 'A directive asks for something other than YAML 1.2.',
    'yaml-documents': 'A file holds a second YAML document.',
    'yaml-escape': 'A string in double quotes has a backslash that escapes nothing.',
    'yaml-implicit-key': 'Two keys stand on one line, or a value that reads as a key is not quoted.',
    'yaml-indentation': 'Keys of one map, or items of one list, are indented differently.',
    'yaml-key': 'A key is not a string.',
    'yaml-missing-character': 'A quote, a colon or another character that YAML wants is missing.',
    'yaml-nesting': 'A document is nested more deeply than any cluster needs.',
    'yaml-plain-scalar': 'A value begins with a character that it may only begin with in quotes.',
    'yaml-syntax': 'A text is not YAML.',
    'yaml-tab': 'A line is indented with a tab.',
    'yaml-tag': 'A value has a tag that a document has no use for.',
    'yaml-unclosed': 'A list or map in brackets is not closed, or too far to the left.',
    'not-utf-8': 'A document is not UTF-8.',
    'not-a-manifest': 'The `bundle.json` of a folder is not the manifest of a bundle.',
    'not-a-tarball': 'A file is not a tar, neither plain nor compressed with gzip.',
    'damaged-tarball': 'A tarball cannot be read to its end.',
    'unreadable-certificate': 'A PEM file holds a certificate that Go, and so etcd, cannot read.',
  },
  missing: {
    'missing-key': 'A map lacks a key that it has to have.',
    'no-such-file': 'Nothing is at a path that was given.',
    'no-certificate':
      'Nothing that ends, neither a certificate nor a revocation list, is at a path that was given.',
    'role-missing': 'A cluster with TLS lacks a CA or pair without which there is none.',
    'not-a-bundle': 'A folder has no `bundle.json`.',
    'authority-missing': 'The folder `ca` of a bundle lacks the certificate or key of a CA.',
    'tarball-missing': 'A bundle of format 1 lacks a tarball, and its manifest does not say what is in it.',
  },
  'unknown-key': {
    'unknown-key': 'A key is not one of its map.',
    'unknown-setting': 'No release of etcd has a setting of this name.',
    'unknown-feature-gate': 'No release of etcd has a feature gate of this name.',
    'ignored-flag': 'etcd accepts a flag and ignores it.',
    'config-file-section': "A section of etcd's configuration file stands where a setting belongs.",
    'yaml-merge-key': 'A document has the merge key `<<`, which YAML 1.2 does not have.',
  },
  'wrong-type': {
    'document-not-a-map': 'A document is empty, or something other than a map.',
    'not-a-map': 'Something other than a map stands where a map belongs.',
    'wrong-type': 'A value is of another type than its key takes.',
    'setting-without-value': 'A setting has no value.',
    'setting-not-a-boolean': 'A setting that is on or off is neither true nor false.',
    'setting-not-an-integer': 'A setting that counts is not a whole number.',
    'setting-not-a-size': 'A setting in bytes is not a size such as `6GiB`.',
    'setting-not-milliseconds': 'A setting in milliseconds is not such a number.',
    'setting-not-a-duration': 'A setting that is a time is not a Go duration.',
    'setting-not-a-list': 'A setting that is a list is not one of strings.',
    'setting-not-a-string': 'A setting that is text is not a string.',
    'feature-gates-not-a-map': '`feature-gates` is not a map of booleans.',
  },
  'invalid-value': {
    // Of the document's shape.
    'unlisted-value': 'A value is not one of the few that its key takes.',
    'malformed-value': 'A value is not of the form that its key takes.',
    'yaml-trailing-zero': 'YAML drops the last zero of a number that was meant as text.',
    'too-many-entries': 'A list, a map or the whole document has more entries than any cluster needs.',
    'issues-left-out': 'More is wrong with a document than is listed.',
    'private-key-in-document': 'A document contains a private key.',
    // Addresses, names and URLs.
    'not-an-address': 'A value is neither an IP address nor a DNS name.',
    'unreachable-address': 'An address is not one at which other hosts reach this one.',
    'not-an-alt-name': 'A value is neither an IP address nor a DNS name nor a wildcard.',
    'unspecified-alt-name': 'A subject alternative name is `0.0.0.0` or `::`.',
    'not-a-url': 'A value is not a URL that etcd accepts.',
    'relative-socket': 'The path of a unix socket is not absolute.',
    'nameless-socket': 'A unix socket is named where etcd takes no path, and nobody would reach it.',
    'socket-too-long': 'The path of a unix socket is longer than the kernel takes.',
    'socket-folder': "A unix socket is not in a folder of etcd's own below /run.",
    'socket-name': 'A certificate cannot bear the name of a unix socket that speaks TLS.',
    'empty-url-list': 'A list of URLs is empty.',
    'bind-address': 'A member would listen on a host name, and etcd listens only on IP addresses.',
    'unusable-listen-address': 'A member would listen on an address that no host has for itself.',
    'unreachable-url': 'A member would advertise a URL that other hosts cannot dial.',
    'not-a-common-name': 'A common name is empty, too long, or has control characters.',
    'unknown-placeholder': 'A name has a placeholder that is not known there.',
    'not-a-domain': 'A value is not the domain of SRV records.',
    'not-a-service-name': 'A value cannot be part of the name of an SRV service.',
    'not-a-token': 'A cluster token is not printable ASCII of at most 128 characters.',
    'no-such-member': 'A name is not that of a member.',
    // Releases, durations and subjects.
    'unknown-etcd-version': 'A version is not of a known release of etcd.',
    'unknown-kubernetes-version': 'A version is not of a known release of Kubernetes.',
    'not-a-duration': 'A value is not a Go duration.',
    'duration-too-short': 'A validity is less than a second.',
    'subject-too-long': 'An attribute of a subject is longer than RFC 5280 allows.',
    'control-character': 'An attribute of a subject has a control character.',
    // Paths.
    'pem-for-path': 'PEM text stands where the path of a file belongs.',
    'not-a-file-path': 'A value cannot be the path of a file.',
    'relative-path': 'A path on a host does not begin at `/`.',
    'path-not-shortest': 'A path on a host has `//`, `.` or `..` in it.',
    'path-character': 'A path on a host has a character that shells or units would split or expand.',
    'path-too-long': 'A path on a host is longer than a path may be.',
    'system-folder': 'A folder that the bundle would have for itself belongs to the system.',
    'binary-is-folder': 'The path of a program is that of a folder.',
    'log-file-is-folder': 'The path of a log file is that of a folder.',
    // Settings of etcd.
    'setting-out-of-range': 'A setting is smaller or greater than etcd takes.',
    'setting-control-character': 'A setting has a line break or another control character.',
    'setting-relative-path': 'A setting that is a path does not begin at `/`.',
    'setting-not-a-listen-url': 'An entry of a setting is not a URL to listen on.',
    'setting-not-an-origin': 'An entry of a setting is not the origin of a web page.',
    'setting-not-a-host': 'An entry of a setting is not a host.',
    'wildcard-not-alone': 'A list of origins has `*` besides others.',
    'unknown-cipher-suite': "A cipher suite is not one of Go's.",
    'unknown-log-output': 'A log output is neither one that etcd knows nor the path of a file.',
    'not-a-retention': 'A retention is neither a count nor a Go duration of at least a second.',
    'proxy-mode': 'A member is set to be a proxy.',
    'auth-token': '`auth-token` is not one that etcd starts with.',
    'rotation-config': '`log-rotation-config-json` is not one that etcd starts with.',
    'heartbeat-not-zero': '`heartbeat-interval` is 0.',
    'election-not-zero': '`election-timeout` is 0.',
    'compact-hash-check-time-not-zero': 'The time between two checks of the compact hash is 0.',
    'max-learners-not-negative': '`max-learners` is negative.',
    'sampling-rate-in-range': 'The sampling rate of traces is not from 0 to a million.',
    // Units and environment files.
    'taken-unit': 'A unit has the name of one that hosts already have.',
    'unit-suffix': 'The name of a unit has a suffix.',
    'user-nobody': 'A service would run as `nobody`.',
    'account-name': 'systemd-sysusers cannot make an account of this name.',
    'unknown-directive': 'A directive is not one that systemd knows.',
    'misplaced-directive': 'A directive stands in a section where systemd passes over it.',
    'unknown-section': 'A section is not one of a service.',
    'directive-value': 'A value is not one that systemd takes for its directive.',
    'not-a-directive': 'A value is not the name of a directive.',
    'unit-line': 'A value does not fit on one line of a unit.',
    'unit-character': 'A value has a character for which systemd drops a line.',
    'nul-character': 'An argument or variable contains NUL.',
    'exec-binary': 'systemd starts no program whose path has quotes or backslashes.',
    'variable-name': 'A value is not the name of an environment variable.',
    // Files that are read.
    'file-is-folder': 'A folder stands where a file belongs.',
    'file-too-large': 'A document, or a file that it names, is larger than 1 MiB.',
    'named-pipe': 'A named pipe stands where a file belongs.',
    'unusable-path': 'A path is too long, or a link that leads to itself.',
    'unreadable-file': 'A file below a folder cannot be read.',
    'too-many-files': 'A folder holds more files than are looked at.',
    'too-many-certificates': 'A file or folder holds more certificates than are shown.',
    'tarball-too-large': 'A tarball has more entries, or unpacks to more, than is read.',
    'unsafe-tarball-entry': 'An entry of a tarball is not a plain file, or its name leads elsewhere.',
    'unsafe-file-name': 'The name of a file to be written or packed leads elsewhere.',
  },
  duplicate: {
    'repeated-key': 'A key is in its map twice.',
    'repeated-entry': 'A value is in its list twice.',
    'repeated-member-name': 'Two members have one name.',
    'repeated-client-name': 'Two clients have one name.',
    'repeated-address': 'Two members have one address.',
    'repeated-srv-target': 'SRV records would point to two members at one name.',
    'repeated-peer-url': 'Two members advertise one peer URL.',
    'repeated-file': 'Two files of a bundle have one path.',
    'repeated-tarball-entry': 'Two files of a tarball have one name.',
    'repeated-variable': 'A variable of an environment file is set twice.',
  },
  conflict: {
    // Parts of the document against each other.
    'too-many-members': 'The preset is for fewer members.',
    'preset-without-peer-ca': 'The preset has no CA of its own for peers.',
    'peer-ca-without-peer': 'There is a CA for peers, and no pair that it signs.',
    'peer-client-without-peer': 'Members have a pair to dial peers with, and none to serve them with.',
    'role-not-issued': 'A file or name is given to a CA or pair that there is not.',
    'member-in-common-file': 'The name of a file has a placeholder for a member, and all have the same file.',
    'clients-without-client-auth': 'Clients get certificates that no member asks for.',
    'spread-without-pairs':
      'Ends of certificates are to be spread where members have no certificates of their own.',
    'spread-not-shorter': 'Ends of certificates are to be spread over as long as the certificates last.',
    'authority-without-tls': 'A document without TLS speaks of a CA.',
    'trust-without-client-certificates':
      'Further CAs of clients are named where no client is asked for a certificate.',
    'foreign-alt-name': "A member's certificate would bear a name of another member.",
    'tarball-name-taken': 'A name would make a tarball that another has already.',
    'peers-shut-out': "The settings let in no peer with the members' certificates.",
    'clients-shut-out': 'The settings let in no client with the certificates of the bundle.',
    'self-issued': 'A certificate would have the name of its CA.',
    'loopback-peer-url': 'A member would advertise loopback to the others.',
    'foreign-listener': "A member would listen on another member's address.",
    'https-without-tls': 'A member would advertise https in a cluster without TLS.',
    'discovery-several-peer-urls': 'Members find each other by SRV records, and one advertises several URLs.',
    'discovery-without-name': 'Members find each other by SRV records, and one has no DNS name.',
    'discovery-name-without-domain': 'A service name for SRV records stands without their domain.',
    'discovery-over-http': 'Members of etcd 3.4 would find each other by SRV records without TLS.',
    'discovery-in-static-pod': 'Members would find each other by SRV records in a pod that lists them.',
    'unserved-scheme': 'A member would advertise a scheme that it does not listen with.',
    'sockets-alone': 'A member would listen for clients on unix sockets alone.',
    'socket-not-in-release': 'A unix socket has a path, which the release does not take.',
    'metrics-without-client-tls': 'Metrics are https, and no client listener is.',
    'path-taken': "A file or folder would lie where another file is, such as etcd's binary.",
    'archive-sum-alone': 'A digest of an archive is set, and no archive.',
    'archive-sum-of-one': 'One digest is set, and members of different architectures have an archive each.',
    'archive-of-one-architecture': 'Members have different architectures, and one archive is named for all.',
    'archive-beside-static-pod': 'The kubelet runs etcd from an image, and an archive is named.',
    'archive-sum-missing': "Neither the document nor SHA256SUMS beside it says an archive's digest.",
    'archive-sum': 'An archive is not the one whose digest is set.',
    'archive-release': 'The programs of an archive are of another release than `etcd.version`.',
    'archive-architecture': "The programs of an archive are for another architecture than the member's.",
    'archive-program-missing': 'An archive lacks a program of etcd.',
    'archive-entry': "An archive has an entry that etcd's release archives do not have.",
    'archive-program': 'What an archive has for a program of etcd is not one.',
    'trust-not-read': 'A document names further CAs of clients, and their certificates were not given.',
    'archive-not-read': 'A document names an archive, and its programs were not given.',
    'archive-changed': 'An archive changed while it was read.',
    'config-file-beside-flags': 'A configuration file is named, and the settings are flags.',
    'file-inside-data': "A file would lie in etcd's own data directory.",
    'wal-inside-data': 'The data directory and that of the write-ahead log contain each other.',
    'certificates-inside-data': 'The data directory and that of the certificates contain each other.',
    'log-file-out-of-reach': 'The service may not write to the folder of its log file.',
    'group-root': 'A service that is not root would read its keys as the group root.',
    'root-id': 'The account root is given a number of its own.',
    'directive-decided-elsewhere': 'A directive is set by another key of the document.',
    'service-type': 'systemd would wait for what etcd never does.',
    'service-root': 'The service would see neither etcd nor the files of the bundle.',
    'environment-file-missing': 'The service reads an environment file that the bundle does not have.',
    'service-isolated': 'A directive keeps etcd from its network.',
    'service-ended': 'A directive has systemd end etcd before it has started, or again and again.',
    'service-limit': 'A directive leaves etcd less than it takes from the start.',
    'service-umask': 'A directive keeps the account from files that etcd makes.',
    'file-hidden': 'A directive hides a file or folder that etcd needs.',
    'folder-not-writable': 'A directive keeps etcd from a folder that it writes to.',
    'socket-not-made': 'A directive keeps etcd from making its unix socket.',
    'data-not-kept':
      'What etcd writes, reads or makes in a folder is gone when it stops, or nobody else sees it.',
    'unit-folder-mode': 'A directive gives a folder a mode with which the account may not use it.',
    'mount-below-empty': 'A directive needs a path that another one hides.',
    'program-not-executable': 'A directive keeps etcd from being executed.',
    'command-fails': 'A command before or after etcd always fails.',
    'unknown-specifier': 'A command has a specifier that systemd does not know.',
    'environment-file-reset': 'A directive takes away the environment file of the bundle.',
    'port-without-capability': 'A directive keeps the account from a port below 1024.',
    'folder-closed-to-service': "A folder lies in one that the service's user may not enter.",
    'environment-of-etcd': "A directive would set etcd's own settings a second time, or take them away.",
    // kubeadm.
    'kubeadm-api': 'The version of kubeadm does not read that API.',
    'kubeadm-member-name': 'The name of a member is not an RFC 1123 name, which kubeadm requires.',
    'kubeadm-address': 'The first address of a member is a DNS name, which kubeadm does not accept.',
    'kubeadm-http-endpoint': 'A member advertises http, and kubeadm requires https.',
    'static-pod-config': "kubeadm's static pod takes settings as arguments only.",
    'static-pod-etcd': "This etcd does not run with the arguments and probes of kubeadm's static pod.",
    'static-pod-socket': "A unix socket would lie inside kubeadm's static pod, where nobody reaches it.",
    'static-pod-metrics': "The kubelet's probes cannot ask an https metrics URL.",
    'systemd-beside-static-pod': 'The kubelet runs etcd, and the document configures a service.',
    // Settings of etcd against the document and each other.
    'setting-twice': 'Two settings are one in this release.',
    'setting-decided-elsewhere': 'Another key of the document decides a setting.',
    'setting-not-in-file': "etcd's configuration file has no key for a setting.",
    'crl-not-in-bundle': 'A revocation list is set, and the bundle has none.',
    'token-key-missing': '`auth-token` names no private key to sign tokens with.',
    'token-keys-alike': '`auth-token` names one file as both keys.',
    'auto-tls-beside-certificates': 'A member that has certificates is to make some for itself.',
    'cipher-suites-of-keys': "No cipher suite works with the certificates' keys.",
    'port-clash': 'Two listeners of a member have one port.',
    'mixed-schemes': 'One port serves plain http besides https.',
    'peers-without-pair': 'Peers are served over https without a certificate and a key.',
    'clients-without-pair': 'Clients are served over https without a certificate and a key.',
    'metrics-without-pair': 'Metrics are served over https without a certificate and a key.',
    'half-pair': 'A certificate is set without its key, or a key without its certificate.',
    'half-pair-unused': 'Half a pair is set, which nothing uses.',
    'election-five-heartbeats': 'An election timeout is shorter than five heartbeats.',
    'election-too-long': 'An election timeout is longer than etcd takes.',
    'tls-versions-cross': '`tls-min-version` is above `tls-max-version`.',
    'cipher-suites-of-tls-1.3': 'Cipher suites are set for TLS 1.3, which has its own.',
    'cipher-suites-of-http-2': 'The cipher suite that HTTP/2 wants is not among those set.',
    'peers-allowed-twice': 'Peers are held against common names and host names at once.',
    'allowed-hostname-and-gateway': '`client-cert-allowed-hostname` locks out the gRPC gateway.',
    'crl-passed-over': 'A release ignores the revocation list on the gRPC port.',
    'retention-of-revisions': 'Mode revision would read a duration as a count.',
    'retention-of-hours': "A retention in hours overflows etcd's durations.",
    'retention-too-short': 'A retention is so short that etcd panics.',
    'setting-of-another-logger': 'The logger ignores a setting of the other one.',
    'capnslog-one-output': 'The logger of etcd 3.4 takes one output that is a stream.',
    'default-output-alone': '`log-outputs` has `default` besides others.',
    'journal-alone': '`log-outputs` has `systemd/journal` besides others.',
    'rotation-of-one-file': 'Rotation is for one log file, and there are none or several.',
    'rotation-of-nothing': 'Rotation is on, and no log output is a file.',
    'renamed-flag-twice': 'A setting is set under its former name and its present one.',
    'gate-and-flag': 'A feature gate is set, and the flag that it was before.',
    'lease-checkpoint-flags': 'Checkpoints of leases are to be kept and are not made.',
    'lease-checkpoint-gates':
      'The gate that keeps checkpoints of leases is on without the one that makes them.',
    'v2-and-its-end': '`enable-v2` is on, and `v2-deprecation` has ended v2.',
    'force-new-cluster-stays': '`force-new-cluster` would make a new cluster at every start.',
    // A bundle that is read back.
    'bundle-changed': 'A file of a bundle is not the one that was written.',
    'bundle-superseded': 'A bundle is not the newest generation of its cluster.',
    'another-cluster': 'A document is of another cluster than the bundle.',
    'not-updatable': 'A document changes what an update does not change on running members.',
    // The output folder.
    'output-holds-bundle': 'The output folder holds a bundle.',
    'output-not-empty': 'The output folder holds something other than a bundle.',
    'output-not-a-folder': 'The output folder, or one above it, is a file.',
    'output-link': 'The output folder is a link that leads nowhere or to itself.',
    'output-not-movable': 'The bundle cannot be set aside: a mount point, or the current folder.',
    'output-link-of-another-user': 'The way to the output folder has a link of another user.',
    'output-folder-of-another-user': 'The output folder is of another user, and others may write to it.',
    'output-writable-by-others': 'Others may write to a folder above the output folder.',
    'output-owner-changes': 'What is made in the output folder belongs to another user.',
    'output-raced': 'Something else was written to the output folder during the run.',
  },
  'unsupported-by-release': {
    'newer-bundle':
      'A bundle was written by a later release of etcd-bundle, in a format that this one cannot read.',
    'setting-not-in-release': 'This release of etcd does not have a setting or feature gate.',
    'value-not-in-release': 'This release of etcd does not take a value of a setting.',
    'list-not-in-release': 'This release of etcd takes one value of a setting, not several.',
    'kubeadm-key': 'kubeadm of this version and API cannot sign with keys of this kind.',
    'kubeadm-validity': 'kubeadm of this API has no field for the validity of certificates.',
    'kubeadm-http-endpoints': "kubeadm of this version and API has no field for etcd's HTTP endpoints.",
    'static-pod-release': "The static pod of this release's kubeadm is not known.",
  },
  'outlives-authority': {
    'outlives-authority': 'A leaf would outlive its CA.',
  },
  'unusable-authority': {
    'no-authority-certificate': 'The file of a CA has no certificate.',
    'unreadable-authority-certificate': 'The file of a CA has a certificate that etcd cannot read.',
    'unreadable-authority-key': 'The file of a CA has no private key that can be read.',
    'encrypted-authority-key': 'The private key of a CA is encrypted.',
    'authority-key-algorithm': 'The private key of a CA is of a kind that cannot sign here.',
    'authority-key-mismatch': 'The private key of a CA does not belong to its certificate.',
    'authority-chain': 'A certificate in the file of a CA is not the issuer of the one before it.',
    'authority-not-a-ca': 'The basic constraints of a certificate say that it is not a CA.',
    'authority-key-usage': 'The key usage of a CA does not allow it to sign certificates.',
    'authority-purposes': 'The extended key usages of a CA leave out servers or clients.',
    'authority-critical-extension': 'A CA has a critical extension that etcd does not know.',
    'authority-expired': 'A CA has expired.',
    'authority-not-yet-valid': 'A CA is not valid yet.',
  },
  // Rules of RFC 5280 and of what reads certificates, held before anything is signed.
  lint: {
    'serial-number-positive': 'A serial number is not positive.',
    'serial-number-length': 'A serial number has more than 20 octets.',
    'signature-fits-issuer-key': "A signature algorithm is not one of the CA's key.",
    'issuer-named': 'An issuer has no name.',
    'issuer-is-subject-of-issuer': 'A certificate names another issuer than the CA.',
    'issuer-may-sign': 'The certificate that is to sign may not.',
    'issuer-path-length': "A CA's path length allows no further CA.",
    'validity-representable': 'A date cannot be written.',
    'validity-in-order': 'A certificate does not end after its beginning.',
    'validity-within-issuer': "A certificate begins or ends outside its CA's validity.",
    'subject-named': 'A certificate has no name at all.',
    'attribute-lengths': 'An attribute of a subject is empty or too long.',
    'attribute-characters': 'An attribute of a subject has a control character.',
    'country-code': 'A country is not two letters.',
    'key-usage-present': 'A certificate has no key usage.',
    'authority-signs': 'A CA lacks keyCertSign.',
    'leaf-signs-no-certificates': 'A leaf has keyCertSign.',
    'leaf-signs-handshakes': 'A leaf lacks digitalSignature.',
    'encipherment-with-rsa-only': 'A key that cannot encipher has a key usage to do so.',
    'leaf-has-purpose': 'A leaf has no extended key usage.',
    'path-length-of-authority': 'A leaf has a path length, or a CA one that is not a whole number.',
    'authority-identified': 'A CA has no subject key identifier.',
    'authority-key-identifier-matches': "An authority key identifier is missing, or not the CA's.",
    'server-named': 'A certificate for servers has no subject alternative name.',
    'alt-names-unique': 'A certificate has one subject alternative name twice.',
    'alt-names-well-formed': 'A subject alternative name is neither an address nor a DNS name.',
    'alt-names-permitted':
      "A subject alternative name is not among those that its CA's name constraints allow.",
  },
  system: {
    'permission-denied': 'The user may not read or write there.',
    'read-only-file-system': 'A file system is mounted for reading only.',
    'no-space': 'A disk is full.',
    'quota-exceeded': "The user's share of a disk is used up.",
    'name-too-long': 'A name is longer than the file system takes.',
    'too-many-open-files': 'The process has as many files open as it may.',
    'too-many-open-files-in-system': 'The machine has as many files open as it may.',
    'input-output-error': 'A disk failed.',
    'folder-busy': 'A folder is a mount point, and cannot be renamed.',
    'removed-meanwhile': 'Something was removed during the run.',
    'system-call-failed': 'A system call failed for a reason that is rare.',
  },
  // What works and is seldom meant.
  notice: {
    'even-members': 'A cluster has an even number of members.',
    'further-clients': 'Members let in the clients of a further CA, whoever they are.',
    'folder-is-emptied': 'A file of the bundle lies in a folder that does not keep it.',
  },
  // On standard error alone.
  usage: {
    'unknown-command': 'The command does not exist.',
    'unknown-option': 'The command does not have that option.',
    'option-without-value': 'An option needs a value.',
    'option-with-value': 'A switch takes no value.',
    'option-twice': 'An option is given twice.',
    'option-missing': 'An option that the command needs is not given.',
    'option-value': 'An option does not take that value.',
    'options-contradict': 'Two options contradict each other.',
    'operand-missing': 'The command does not say what to work on.',
    'operand-superfluous': 'The command works on one thing at a time.',
    'operand-malformed': 'An operand is not of the form that the command takes.',
  },
} as const;

/**
 * What sort of thing is wrong, for programs that treat all faults of a sort alike.
 *
 * @public
 */
export type IssueKind = keyof typeof ISSUE_CODES;

/**
 * What exactly is wrong: a key of one of the kinds of {@link ISSUE_CODES}.
 *
 * @public
 */
export type IssueCode = { [Kind in IssueKind]: keyof (typeof ISSUE_CODES)[Kind] }[IssueKind];

const KINDS: readonly IssueKind[] = Object.keys(ISSUE_CODES).filter(isKind);

/**
 * The kind of a code's faults.
 *
 * @param code - of an issue, also one that another release made
 * @returns undefined for a code that this release does not know
 * @example
 * ```ts
 * const isIncomplete = issues.some(({ code }) => issueKind(code) === 'missing');
 * ```
 * @public
 */
export function issueKind(code: string): IssueKind | undefined {
  return KINDS.find((kind) => Object.hasOwn(ISSUE_CODES[kind], code));
}

/**
 * What is wrong where an issue has a code: one sentence, Markdown.
 *
 * @returns undefined for a code that this release does not know
 * @internal
 */
export function issueSummary(code: string): string | undefined {
  return KINDS.flatMap((kind) => Object.entries(ISSUE_CODES[kind])).find(([known]) => known === code)?.[1];
}

function isKind(key: string): key is IssueKind {
  return Object.hasOwn(ISSUE_CODES, key);
}
