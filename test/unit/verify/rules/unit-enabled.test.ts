import { describe, expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { type Hosts, soundHosts, UNIT } from './hosts.js';

const OTHER = 'etc/systemd/system/etcd-old.service';
const UNDER = 'etc/systemd/system';

/** A whole host rather than a tarball: with accounts. */
function asHost(hosts: Hosts): Hosts {
  return hosts
    .put('e1', 'etc/passwd', 'root:x:0:0::/root:\netcd:x:990:990::/:\n')
    .put('e1', 'etc/group', 'root:x:0:\netcd:x:990:\n');
}

/** A second unit with the name of another member, for which the certificates do not hold. */
function withOther(hosts: Hosts): Hosts {
  const unit = new TextDecoder().decode(hosts.bytes('e1', UNIT));
  return asHost(hosts).put('e1', OTHER, unit.replaceAll('10.0.0.1', '10.9.9.9'));
}

const WANTED = '[Unit]\n';

describeRule('unit-enabled', [
  ['a host that starts it by hand', 'notice', asHost],
  [
    'a unit beside another that is enabled',
    'notice',
    (hosts) => withOther(hosts).put('e1', `${UNDER}/multi-user.target.wants/etcd.service`, WANTED),
  ],
]);

describe('the members of a host with two units', () => {
  const units = async (of: Hosts): Promise<readonly string[]> => {
    const findings = await of.only('e1').findings();
    return findings.filter(({ rule }) => rule === 'unit-enabled').map(({ path = '' }) => path);
  };
  const isOtherJudged = async (of: Hosts): Promise<boolean> =>
    (await of.only('e1').findings()).some(({ message }) => message.includes('10.9.9.9'));

  it.each([
    ['enabled', `${UNDER}/multi-user.target.wants/etcd.service`, WANTED],
    ['required', `${UNDER}/multi-user.target.requires/etcd.service`, WANTED],
    ['wanted by another unit', `${UNDER}/cluster.target`, '[Unit]\nWants=network.target etcd.service\n'],
    ['started by a timer of its name', `${UNDER}/etcd.timer`, '[Timer]\nOnBootSec=5\n'],
    ['started by a timer', `${UNDER}/boot.timer`, '[Timer]\nUnit=etcd.service\n'],
    ['started by a socket', `${UNDER}/boot.socket`, '[Socket]\nService=etcd.service\n'],
    ['started by a command', `${UNDER}/up.service`, '[Service]\nExecStart=/bin/systemctl start etcd\n'],
  ])('is the one that is %s', async (_, path, content) => {
    const hosts = withOther(await soundHosts()).put('e1', path, content);
    expect(await units(hosts)).toEqual([`/${OTHER}`]);
    expect(await isOtherJudged(hosts)).toBe(false);
  });

  it('are both where nothing starts either, or something starts both', async () => {
    const none = withOther(await soundHosts());
    expect(await units(none)).toHaveLength(2);
    expect(await isOtherJudged(none)).toBe(true);
    const both = none
      .put('e1', `${UNDER}/multi-user.target.wants/etcd.service`, WANTED)
      .put('e1', `${UNDER}/multi-user.target.wants/etcd-old.service`, WANTED);
    expect(await units(both)).toEqual([]);
    expect(await isOtherJudged(both)).toBe(true);
  });

  it('are both in a tarball, which is enabled once it is extracted', async () => {
    const hosts = await soundHosts();
    const unit = new TextDecoder().decode(hosts.bytes('e1', UNIT)).replaceAll('10.0.0.1', '10.9.9.9');
    const tarball = hosts.put('e1', OTHER, unit).put('e1', `${UNDER}/a.target.wants/etcd.service`, WANTED);
    expect(await isOtherJudged(tarball)).toBe(true);
  });

  it('count an instance of a template that is enabled', async () => {
    const hosts = withOther(await soundHosts());
    const unit = new TextDecoder().decode(hosts.bytes('e1', UNIT));
    const enabled = hosts
      .remove('e1', UNIT)
      .put('e1', `${UNDER}/etcd@.service`, unit)
      .put('e1', `${UNDER}/multi-user.target.wants/etcd@e1.service`, WANTED);
    expect(await units(enabled)).toEqual([`/${OTHER}`]);
  });
});
