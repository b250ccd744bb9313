import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { launch } from '../../../src/host/service/launch.js';
import { isMemberCommand } from '../../../src/host/service/service.js';
import { hostWith } from '../../support/host-files.js';
import { expectTried } from '../../support/tried-setups.js';

/** Prints its arguments and etcd's variables, NUL behind each. */
const FAKE = '#!/bin/sh\n[ $# -eq 0 ] || printf "%s\\0" "$@"\nenv | grep ^ETCD_ | sort | tr "\\n" "\\0"\n';
const ENVIRONMENT = 'ETCD_NAME=e1\nETCD_DATA_DIR="/var/lib/etcd"\n# a comment\nPEER=10.0.0.1\n';

/** Scripts that people start etcd with; `§` stands for a folder with `etcd` and `etcd.env` in it. */
const SCRIPTS: readonly (readonly [name: string, shells: readonly string[], script: string])[] = [
  ['the command alone', ['bash', 'dash'], '§/etcd --name e1 --data-dir=/var/lib/etcd'],
  ['exec', ['bash', 'dash'], 'exec §/etcd --name "e 1"'],
  [
    'a sourced file whose variables are exported',
    ['bash', 'dash'],
    'set -a\n. §/etcd.env\nset +a\nexec §/etcd --log-level info',
  ],
  ['a sourced file whose variables are not', ['bash', 'dash'], '. §/etcd.env; exec §/etcd --name $ETCD_NAME'],
  ['set -o allexport', ['bash', 'dash'], 'set -o allexport; . "§/etcd.env"; §/etcd'],
  ['export of a name', ['bash', 'dash'], '. §/etcd.env\nexport ETCD_NAME\n§/etcd'],
  ['export with a value', ['bash', 'dash'], 'export ETCD_NAME=e7 ETCD_LOG_LEVEL="debug"\n§/etcd'],
  [
    'a variable for one command',
    ['bash', 'dash'],
    'GOMAXPROCS=2 ETCD_NAME=e3 §/etcd --heartbeat-interval=250',
  ],
  [
    'continued lines',
    ['bash', 'dash'],
    '§/etcd \\\n  --name e1 \\\n  --listen-peer-urls http://10.0.0.1:2380',
  ],
  [
    'variables in braces and defaults',
    ['bash', 'dash'],
    'IP=10.0.0.5\n§/etcd --name ${NAME:-e9} --listen-client-urls http://${IP}:2379,http://127.0.0.1:2379',
  ],
  ['a default that is kept', ['bash', 'dash'], ': ${NAME:=e4}\n§/etcd --name=$NAME'],
  [
    'words in a variable',
    ['bash', 'dash'],
    'OPTS="--name e1 --data-dir /d"\nOPTS="$OPTS --log-level info"\nexec §/etcd $OPTS',
  ],
  [
    'a list of bash',
    ['bash'],
    'ARGS=(--name e1 --data-dir "/var/lib/my etcd")\nARGS+=(--log-level info)\nexec §/etcd "${ARGS[@]}"',
  ],
  ['append of bash', ['bash'], 'OPTS="--name e1"\nOPTS+=" --log-level=info"\n§/etcd $OPTS'],
  [
    'a condition on an unset name',
    ['bash', 'dash'],
    'if [ -z "$NAME" ]; then\n  NAME=e5\nfi\n§/etcd --name "$NAME"',
  ],
  ['a condition in front', ['bash', 'dash'], 'test -d / && §/etcd --name e1 || exit 1'],
  ['a redirection', ['bash', 'dash'], '§/etcd --name e1 2>&1 </dev/null'],
  ['the background', ['bash', 'dash'], 'nohup §/etcd --name e1 2>/dev/null &\nwait'],
  ['a pipe', ['bash', 'dash'], '§/etcd --name e1 2>&1 | cat'],
  [
    'a here-document before',
    ['bash', 'dash'],
    'cat >/dev/null <<EOF\netcd --name wrong\nEOF\n§/etcd --name e1',
  ],
  ['env', ['bash', 'dash'], 'exec env ETCD_NAME=e8 nice -n 5 §/etcd --log-level info'],
  [
    'single quotes',
    ['bash', 'dash'],
    "§/etcd --name 'e$1' --initial-cluster 'a=http://10.0.0.1:2380,b=http://10.0.0.2:2380'",
  ],
  ['a group and a subshell', ['bash', 'dash'], '{ cd /; §/etcd --name e1; }\n( true )'],
  ['the output of cat', ['bash', 'dash'], '§/etcd --name $(cat §/name)'],
  ['a script that is started by another', ['bash', 'dash'], 'sh §/inner.sh --name e6'],
];

describe('a script that starts etcd', () => {
  it('was tried as often as test/README.md says', () =>
    expectTried('scripts, held against bash and dash', SCRIPTS.length));

  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scripts-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(folder, { recursive: true });
  const inner = `#!/bin/sh\nexec ${folder}/etcd "$@" --log-level warn\n`;
  const files = { etcd: FAKE, 'etcd.env': ENVIRONMENT, name: 'e2\n', 'inner.sh': inner };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  chmodSync(join(folder, 'etcd'), 0o755);
  const root = hostWith(
    // A real etcd is no script, and not read.
    Object.fromEntries(
      Object.entries({ ...files, etcd: '' }).map(([name, text]) => [`${folder}/${name}`, text]),
    ),
  );

  it.each(SCRIPTS)('is read as the shell reads it: %s', (_, shells, written) => {
    const script = written.replaceAll('§', folder);
    const [member] = launch(root, {
      type: 'unit',
      path: '/u',
      words: ['/bin/sh', '-c', script],
      environment: [],
      sections: [],
      missingFiles: [],
      originOf: () => '/u',
      hostPath: (path) => path,
      hasOwnNetwork: false,
      unknowns: [],
      unexported: [],
    }).filter(({ words }) => isMemberCommand(words));
    const variables = (member?.environment ?? []).flatMap(({ name, value }) =>
      name.startsWith('ETCD_') ? [`${name}=${value}`] : [],
    );
    const read = [...(member?.words.slice(1) ?? []), ...variables.sort()];
    expect(read.length).toBeGreaterThan(0);
    for (const shell of shells) {
      const { stdout } = spawnSync(shell, ['-c', script], {
        env: { PATH: '/usr/bin:/bin' },
        encoding: 'utf8',
      });
      expect(stdout.split('\0').slice(0, -1)).toEqual(read);
    }
  });
});
