import * as v from 'valibot';
import { ARCHITECTURES } from '../architectures.js';
import { AUTHORITY_ROLES, PAIR_ROLES, PROFILE_NAMES } from '../certificate-roles.js';
import type { ClusterDocument } from '../cluster-document.js';
import { releaseRange, versionCure } from '../etcd/version.js';
import { PRESET_NAMES, presetList } from '../preset-names.js';
import { alternatives } from '../text/alternatives.js';
import { keyAlgorithms } from '../x509/key-algorithm.js';
import { MAX_ADDRESSES, MAX_ENTRIES } from './bounds.js';

// Each schema's message is the cure: what to write instead. What is wrong is said by issues.ts from what was found.

const text = (cure: string) => v.string(cure);
const list = <const T extends v.GenericSchema>(item: T, cure: string, most = MAX_ENTRIES) =>
  v.pipe(v.array(item, cure), v.maxLength(most, `Write at most ${most}.`));
const version = (cure: string) => v.union([v.string(), v.number()], cure);

/** Safe as a file name, in initial-cluster, in a unit and in YAML. */
const MEMBER_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
/** With the instance of a template behind "@" (systemd.unit(5)). */
const UNIT_NAME =
  /^[A-Za-z0-9](?:[A-Za-z0-9:_.-]{0,126}[A-Za-z0-9])?(?:@[A-Za-z0-9](?:[A-Za-z0-9:_.-]{0,62}[A-Za-z0-9])?)?$/;
/** What useradd and sysusers.d take for a name (sysusers.d(5)). */
const USER_NAME = /^[a-z_][a-z0-9_-]{0,30}$/;

const NAME_CURE = 'Write letters, digits and inner ".", "_" or "-", at most 63.';
const ADDRESS_CURE = 'Write an IP address or a DNS name, or a list of them.';
const URLS_CURE = 'Write a list of URLs such as [https://10.0.0.1:2379].';
const NAMES_CURE = 'Write a list of DNS names and IP addresses.';
const PORT_CURE = 'Write a port from 1 to 65535.';
const ID_CURE = 'Write a number from 1 to 65533.';
const PATH_CURE = 'Write an absolute path.';
const DURATION_CURE = 'Write a Go duration such as 8760h.';

const urls = list(text(URLS_CURE), URLS_CURE, MAX_ADDRESSES);
const names = list(text(NAMES_CURE), NAMES_CURE);
// Not minValue and maxValue, which read the global Date as they are made.
const port = v.pipe(
  v.number(PORT_CURE),
  v.integer(PORT_CURE),
  v.check((number) => number >= 1 && number <= 65535, PORT_CURE),
);
/** Numbers that an account may have: 0 is root's, 65534 nobody's, and 65535 and 2³²-1 mean none (sysusers.d(5), ID). */
const accountId = v.pipe(
  v.number(ID_CURE),
  v.integer(ID_CURE),
  v.check((id) => id >= 1 && id < 0xffffffff && id !== 65534 && id !== 65535, ID_CURE),
);
const path = v.pipe(text(PATH_CURE), v.regex(/^\//, PATH_CURE));

const member = v.strictObject({
  name: v.pipe(text(NAME_CURE), v.regex(MEMBER_NAME, NAME_CURE), v.description('etcd --name')),
  address: v.pipe(
    v.union(
      [v.string(), v.pipe(list(v.string(), ADDRESS_CURE, MAX_ADDRESSES), v.minLength(1, ADDRESS_CURE))],
      ADDRESS_CURE,
    ),
    v.description('IPv4, IPv6 or a DNS name, or a list of them: the first is advertised'),
  ),
  altNames: v.optional(v.pipe(names, v.description("More SANs, this member's only"))),
  listenClientUrls: v.optional(urls),
  advertiseClientUrls: v.optional(urls),
  listenPeerUrls: v.optional(urls),
  initialAdvertisePeerUrls: v.optional(urls),
  listenMetricsUrls: v.optional(urls),
  settings: v.optional(
    v.pipe(
      v.record(
        v.string(),
        v.unknown(),
        'Write etcd settings under their flag names, such as {snapshot-count: 5000}.',
      ),
      v.description('What is different from etcd.settings on this member'),
    ),
  ),
  dataDir: v.optional(v.pipe(path, v.description('Instead of etcd.dataDir on this member'))),
  walDir: v.optional(v.pipe(path, v.description('Instead of etcd.walDir on this member'))),
  arch: v.optional(
    v.pipe(
      v.picklist(ARCHITECTURES, `Write ${alternatives(ARCHITECTURES)}.`),
      v.description('Of its machine, for {arch} in etcd.archive; default: amd64'),
    ),
  ),
});

const client = v.strictObject({
  name: v.pipe(text(NAME_CURE), v.regex(MEMBER_NAME, NAME_CURE), v.description('File name of the pair')),
  commonName: v.optional(
    v.pipe(text('Write a name of 1 to 64 characters.'), v.description('The etcd user it authenticates')),
  ),
});

const SUM_CURE =
  'Write the 64 hexadecimal digits that sha256sum prints, in quotes, or a map of them by architecture.';
const ARCHIVE_CURE = "Write the path of etcd's release archive, such as etcd-v3.6.16-linux-{arch}.tar.gz.";

const etcd = v.strictObject({
  version: v.optional(
    v.pipe(version(versionCure()), v.description(`${releaseRange()}, or a patch such as 3.6.16`)),
  ),
  binary: v.optional(path),
  archive: v.optional(
    v.pipe(
      text(ARCHIVE_CURE),
      v.minLength(1, ARCHIVE_CURE),
      v.description("etcd's release archive, relative to this document: its programs travel in the tarballs"),
    ),
  ),
  archiveSha256: v.optional(
    v.pipe(
      v.union([v.string(), v.record(v.string(), v.string())], SUM_CURE),
      v.description('Of the archive, or of each by architecture; default: SHA256SUMS beside it'),
    ),
  ),
  config: v.optional(v.picklist(['flags', 'environment', 'yaml'], 'Write flags, environment or yaml.')),
  configFile: v.optional(v.pipe(path, v.description('Where the environment file or the YAML lies'))),
  dataDir: v.optional(path),
  walDir: v.optional(path),
  clientPort: v.optional(port),
  peerPort: v.optional(port),
  loopback: v.optional(v.picklist(['https', 'http', 'none'], 'Write https, http or none.')),
  metricsUrls: v.optional(urls),
  state: v.optional(v.picklist(['new', 'existing'], 'Write new or existing.')),
  settings: v.optional(
    v.pipe(
      v.record(
        v.string(),
        v.unknown(),
        'Write etcd settings under their flag names, such as {quota-backend-bytes: 6GiB}.',
      ),
      v.description('Any other etcd setting under its own flag name'),
    ),
  ),
});

const subjectAttribute = v.optional(
  v.pipe(text('Write a string.'), v.minLength(1, 'Write a string or leave the key out.')),
);
const authority = v.strictObject({
  certificate: text('Write the path of a PEM file, relative to this document.'),
  key: text('Write the path of a PEM file, relative to this document.'),
});

const subject = v.optional(
  v.strictObject({
    C: v.optional(
      v.pipe(
        text('Write a two-letter country code.'),
        v.regex(/^[A-Za-z]{2}$/, 'Write a two-letter country code.'),
      ),
    ),
    ST: subjectAttribute,
    L: subjectAttribute,
    O: subjectAttribute,
    OU: subjectAttribute,
  }),
);

const FILE_NAME_CURE = 'Write a file name, relative to certificates.directory or absolute.';
const fileNames = v.optional(
  v.strictObject({
    certificate: v.optional(text(FILE_NAME_CURE)),
    key: v.optional(text(FILE_NAME_CURE)),
  }),
);
const AUTHORITIES_CURE = `Write ${AUTHORITY_ROLES.join(', or both, or ')}.`;
const PAIRS_CURE = `Write a list of ${PAIR_ROLES.join(', ')}.`;
const TRUST_CURE = 'Write a list of PEM files, relative to this document: [corporate-ca.pem].';
const commonName = v.optional(text('Write a name of 1 to 64 characters.'));

const certificates = v.strictObject({
  tls: v.optional(v.picklist(['per-member', 'shared', 'none'], 'Write per-member, shared or none.')),
  key: v.optional(v.picklist(keyAlgorithms(), `Write ${alternatives(keyAlgorithms())}.`)),
  validity: v.optional(
    v.strictObject({
      ca: v.optional(text(DURATION_CURE)),
      leaf: v.optional(text(DURATION_CURE)),
      spread: v.optional(
        v.pipe(
          text(DURATION_CURE),
          v.description("Members' leaves end one after the other, over this time before the last of them"),
        ),
      ),
    }),
  ),
  beyondAuthority: v.optional(v.picklist(['refuse', 'clamp'], 'Write refuse or clamp.')),
  usages: v.optional(v.picklist(['rfc5280', 'kubeadm-compatible'], 'Write rfc5280 or kubeadm-compatible.')),
  subject,
  caSubject: subject,
  authorities: v.optional(
    v.pipe(
      list(v.picklist(AUTHORITY_ROLES, AUTHORITIES_CURE), AUTHORITIES_CURE),
      v.description('One CA, or a second one for peers'),
    ),
  ),
  pairs: v.optional(
    v.pipe(list(v.picklist(PAIR_ROLES, PAIRS_CURE), PAIRS_CURE), v.description('What each member holds')),
  ),
  files: v.optional(
    v.pipe(
      v.strictObject({
        ca: fileNames,
        'peer-ca': fileNames,
        server: fileNames,
        'server-client': fileNames,
        peer: fileNames,
        'peer-client': fileNames,
        'healthcheck-client': fileNames,
        'apiserver-etcd-client': fileNames,
      }),
      v.description("File names by role, relative to directory; {member} is the member's name"),
    ),
  ),
  commonNames: v.optional(
    v.pipe(
      v.strictObject({
        ca: commonName,
        'peer-ca': commonName,
        server: commonName,
        'server-client': commonName,
        peer: commonName,
        'peer-client': commonName,
        'healthcheck-client': commonName,
        'apiserver-etcd-client': commonName,
        admin: commonName,
      }),
      v.description("Common names by role; {member} is the member's name"),
    ),
  ),
  profile: v.optional(v.picklist(PROFILE_NAMES, `Write ${PROFILE_NAMES.join(', ')}.`)),
  loopbackNames: v.optional(
    v.pipe(names, v.description("SANs of every server and peer certificate besides the member's own")),
  ),
  memberAltName: v.optional(
    v.pipe(v.boolean('Write true or false.'), v.description("Whether the member's name is a SAN")),
  ),
  clientCertAuth: v.optional(
    v.pipe(v.boolean('Write true or false.'), v.description('Whether clients have to show a certificate')),
  ),
  revocation: v.optional(
    v.pipe(
      v.boolean('Write true or false.'),
      v.description('Whether members look into revocation lists, which are empty at first'),
    ),
  ),
  altNames: v.optional(v.pipe(names, v.description('More SANs of every server certificate'))),
  directory: v.optional(path),
  ca: v.optional(authority),
  peerCa: v.optional(authority),
  trust: v.optional(
    v.pipe(
      list(text(TRUST_CURE), TRUST_CURE),
      v.description('Further CAs whose clients are let in: PEM files, relative to this document'),
    ),
  ),
  caKeyOn: v.optional(list(text('Write names of members.'), 'Write a list of member names.')),
});

const DIRECTIVE_CURE =
  'Write a string, a number, true or false, or a list of them; [] removes the directive.';
const SECTIONS_CURE = 'Write sections with their directives, such as {Service: {LimitNOFILE: 65536}}.';
const directiveValue = v.union([v.string(), v.number(), v.boolean()], DIRECTIVE_CURE);

const systemd = v.strictObject({
  unit: v.optional(
    v.pipe(
      text('Write a unit name without .service.'),
      v.regex(
        UNIT_NAME,
        'Write letters, digits and inner ":", "_", "." or "-", without .service; an instance has its name behind "@", as in etcd@prod.',
      ),
      v.description('File name without .service'),
    ),
  ),
  user: v.optional(
    v.pipe(
      text('Write a user name.'),
      v.regex(USER_NAME, 'Write a user name: lower-case letters, digits, "_" and "-".'),
    ),
  ),
  group: v.optional(
    v.pipe(
      text('Write a group name.'),
      v.regex(USER_NAME, 'Write a group name: lower-case letters, digits, "_" and "-".'),
      v.description("The service's group, which may read its keys; default: the user's name"),
    ),
  ),
  uid: v.optional(v.pipe(accountId, v.description("The user's number, where the bundle makes the user"))),
  gid: v.optional(v.pipe(accountId, v.description("The group's number, where the bundle makes the group"))),
  hardening: v.optional(
    v.pipe(v.boolean('Write true or false.'), v.description('The sandbox of the hardened unit')),
  ),
  directives: v.optional(
    v.record(
      v.string(),
      v.record(
        v.string(),
        v.union([directiveValue, list(directiveValue, DIRECTIVE_CURE)], DIRECTIVE_CURE),
        SECTIONS_CURE,
      ),
      SECTIONS_CURE,
    ),
  ),
});

const kubernetes = v.strictObject({
  version: v.optional(
    v.pipe(
      version('Write a Kubernetes version in quotes, such as "1.36".'),
      v.description('Decides the kubeadm API'),
    ),
  ),
  kubeadmApi: v.optional(v.picklist(['v1beta2', 'v1beta3', 'v1beta4'], 'Write v1beta2, v1beta3 or v1beta4.')),
  staticPod: v.optional(v.boolean('Write true or false.')),
});

const schema = v.strictObject({
  version: v.optional(
    v.literal(1, "Write version: 1, which is this format's; etcd's release is etcd.version."),
  ),
  preset: v.optional(v.picklist(PRESET_NAMES, `Write ${presetList()}.`)),
  cluster: v.optional(
    v.strictObject({
      name: v.optional(v.pipe(text(NAME_CURE), v.regex(MEMBER_NAME, NAME_CURE))),
      token: v.optional(
        v.pipe(text('Write a string, or random.'), v.description('initial-cluster-token, or random')),
      ),
      discoverySrv: v.optional(
        v.pipe(
          text('Write a domain such as example.org.'),
          v.description('Domain of the SRV records in which members find each other'),
        ),
      ),
      discoverySrvName: v.optional(
        v.pipe(
          text('Write what follows _etcd-server-ssl- in the SRV records.'),
          v.description('What is added to the names of the SRV services'),
        ),
      ),
    }),
  ),
  members: v.pipe(
    list(member, 'Write at least one member: {name: e1, address: 10.0.0.1}.'),
    v.minLength(1, 'Write at least one member: {name: e1, address: 10.0.0.1}.'),
  ),
  clients: v.optional(list(client, 'Write a list such as [{name: backup, commonName: backup}].')),
  etcd: v.optional(etcd),
  certificates: v.optional(certificates),
  systemd: v.optional(systemd),
  kubernetes: v.optional(kubernetes),
});

/**
 * Schema of {@link ClusterDocument}: what is checked, what is described and the JSON Schema come from here alone.
 *
 * @internal
 */
export const clusterDocument: v.GenericSchema<ClusterDocument> = schema;
