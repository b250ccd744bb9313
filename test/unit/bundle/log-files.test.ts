import { describe, expect, it } from 'vitest';
import { buildCluster } from '../../support/cluster.js';

async function build(document: {
  readonly etcd: object;
  readonly systemd?: object;
  readonly preset?: string;
}) {
  const built = await buildCluster(
    JSON.stringify({ members: [{ name: 'e1', address: '10.0.0.1' }], ...document }),
  );
  const { unit } = built.spec.systemd;
  return {
    unit: built.text('e1', `etc/systemd/system/${unit}.service`),
    tmpfiles: built.text('e1', `etc/tmpfiles.d/${unit}.conf`),
  };
}

const logged = (outputs: string | readonly string[], more: object = {}) => ({
  settings: { 'log-outputs': outputs, ...more },
});

describe.each(['flags', 'environment', 'yaml'])('log files, with settings as %s', (config) => {
  it.each([
    ['one', logged('/var/log/etcd/etcd.log', { 'enable-log-rotation': true })],
    ['one of a list', logged(['stderr', '/var/log/etcd/etcd.log'])],
    ['several of one folder', logged(['/var/log/etcd/etcd.log', '/var/log//etcd/./other.log'])],
  ])('get a folder that the service may write to: %s', async (_, etcd) => {
    const { unit, tmpfiles } = await build({ etcd: { ...etcd, config } });
    expect(unit).toMatch(/^ReadWritePaths=\/var\/lib\/etcd \/var\/log\/etcd$/m);
    expect(tmpfiles.match(/.*\/var\/log.*/g)).toEqual(['d /var/log/etcd 0700 etcd etcd -']);
  });
});

describe('the folder of a log file', () => {
  it('is made for a service without a sandbox too', async () => {
    const etcd = logged('/srv/logs/etcd.log');
    const { unit, tmpfiles } = await build({ etcd, systemd: { hardening: false, user: 'etcd' } });
    expect(unit).not.toContain('ReadWritePaths');
    expect(tmpfiles).toContain('d /srv/logs 0700 etcd etcd -\n');
  });

  it('is named once where the data directory holds it, and made there', async () => {
    const { unit, tmpfiles } = await build({ etcd: logged('/var/lib/etcd/logs/etcd.log') });
    expect(unit).toMatch(/^ReadWritePaths=\/var\/lib\/etcd$/m);
    expect(tmpfiles).toContain('d /var/lib/etcd/logs 0700 etcd etcd -\n');
  });

  it('is left as it is where everybody may write to it', async () => {
    const { unit, tmpfiles } = await build({ etcd: logged(['stdout', '/tmp/etcd.log', '/dev/null']) });
    expect(unit).toMatch(/^ReadWritePaths=\/var\/lib\/etcd \/tmp$/m);
    expect(unit).toContain('PrivateTmp=false\n');
    expect(tmpfiles).not.toMatch(/\/tmp|\/dev/);
  });

  it('is anywhere for root without a sandbox, and stays the system folder it is', async () => {
    const etcd = logged('/var/log/etcd.log');
    const { tmpfiles } = await build({ etcd, systemd: { hardening: false, user: 'root' } });
    expect(tmpfiles).not.toContain('/var/log');
  });
});
