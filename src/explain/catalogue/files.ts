import type { KnownMessage } from '../known-message.js';

/** @internal */
export const fileMessages: readonly KnownMessage[] = [
  {
    id: 'key-mismatch',
    level: 'error',
    title: 'A key does not belong to its certificate',
    wordings: [
      { text: 'tls: private key does not match public key' },
      { text: 'tls: private key type does not match public key type' },
    ],
    cause:
      'A certificate file and the key file that goes with it are of two pairs, or an intermediate stands before the certificate itself. Where it comes with "listener failed" or "registerGateway failed" it is --cert-file and --key-file, with "creating peer listener failed" --peer-cert-file and --peer-key-file.',
    cure: 'Put both files of one pair in place; the certificate comes first in its file. Compare: openssl x509 -noout -pubkey -in x.crt, openssl pkey -pubout -in x.key.',
    source: 'Go crypto/tls X509KeyPair',
  },
  {
    id: 'key-unreadable',
    level: 'error',
    title: 'A key cannot be read',
    wordings: [
      { text: 'tls: failed to parse private key' },
      { text: 'tls: found unknown private key type in PKCS#8 wrapping' },
      { text: 'x509: unsupported elliptic curve' },
    ],
    cause: 'The key file is encrypted, damaged, or of a kind that Go does not know.',
    cure: 'Use an unencrypted PEM key: RSA, ECDSA P-256, P-384 or P-521, or Ed25519 (openssl pkey -in encrypted.key -out plain.key).',
    source: 'Go crypto/tls parsePrivateKey',
  },
  {
    id: 'pem-missing',
    level: 'error',
    title: 'A file holds no PEM of the kind it should',
    wordings: [
      { text: 'tls: failed to find any PEM data in {kind} input' },
      { text: 'tls: failed to find certificate PEM data in certificate input' },
      { text: 'tls: found a certificate rather than a key' },
      { text: 'tls: failed to find PEM block with type ending in "PRIVATE KEY"' },
      { text: 'tls: failed to find "CERTIFICATE" PEM block' },
    ],
    cause:
      'A certificate or key file is empty, DER, begins with a byte order mark, or certificate and key are swapped.',
    cure: 'Put PEM there: -----BEGIN CERTIFICATE----- in the certificate file, -----BEGIN … PRIVATE KEY----- in the key file.',
    source: 'Go crypto/tls X509KeyPair',
  },
  {
    id: 'ca-file-unreadable',
    level: 'error',
    title: 'A CA file holds something else than certificates',
    wordings: [
      { text: 'asn1: structure error: tags don', also: 'tbsCertificate', releases: 'built with Go 1.12' },
      { text: 'asn1: structure error: {reason}', also: 'certificate' },
      { text: 'asn1: syntax error: {reason}', releases: 'built with Go 1.12' },
      { text: 'x509: malformed tbs certificate' },
      { text: 'x509: malformed certificate' },
      { text: 'x509: invalid version' },
      { text: 'x509: trailing data' },
    ],
    cause: 'Every PEM block in the CA file must be a certificate; one of them is a key or is damaged.',
    cure: 'Leave nothing but certificates in the file of --trusted-ca-file or --peer-trusted-ca-file.',
    source: 'etcd client/pkg/tlsutil/tlsutil.go NewCertPool',
  },
  {
    id: 'file-missing',
    level: 'error',
    title: 'A file is not there',
    wordings: [
      { text: 'open {file}: no such file or directory' },
      { text: 'stat {file}: no such file or directory' },
      { text: 'mkdir {file}: no such file or directory' },
    ],
    cause:
      '{file} does not exist for etcd. Of a running member it makes connections fail until the file is back; a missing CRL makes it reject everybody.',
    cure: 'Put the file there, or correct the setting that names it. A unit with ProtectHome= or PrivateTmp= hides /home, /root and /tmp.',
    source: 'open(2); systemd.exec(5)',
  },
  {
    id: 'data-dir-of-another-user',
    level: 'error',
    title: "The data folder is not etcd's",
    wordings: [
      { text: 'open {file}/.touch: permission denied' },
      { text: 'cannot access data directory: {reason}', also: 'permission denied' },
      { text: 'mkdir {file}/member: permission denied' },
      { text: 'open {file}/member/{part}: permission denied' },
      { text: 'open {file}/wal/{part}: permission denied' },
      { text: 'open {file}/snap/{part}: permission denied' },
    ],
    cause:
      'The user that etcd runs as may not write into the data folder[[ {file}]]: it, or what lies in it, belongs to another user, mostly to root after a start or a restore by hand.',
    cure: 'chown -R etcd:etcd <data-dir> (the user of the unit; in a container the ID that it runs with), chmod 0700 <data-dir>, and every folder above passable for that user (namei -l).',
    source: 'etcd client/pkg/fileutil IsDirWriteable; etcd issue 12833',
  },
  {
    id: 'permission-denied',
    level: 'error',
    title: 'A file may not be used',
    wordings: [
      { text: 'open {file}: permission denied' },
      { text: 'mkdir {file}: permission denied' },
      { text: 'readdirent {file}: permission denied' },
      { text: "cannot open directory '{file}': Permission denied", by: 'other' },
      { text: "cannot create directory '{file}': Permission denied", by: 'other' },
      { text: "cannot access '{file}': Permission denied", by: 'other' },
    ],
    cause: 'The user that etcd runs as may not use the file[[ {file}]], or one of the folders above it.',
    cure: 'Make keys 0640 root:etcd or 0600 etcd:etcd, and every folder above them passable for that user[[: namei -l {file} shows them]].',
    source: 'open(2), path_resolution(7)',
  },
  {
    id: 'data-dir-read-only',
    level: 'error',
    title: 'The data folder can be read alone',
    wordings: [{ text: 'cannot access data directory: {reason}', also: 'read-only file system' }],
    cause:
      'The unit has ProtectSystem=strict without a ReadWritePaths= or StateDirectory= for the folder of --data-dir, or the file system is mounted read-only.',
    cure: 'Write ReadWritePaths= with the folders of --data-dir and --wal-dir into the unit, or mount the file system for writing.',
    source: 'etcd client/pkg/fileutil IsDirWriteable; systemd.exec(5)',
  },
  {
    id: 'data-dir-unusable',
    level: 'error',
    title: 'The data folder cannot be used',
    wordings: [
      { text: 'failed to list data directory' },
      { text: 'error listing data dir: {file}', releases: '3.4' },
      { text: 'cannot access data directory' },
    ],
    cause: 'What --data-dir names[[, {file},]] is no folder that etcd can read and write.',
    cure: 'Let it name a folder of its own, mode 0700, that belongs to the user etcd runs as.',
    source: 'etcd server/etcdmain/etcd.go identifyDataDirOrDie',
  },
  {
    id: 'data-dir-permissions',
    level: 'warning',
    title: 'Others may read the data folder',
    wordings: [{ text: 'directory "{file}" exist, but the permission is "{mode}"' }],
    cause: '{file} has mode {mode}; the data of the cluster is in it, secrets of Kubernetes too.',
    cure: 'chmod 0700 {file}. With systemd: StateDirectoryMode=0700.',
    source: 'etcd client/pkg/fileutil CheckDirPermission',
  },
  {
    id: 'data-dir-foreign-file',
    level: 'warning',
    title: 'Something else lies in the data folder',
    wordings: [
      { text: 'found invalid file under data directory', releases: '3.5 and later' },
      { text: 'found invalid file/dir {filename} under data dir {dir}', releases: '3.4' },
    ],
    cause:
      'The data folder holds[[ {filename},]] what etcd did not put there, such as the lost+found of a disk of its own.',
    cure: 'Keep other files out of it; on a disk of its own let --data-dir name a folder below its mount point.',
    source: 'etcd server/etcdmain/etcd.go identifyDataDirOrDie',
  },
  {
    id: 'data-of-newer-release',
    level: 'error',
    title: 'The data was written by a newer etcd',
    wordings: [
      { text: 'cluster cannot be downgraded' },
      { text: 'invalid downgrade; server version is lower than determined cluster version' },
      { text: 'cannot downgrade' },
    ],
    cause:
      'A newer release has run on this data folder, or the cluster runs one, and this one cannot join it.',
    cure: 'Start the newer release again. Going back is one minor at a time, by "etcdctl downgrade" where both releases have it, or by a snapshot.',
    source: 'etcd server/etcdserver/version/downgrade.go',
  },
];
