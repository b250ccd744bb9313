import { describe, expect, it } from 'vitest';
import { explainMessage, startDiagnosis } from '../../../src/explain/diagnosis.js';

const REJECTED =
  '{"level":"warn","ts":"2026-01-01T00:00:00Z","caller":"embed/config_logging.go:161","msg":"rejected connection on peer endpoint","remote-addr":"10.0.0.2:41000","server-name":"","error":"tls: failed to verify certificate: x509: certificate signed by unknown authority"}';
const FULL =
  '{"level":"fatal","msg":"failed to save Raft hard state and entries","error":"no space left on device"}';

function idsOf(...lines: readonly string[]): readonly string[] {
  return explainMessage(lines.join('\n')).explanations.map(({ id }) => id);
}

describe('a whole journal', () => {
  it('shows the root before what follows from it, and says so', () => {
    const { explanations } = explainMessage(
      [
        'Jan 01 00:00:01 e1 etcd[9]: {"level":"warn","msg":"prober detected unhealthy status","error":"dial tcp 10.0.0.2:2380: i/o timeout"}',
        'Jan 01 00:01:30 e1 systemd[1]: etcd.service: start operation timed out. Terminating.',
        "Jan 01 00:01:30 e1 systemd[1]: etcd.service: Failed with result 'timeout'.",
        'Jan 01 00:01:30 e1 systemd[1]: Failed to start etcd key-value store.',
      ].join('\n'),
    );
    expect(explanations).toMatchObject([
      { id: 'peer-unreachable', level: 'warning' },
      { id: 'start-timeout', level: 'error', follows: 'peer-unreachable' },
      { id: 'unit-failed', follows: 'peer-unreachable' },
    ]);
    expect(explanations[0]).not.toHaveProperty('follows');
  });

  it('lets a consequence stand alone where nothing tells the root', () => {
    const { explanations } = explainMessage(
      'Jan 01 00:01:30 e1 systemd[1]: etcd.service: Main process exited, code=exited, status=1/FAILURE',
    );
    expect(explanations).toMatchObject([{ id: 'unit-failed' }]);
    expect(explanations[0]).not.toHaveProperty('follows');
  });

  it.each([
    [
      '3.4',
      '2026-01-01 00:00:00.000000 N | pkg/osutil: received terminated signal, shutting down...',
      'WARNING: 2026/01/01 00:00:00 [core] grpc: addrConn.createTransport failed to connect to {127.0.0.1:2379 <nil> 0 <nil>}. Err: connection error: desc = "transport: Error while dialing dial tcp 127.0.0.1:2379: connect: connection refused". Reconnecting...',
    ],
    [
      '3.6',
      '{"level":"info","msg":"received signal; shutting down","signal":"terminated"}',
      '{"level":"error","msg":"setting up serving from embedded etcd failed.","error":"http: Server closed"}',
    ],
    [
      'systemd',
      'Jan 01 00:00:00 e1 systemd[1]: Stopping etcd key-value store...',
      'Jan 01 00:00:01 e1 etcd[9]: {"level":"warn","msg":"lost TCP streaming connection with remote peer","error":"EOF"}',
    ],
  ])('finds no fault in a clean stop: %s', (_, ...lines) => {
    const { explanations, unknown } = explainMessage(lines.join('\n'));
    expect(unknown).toEqual([]);
    expect(explanations.every(({ level }) => level === 'notice')).toBe(true);
  });

  it('takes the same words for a fault again once the member starts', () => {
    expect(
      idsOf(
        '{"level":"info","msg":"received signal; shutting down","signal":"terminated"}',
        '{"level":"info","msg":"starting etcd daemon"}',
        '{"level":"info","msg":"starting etcd server"}',
        '{"level":"warn","msg":"prober detected unhealthy status","error":"dial tcp 10.0.0.2:2380: i/o timeout"}',
      ),
    ).toContain('peer-unreachable');
  });

  it("shows another program's fatal line in its own words", () => {
    for (const line of [
      'Jan 01 00:00:00 e1 k3s[1]: time="2026-01-01T00:00:00Z" level=fatal msg="starting kubernetes: preparing server: odd thing"',
      'F0101 00:00:00.000000       1 server.go:10] preparing server: odd thing',
      'FATA[0000] preparing server: odd thing',
      'Jan 01 00:00:00 e1 x[1]: fatal error: preparing server: odd thing',
    ]) {
      const { unknown } = explainMessage(`{"level":"info","msg":"opened backend db"}\n${line}`);
      expect(unknown).toHaveLength(1);
      expect(unknown[0]?.message).toContain('preparing server: odd thing');
    }
  });

  it('prints the message of what it does not know, never a number', () => {
    for (const [line, message] of [
      ['{"code":7400,"message":"something else"}', 'something else'],
      ['{"code":7400,"error":{"x":1},"level":"error","msg":"an odd one"}', 'an odd one'],
      [
        'fatal: [e1]: FAILED! => {"rc": 1, "msg": "non-zero return code", "stderr": "an odd one"}',
        'an odd one',
      ],
      ['Jan 01 00:00:00 e1 etcd[9]: an odd one', 'an odd one'],
    ] as const)
      expect(explainMessage(line).unknown.map((one) => one.message)).toEqual([message]);
  });
});

describe('lines as they are copied', () => {
  const journald = JSON.stringify({ PRIORITY: '4', _PID: '9', MESSAGE: REJECTED }, undefined, '\t');

  it.each([
    ['journalctl -o json-pretty', journald.split('\n')],
    [
      'Kibana',
      JSON.stringify({ _source: { message: REJECTED, host: { name: 'e1' } } }, undefined, 2).split('\n'),
    ],
    [
      'a split of the container runtime',
      [
        `2026-01-01T00:00:00.000000000Z stderr P ${REJECTED.slice(0, 150)}`,
        `2026-01-01T00:00:00.000000001Z stderr F ${REJECTED.slice(150)}`,
      ],
    ],
    ['a terminal of 80 columns', REJECTED.match(/.{1,80}/g) ?? []],
    ['a web page', [REJECTED.replaceAll('"', '&quot;')]],
    ['a web page in a web page', [REJECTED.replaceAll('"', '&amp;quot;')]],
    ['a word processor', [REJECTED.replaceAll(/"([^"]*)"/g, '\u201c$1\u201d')]],
    ['JSON in quotes', [JSON.stringify(REJECTED)]],
    ['colours', [`\u001b[33m${REJECTED}\u001b[0m`]],
    ['a quoted mail', [`> ${REJECTED}`]],
    [
      'Ansible',
      [`fatal: [e1]: FAILED! => ${JSON.stringify({ msg: 'non-zero return code', stdout: REJECTED })}`],
    ],
    [
      'Ansible, indented',
      `fatal: [e1]: FAILED! => ${JSON.stringify({ msg: 'x', stdout: REJECTED }, undefined, 4)}`.split('\n'),
    ],
  ])('are read: %s', (_, lines) => {
    const { explanations, unknown } = explainMessage(lines.join('\n'));
    expect(explanations).toMatchObject([
      { id: 'incoming-authority-unknown', values: { remote: '10.0.0.2' }, firstLine: 1 },
    ]);
    expect(unknown).toEqual([]);
  });

  it('joins a line that was broken between words, and does not join what belongs to two lines', () => {
    expect(
      idsOf(
        '2026-01-01 00:00:00.000000 I | embed: rejected connection from "10.0.0.2:1" (error "x509:',
        'certificate specifies an incompatible key usage", ServerName "")',
      ),
    ).toEqual(['certificate-key-usage']);
    const { explanations } = explainMessage(`some words\nopen /a: no such file or directory\n${FULL}`);
    expect(explanations).toMatchObject([
      { id: 'file-missing', firstLine: 2 },
      { id: 'disk-full', firstLine: 3 },
    ]);
  });

  it('keeps what stands behind an object that never ends', () => {
    const lines = ['{', ...Array.from({ length: 2_000 }, (_, index) => `"field${index}": {`), FULL];
    expect(idsOf(...lines)).toContain('disk-full');
  });
});

describe('long input', () => {
  it.each([
    ['braces', '{"'.repeat(8_000)],
    ['escaped braces', '{\\"'.repeat(5_000)],
    ['quotes', 'level=warn msg="'.repeat(1_000)],
    ['times', '2026-01-01 00:00:00 '.repeat(800)],
    ['spaces', `${' '.repeat(16_000)}{`],
    ['entities', '&amp;'.repeat(3_200)],
    ['words', 'dial tcp lookup '.repeat(1_000)],
    ['brackets', 'x > (error "'.repeat(1_300)],
  ])(
    'takes steps in proportion to its length: %s',
    (_, line) => {
      const { take, finish } = startDiagnosis();
      for (let count = 0; count < 50; count += 1) take(line);
      expect(finish().lines).toBe(50);
    },
    5_000,
  );
});

describe('what wraps the words of kubeadm', () => {
  it('does not make what follows a debug line a part of it', () => {
    expect(
      idsOf(
        'time="14:02:51" level=debug msg="Running: [docker exec cp-2 kubeadm upgrade node --v=6]"',
        "[upgrade/etcd] Failed to upgrade etcd: couldn't upgrade control plane. kubeadm has tried to recover everything into the earlier state. Errors faced: static Pod hash for component etcd on Node cp-2 did not change after 5m0s: timed out waiting for the condition",
        '[upgrade/etcd] Waiting for previous etcd to become available',
        '[upgrade/etcd] Etcd was rolled back and is now available',
      ),
    ).toEqual(['kubeadm-etcd-upgrade-failed']);
  });
});

describe("a fault of Go's own", () => {
  it('is not that of the compactor where no frame says so', () => {
    const { explanations, unknown } = explainMessage(
      'panic: runtime error: integer divide by zero\n\ngoroutine 1 [running]:\nmain.main()',
    );
    expect(explanations).toEqual([]);
    expect(unknown).toHaveLength(1);
  });
});

describe('elections', () => {
  const election = (term: number): readonly string[] => [
    `2020-01-01 00:00:00.000000 I | raft: 8e9e05c52164694d is starting a new election at term ${term}`,
    `2020-01-01 00:00:00.000000 I | raft: 8e9e05c52164694d became candidate at term ${term + 1}`,
    `2020-01-01 00:00:00.000000 I | raft: 8e9e05c52164694d [logterm: 1, index: 3] sent MsgVote request to 91bc3c398fb3c146 at term ${term + 1}`,
  ];
  const LEADER =
    '2020-01-01 00:00:01.000000 I | raft: raft.node: 8e9e05c52164694d elected leader 91bc3c398fb3c146 at term 9';
  const WARNING = '2020-01-01 00:00:00.000000 W | wal: sync duration of 1.2s, expected less than 1s';

  it('are no fault where a leader comes of them', () => {
    const lines = [...election(5), ...election(6), ...election(7), LEADER];
    expect(explainMessage(lines.join('\n'))).toMatchObject({ explanations: [], unknown: [] });
  });

  it('are one where they begin again and again', () => {
    const { explanations } = explainMessage(
      [...election(5), LEADER, ...election(9), ...election(10), ...election(11)].join('\n'),
    );
    expect(explanations).toMatchObject([
      { id: 'no-leader-elected', level: 'warning', count: 3, firstLine: 5, lastLine: 13 },
    ]);
  });

  it('are known by their candidates alone, and stand below what led to them', () => {
    const lines = [6, 7, 8].map((term) => `404272f994ea9271 became candidate at term ${term}`);
    expect(idsOf(...lines)).toEqual(['no-leader-elected']);
    expect(idsOf(...lines, WARNING)).toEqual(['slow-disk', 'no-leader-elected']);
  });

  it('get a word where there is one alone and nothing else', () => {
    expect(explainMessage(election(5).join('\n')).explanations).toMatchObject([
      { id: 'election-started', level: 'notice' },
    ]);
    expect(idsOf(...election(5), WARNING)).toEqual(['slow-disk']);
  });
});
