import type { EtcdRelease } from '../../../src/etcd-releases.js';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { readHostFolder } from '../../../src/node/read/host-folder.js';
import type { Finding } from '../../../src/verify/finding.js';
import { verifyBundle } from '../../../src/verify/verify-bundle.js';
import type { Host } from '../host.js';
import { text } from '../root.js';
import { ADDRESS, type LaboratoryCase, PKI } from './laboratory-case.js';
import { installedVersion } from './versions.js';

/** What systemd and etcd did, and what verify said of it. */
export interface LaboratoryResult {
  readonly runs: boolean;
  /** The state of the unit, and the end of its journal where it does not run. */
  readonly said: string;
  readonly errors: readonly Finding[];
}

/** What the hosts have at first, and every case that names no other. */
export const LABORATORY_RELEASE: EtcdRelease = '3.6';
const UNIT = '/etc/systemd/system/etcd.service';
const KEYS = '/root/keys';
const FLAGS: Readonly<Record<string, string>> = {
  name: 'a1',
  'data-dir': '/var/lib/etcd',
  'listen-client-urls': `https://${ADDRESS}:2379`,
  'advertise-client-urls': `https://${ADDRESS}:2379`,
  'listen-peer-urls': `https://${ADDRESS}:2380`,
  'initial-advertise-peer-urls': `https://${ADDRESS}:2380`,
  'initial-cluster': `a1=https://${ADDRESS}:2380`,
  'cert-file': `${PKI}/server.crt`,
  'key-file': `${PKI}/server.key`,
  'trusted-ca-file': `${PKI}/ca.crt`,
  'client-cert-auth': 'true',
  'peer-cert-file': `${PKI}/server.crt`,
  'peer-key-file': `${PKI}/server.key`,
  'peer-trusted-ca-file': `${PKI}/ca.crt`,
  'peer-client-cert-auth': 'true',
};
/** Nothing of an earlier case stays. */
const CLEAN = `systemctl stop 'etcd*' proxy.socket; systemctl reset-failed; rm -rf /etc/systemd/system/*etcd* /etc/systemd/system/{keys,vault,proxy*,tight,srv-disk}.* /etc/systemd/system/proxy@.service /etc/systemd/system/*.wants/etcd* \
/etc/systemd/system/service.d /run/systemd/system/etcd* /usr/local/lib/systemd /usr/lib/systemd/system/etcd* /etc/etcd /var/lib/etcd* /var/lib/other /var/lib/private /var/log/etcd* /var/cache/etcd /srv/* /opt/* /home/* /root/pki \
/tmp/pki /var/tmp/pki /run/etcd /a1.etcd /etc/tmpfiles.d/* /etc/sysusers.d/*; userdel etcd; groupdel etcd; groupdel keys; mkdir -p ${PKI} \
/etc/tmpfiles.d /etc/sysusers.d; cp -a ${KEYS}/server.* ${KEYS}/ca.crt ${PKI}/; true`;
const WAIT_SECONDS = 9;

/** OpenSSL makes the keys: nothing here is judged by what made it. */
export async function makeKeys(host: Host): Promise<void> {
  const leaf = `basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=IP:${ADDRESS},IP:127.0.0.1,DNS:a1,DNS:localhost\n`;
  await host.put(text(leaf), `${KEYS}/leaf`);
  await host.must(`cd ${KEYS} && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -days 3650 -subj /CN=ca &&
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj /CN=a1 &&
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out server.crt -days 365 -extfile leaf && rm server.csr`);
}

/** Puts a case on a host, has it judged, and starts it. */
export async function tryCase(host: Host, of: LaboratoryCase): Promise<LaboratoryResult> {
  const {
    release = LABORATORY_RELEASE,
    setup = '',
    boot = '',
    unit = 'etcd',
    endpoint = `https://${ADDRESS}:2379`,
  } = of;
  await host.run(CLEAN);
  await useRelease(host, release);
  await host.put(text(unitOf(of)), UNIT);
  if (setup !== '') await host.run(setup);
  const root = await readHostFolder(host.root, 'a1');
  const { findings } = await verifyBundle([root], {
    crypto: nodeCryptoProvider(),
    at: Math.floor(Date.now() / 1000),
    etcdVersion: installedVersion(release),
  });
  const poll = `for i in $(seq ${WAIT_SECONDS * 5}); do s=$(systemctl is-active ${unit}); case $s in active|failed) break;; esac; [ $s = inactive ] && [ $i -gt 5 ] && break; sleep 0.2; done`;
  const health = `timeout 8 etcdctl --endpoints=${endpoint} --cacert=${KEYS}/ca.crt --cert=${KEYS}/server.crt --key=${KEYS}/server.key endpoint health`;
  // What a watchdog or its time ends has been active for a moment.
  const lasts = /WatchdogSec|RuntimeMaxSec/.test(of.service ?? '')
    ? 'sleep 2; s=$(systemctl show -P NRestarts etcd; systemctl is-active etcd)'
    : 'true';
  const started = await host.run(
    `${boot === '' ? 'true' : boot}; systemctl daemon-reload; systemctl start --no-block ${unit}; ${poll}; ${lasts}; echo "state $s"; [ "$s" = active ] && ${health} 2>&1; r=$?; journalctl -u ${unit} -n 4 -o cat --no-pager | cut -c1-200; exit $r`,
    { timeout: 60_000 },
  );
  return {
    runs: started.code === 0,
    said: started.stdout.trim().split('\n').slice(0, 6).join('\n'),
    errors: findings.filter(({ level }) => level === 'error'),
  };
}

/** What lies on each host now. */
const installed = new WeakMap<Host, EtcdRelease>();

async function useRelease(host: Host, release: EtcdRelease): Promise<void> {
  if ((installed.get(host) ?? LABORATORY_RELEASE) === release) return;
  await host.useEtcd(release);
  installed.set(host, release);
}

function unitOf({ service = '', head = '', flags = {}, command }: LaboratoryCase): string {
  const all = Object.entries({ ...FLAGS, ...flags }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
  const line = command?.(all.join(' ')) ?? `/usr/local/bin/etcd ${all.join(' ')}`;
  const type = /^Type=/m.test(service) ? '' : 'Type=notify\n';
  return `[Unit]\n${head}\n[Service]\n${type}${service}\nExecStart=${line}\n[Install]\nWantedBy=multi-user.target\n`;
}
