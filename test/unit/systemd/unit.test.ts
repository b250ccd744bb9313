import { describe, expect, it } from 'vitest';
import type { SystemdSection } from '../../../src/cluster-spec.js';
import { mergeDirectives, renderUnit } from '../../../src/systemd/unit.js';
import { refusedAt } from './refusals.js';

const section = (name: string, directives: Readonly<Record<string, readonly string[]>>): SystemdSection => ({
  name,
  directives: Object.entries(directives).map(([directive, values]) => ({ name: directive, values })),
});

describe('renderUnit', () => {
  it('keeps the order, repeats keys and writes resets', () => {
    const unit = renderUnit([
      section('Unit', { Description: ['etcd'], After: ['network.target', 'network-online.target'] }),
      section('Service', { ExecStart: ['', '/bin/etcd --a'], Environment: ['A="b c"'] }),
      section('X-Own', {}),
    ]);
    expect(unit).toBe(
      '[Unit]\nDescription=etcd\nAfter=network.target\nAfter=network-online.target\n\n' +
        '[Service]\nExecStart=\nExecStart=/bin/etcd --a\nEnvironment=A="b c"\n\n[X-Own]\n',
    );
  });

  it('writes the arguments of ExecStart one a line, and none where it would be read as a comment', () => {
    const command = '"/opt/a b" --x="1  2" --y #z ;w \\; ;';
    const unit = renderUnit([section('Service', { ExecStart: [command], ExecStartPre: ['/bin/a b c'] })]);
    expect(unit).toBe(
      '[Service]\nExecStart="/opt/a b" \\\n  --x="1  2" \\\n  --y #z ;w \\\n  \\; ;\nExecStartPre=/bin/a b c\n',
    );
  });

  it('leaves a command alone whose quotes do not close', () => {
    expect(renderUnit([section('Service', { ExecStart: ['/bin/a b "c d'] })])).toContain('/bin/a b "c d\n');
  });

  it.each(['a\nb', 'a\rb', 'a\0b', 'ends in \\', 'ends in \\\\\\', '\ufdd0', '\udc00'])(
    'refuses the value %j',
    (value) => {
      expect(refusedAt(() => renderUnit([section('Service', { User: [value] })]))).toBe(
        'systemd.directives.Service.User',
      );
    },
  );

  it('takes a value that ends in an escaped backslash', () => {
    expect(renderUnit([section('Service', { User: ['a\\\\'] })])).toBe('[Service]\nUser=a\\\\\n');
  });

  it.each(['', 'A=b', 'A b', '#A', 'A\n', '[A]'])('refuses the directive %j', (name) => {
    expect(refusedAt(() => renderUnit([section('Service', { [name]: ['x'] })]))).toBe(
      `systemd.directives.Service.${name}`,
    );
  });

  it.each(['', 'A]', '[A', 'A\nB'])('refuses the section %j', (name) => {
    expect(refusedAt(() => renderUnit([section(name, {})]))).toBe(`systemd.directives.${name}`);
  });
});

describe('mergeDirectives', () => {
  const base = [
    section('Unit', { Description: ['etcd'], After: ['a', 'b'] }),
    section('Service', { Type: ['notify'], Restart: ['always'] }),
    section('Install', { WantedBy: ['multi-user.target'] }),
  ];

  it('replaces in place and appends what is new', () => {
    const over = [section('Service', { Restart: ['no'], Nice: ['-5'], Type: ['exec'] })];
    expect(mergeDirectives(base, over)[1]).toEqual(
      section('Service', { Type: ['exec'], Restart: ['no'], Nice: ['-5'] }),
    );
  });

  it('replaces a whole list, also by a reset', () => {
    expect(mergeDirectives(base, [section('Unit', { After: ['c'] })])[0]?.directives[1]?.values).toEqual([
      'c',
    ]);
    expect(mergeDirectives(base, [section('Unit', { After: [''] })])[0]?.directives[1]?.values).toEqual(['']);
  });

  it('removes what has no value, and a section with nothing left', () => {
    const over = [
      section('Unit', { After: [] }),
      section('Install', { WantedBy: [] }),
      section('Slice', { A: [] }),
    ];
    expect(mergeDirectives(base, over)).toEqual([section('Unit', { Description: ['etcd'] }), base[1]]);
  });

  it('puts new sections before [Install], or last without one', () => {
    const added = [section('X-A', { A: ['1'] }), section('X-B', { B: ['2'] })];
    expect(mergeDirectives(base, added).map(({ name }) => name)).toEqual([
      'Unit',
      'Service',
      'X-A',
      'X-B',
      'Install',
    ]);
    expect(mergeDirectives([], added)).toEqual(added);
    const install = base.slice(2);
    expect(mergeDirectives(install, added)).toEqual([...added, ...install]);
  });

  it('changes neither side', () => {
    const before = JSON.stringify(base);
    mergeDirectives(base, [section('Unit', { Description: [] })]);
    expect(JSON.stringify(base)).toBe(before);
  });
});
