import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageCatalogue } from '../../../src/explain/catalogue.js';
import { explainMessage } from '../../../src/explain/diagnosis.js';
import { describeTemplate } from '../../../src/explain/template.js';
import { runs } from '../../support/long-tests.js';

const REFUSED =
  '{"level":"warn","ts":"2024-05-13T10:32:29.076868Z","logger":"etcd-client","caller":"v3@v3.5.13/retry_interceptor.go:62","msg":"retrying of unary invoker failed","target":"etcd-endpoints://0xc00041c000/127.0.0.1:2379","attempt":0,"error":"rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: connection error: desc = \\"transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused\\""}';
const USAGE =
  '{"level":"warn","ts":"2024-05-22T06:13:32.839203Z","caller":"embed/config_logging.go:169","msg":"rejected connection","remote-addr":"172.16.5.175:42982","server-name":"","error":"tls: failed to verify certificate: x509: certificate specifies an incompatible key usage"}';
const IN_USE =
  '"msg":"creating peer listener failed","error":"listen tcp 172.16.5.173:2380: bind: address already in use';
const ONE_PORT =
  '{"level":"warn","ts":"2024-05-21T13:29:21.884754Z","caller":"embed/config.go:679","msg":"Running http and grpc server on single port. This is not recommended for production."\n}';
const INFO =
  '{"level":"info","ts":"2024-05-21T13:29:21.884754Z","msg":"published local member to cluster through raft"}';

function idsOf(text: string): readonly string[] {
  return explainMessage(text).explanations.map(({ id }) => id);
}

describe('explainMessage', () => {
  it.each([
    [REFUSED, 'connection-refused', '127.0.0.1:2379'],
    [USAGE, 'certificate-key-usage', '172.16.5.175'],
    [IN_USE, 'address-in-use', '172.16.5.173:2380'],
    [ONE_PORT, 'http-and-grpc-on-one-port', '3.5.32'],
  ])('explains %s', (text, id, value) => {
    const { explanations, unknown } = explainMessage(text);
    expect(explanations.map((explanation) => explanation.id)).toEqual([id]);
    expect(unknown).toEqual([]);
    expect(`${explanations[0]?.cause}${explanations[0]?.cure}`).toContain(
      value === '.5.32' ? '3.5.32' : value,
    );
  });

  it.each([
    ['bare', (text: string) => text],
    ['journalctl', (text: string) => `May 13 10:32:29 e1 etcd[812]: ${text}`],
    ['journalctl -o short-iso', (text: string) => `2024-05-13T10:32:29+0000 e1 etcd[812]: ${text}`],
    ['journalctl -o short-full', (text: string) => `Mon 2024-05-13 10:32:29 UTC e1 etcd[812]: ${text}`],
    ['journalctl -o short-monotonic', (text: string) => `[  812.123456] e1 etcd[812]: ${text}`],
    ['journalctl -o json', (text: string) => JSON.stringify({ PRIORITY: '4', MESSAGE: text })],
    ['journalctl -o json, octets', (text: string) => JSON.stringify({ MESSAGE: [...Buffer.from(text)] })],
    ['container log', (text: string) => `2024-05-13T10:32:29.076868Z stderr F ${text}`],
    ['docker', (text: string) => JSON.stringify({ log: `${text}\n`, stream: 'stderr' })],
    ['CRLF', (text: string) => `${text}\r`],
  ])('reads zap and capnslog with what stands before them: %s', (_, wrap) => {
    const zap =
      '{"level":"fatal","msg":"discovery failed","error":"couldn\'t find local name \\"m9\\" in the initial cluster configuration"}';
    const capnslog =
      '2024-05-13 10:32:29.076868 C | etcdmain: couldn\'t find local name "m9" in the initial cluster configuration';
    for (const line of [zap, capnslog]) {
      const { explanations, unknown } = explainMessage(wrap(line));
      expect(explanations).toMatchObject([{ id: 'name-not-in-initial-cluster', values: { name: 'm9' } }]);
      expect(unknown).toEqual([]);
    }
    const strange = wrap('{"level":"error","msg":"something new","error":"oh"}');
    expect(explainMessage(strange)).toMatchObject({
      explanations: [],
      unknown: [{ message: 'something new: oh' }],
    });
    const harmless = wrap(INFO);
    expect(explainMessage(`${harmless}\n${harmless}`).unknown).toEqual([]);
  });

  it("reads zap's console form", () => {
    const line =
      '2024-05-13T10:32:29.076Z\twarn\tembed/config.go:1\trejected connection on peer endpoint\t{"remote-addr": "10.0.0.2:41000", "error": "x509: certificate is valid for 10.0.0.3, not 10.0.0.2"}';
    expect(explainMessage(line).explanations).toMatchObject([
      {
        id: 'certificate-name-mismatch',
        values: { names: '10.0.0.3', wanted: '10.0.0.2', remote: '10.0.0.2' },
      },
    ]);
  });

  it('tells a listener from one that dials', () => {
    const error =
      '"error":"tls: failed to verify certificate: x509: certificate signed by unknown authority"}';
    expect(
      idsOf(
        `{"level":"warn","msg":"rejected connection on peer endpoint","remote-addr":"10.0.0.2:1",${error}`,
      ),
    ).toEqual(['incoming-authority-unknown']);
    expect(idsOf(`{"level":"warn","msg":"prober detected unhealthy status",${error}`)).toEqual([
      'outgoing-authority-unknown',
    ]);
    const peer = explainMessage(`{"level":"warn","msg":"rejected connection on peer endpoint",${error}`);
    expect(peer.explanations[0]?.cause).toContain('--peer-trusted-ca-file');
  });

  it('counts what is said again, from other ports too, and puts the worst first', () => {
    const again = USAGE.replace('42982', '42999').replace('06:13:32', '06:14:00');
    const other = USAGE.replace('172.16.5.175', '172.16.5.174');
    const journal = [ONE_PORT.replace('\n', ''), INFO, USAGE, '', again, other, again].join('\n');
    expect(explainMessage(journal).explanations).toMatchObject([
      {
        id: 'certificate-key-usage',
        count: 3,
        firstLine: 3,
        lastLine: 7,
        values: { remote: '172.16.5.175' },
      },
      { id: 'certificate-key-usage', count: 1, firstLine: 6, lastLine: 6 },
      { id: 'http-and-grpc-on-one-port', level: 'notice', count: 1 },
    ]);
  });

  it.each([
    ['bad certificate', ['client-certificate-refused', 'other-side-refused']],
    ['  Certificate has EXPIRED ', ['certificate-expired', 'certificate-not-yet-valid']],
    ['signed by unknown authority', ['incoming-authority-unknown', 'outgoing-authority-unknown']],
    ['certificate', []],
    ['ad certificate', []],
    ['bad certificat', []],
  ])('knows a message by a part of its words: %s', (part, ids) => {
    const { explanations, unknown } = explainMessage(part);
    expect(explanations.map(({ id }) => id).sort()).toEqual(ids);
    expect(unknown).toHaveLength(ids.length === 0 ? 1 : 0);
  });

  it('takes parts for messages only where nothing looks like a journal', () => {
    const warning = '{"level":"warn","msg":"something new"}';
    expect(explainMessage(`${warning}\nbad certificate`).explanations).toEqual([]);
  });

  it('says of a text that nobody knows that it is unknown, and passes over it beside others', () => {
    expect(explainMessage('what is this').unknown).toMatchObject([{ message: 'what is this', count: 1 }]);
    expect(explainMessage(`usage: etcd [flags]\n${USAGE}`).unknown).toEqual([]);
    expect(explainMessage('').unknown).toEqual([]);
  });

  it('never repeats the value of a variable', () => {
    for (const line of [
      '{"level":"warn","msg":"unrecognized environment variable","environment-variable":"ETCD_SECRET=hunter2"}',
      '2024-05-13 10:32:29.076868 W | pkg/flags: unrecognized environment variable ETCD_SECRET=hunter2',
    ]) {
      const [explanation] = explainMessage(line).explanations;
      expect(explanation?.cause).toContain('ETCD_SECRET ');
      expect(`${explanation?.cause}${explanation?.cure}${JSON.stringify(explanation?.values)}`).not.toContain(
        'hunter2',
      );
    }
  });

  it('keeps to a bounded number of answers', () => {
    const lines = Array.from(
      { length: 3_000 },
      (_, index) => `{"level":"error","msg":"new ${index}"}\nopen /f${index}: no such file or directory`,
    );
    const { explanations, unknown, lines: count } = explainMessage(lines.join('\n'));
    expect(count).toBe(6_000);
    expect(explanations.length).toBeLessThanOrEqual(21);
    expect(explanations.reduce((sum, explanation) => sum + explanation.count, 0)).toBe(3_000);
    expect(unknown.length).toBeLessThanOrEqual(100);
  });

  it('takes any text, of any length, in time', () => {
    const pieces = messageCatalogue.flatMap(({ messages }) =>
      messages.flatMap(({ wordings }) => wordings.map(({ text }) => describeTemplate(text))),
    );
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...pieces, '{"', '"}', '\\"', '\n', 'level'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const { explanations } = explainMessage(parts.join(' '));
        for (const { cause, cure } of explanations) expect(`${cause}${cure}`).not.toContain('undefined');
      }),
      { numRuns: runs(100, 30) },
    );
    const begin = performance.now();
    explainMessage('open listen tcp {"a":"'.repeat(200_000));
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

describe('the catalogue', () => {
  const messages = messageCatalogue.flatMap((chapter) => chapter.messages);

  it('has each entry once, with a source', () => {
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
    for (const { source, wordings, form } of messages) {
      expect(source).not.toBe('');
      expect(wordings.length > 0).toBe(form === undefined);
    }
  });

  it.each(
    messages.flatMap((message) =>
      message.wordings.map((wording) => ({ message, wording, text: wording.text })),
    ),
  )('explains its own wording: $text', ({ message, wording }) => {
    const said = wording.text.replaceAll(/\{([a-z-]+)\}/g, 'value');
    const wrapped = {
      incoming: `rejected connection from "10.0.0.1:1" (error "${said}")`,
      outgoing: `prober detected unhealthy status ${said}`,
    };
    const line = wording.role === undefined ? `${said} ${wording.also ?? ''}` : wrapped[wording.role];
    expect(idsOf(line)).toEqual([message.id]);
  });
});
