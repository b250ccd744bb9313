import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bindsSame,
  createSocketIndex,
  type Endpoint,
  endpointUrl,
  isPort,
  parseEndpoint,
} from '../../../src/net/endpoint.js';

function canonical(text: string): string | undefined {
  const endpoint = parseEndpoint(text);
  return endpoint && endpointUrl(endpoint);
}

describe('parseEndpoint', () => {
  it.each([
    ['http://127.0.0.1:2381', 'http://127.0.0.1:2381'],
    ['https://E1.Example.org:2379', 'https://e1.example.org:2379'],
    ['https://[FD00::0:1]:2379', 'https://[fd00::1]:2379'],
    ['https://0.0.0.0:65535', 'https://0.0.0.0:65535'],
    ['https://[::ffff:10.0.0.1]:1', 'https://10.0.0.1:1'],
  ])('reads %s as %s', (given, url) => {
    expect(canonical(given)).toBe(url);
  });

  it.each([
    '',
    'https://e1',
    'https://e1:',
    'https://e1:0',
    'https://e1:65536',
    'https://e1:2379/',
    'https://e1:2379/v3',
    'https://e1:2379?a',
    'https://e1:2379#a',
    'https://user@e1:2379',
    'https://:2379',
    'https://fd00::1:2379',
    'https://[10.0.0.1]:2379',
    'https://[e1]:2379',
    'https://[::1:2379',
    'https://[fe80::1%25eth0]:2379',
    'https://*.example.org:2379',
    'https://10.0.0.01:2379',
    'tcp://e1:2379',
    'unix://e1:2379',
    'e1:2379',
    ' https://e1:2379',
    'https://e1:2379\n',
    'https://e1:+1',
  ])('refuses %j', (given) => {
    expect(parseEndpoint(given)).toBeUndefined();
  });

  it('reads its own text back', () => {
    const host = fc.oneof(
      fc.ipV4(),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.domain(),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('http', 'https'),
        host,
        fc.integer({ min: 1, max: 65535 }),
        (scheme, name, port) => {
          const url = canonical(`${scheme}://${name}:${port}`);
          expect(url).toBeDefined();
          expect(canonical(url ?? '')).toBe(url);
          // WHATWG's parser has another reader's idea of the same address; it leaves default ports out.
          if (port !== 80 && port !== 443 && !name.includes(':')) expect(url).toBe(new URL(url ?? '').origin);
        },
      ),
    );
  });
});

describe('isPort', () => {
  it.each([
    [1, true],
    [65535, true],
    [0, false],
    [65536, false],
    [1.5, false],
    [Number.NaN, false],
  ])('%d: %s', (port, expected) => {
    expect(isPort(port)).toBe(expected);
  });
});

describe('sockets', () => {
  const endpoint = (text: string): Endpoint => {
    const read = parseEndpoint(text);
    if (read === undefined) throw new Error(text);
    return read;
  };

  it.each([
    ['https://10.0.0.1:2379', 'http://10.0.0.1:2379', true],
    ['https://10.0.0.1:2379', 'https://10.0.0.1:2380', false],
    ['https://10.0.0.1:2379', 'https://10.0.0.2:2379', false],
    ['https://10.0.0.1:2379', 'https://0.0.0.0:2379', true],
    ['https://[::]:2379', 'https://0.0.0.0:2379', true],
    ['https://localhost:2379', 'https://127.0.0.1:2379', true],
    ['https://localhost:2379', 'https://[::1]:2379', false],
  ])('of %s and %s are the same: %s', (a, b, same) => {
    expect(bindsSame(endpoint(a), endpoint(b))).toBe(same);
    expect(bindsSame(endpoint(b), endpoint(a))).toBe(same);
  });

  it('are found by an index where comparing all of them finds one', () => {
    const any = fc
      .record({
        scheme: fc.constantFrom('http', 'https'),
        host: fc.constantFrom('10.0.0.1', '10.0.0.2', '0.0.0.0', '[::]', 'localhost', '127.0.0.1', '[::1]'),
        port: fc.constantFrom(2379, 2380),
      })
      .map(({ scheme, host, port }) => endpoint(`${scheme}://${host}:${port}`));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (endpoints) => {
        const sockets = createSocketIndex<Endpoint>();
        for (const [index, one] of endpoints.entries()) {
          const earlier = endpoints.slice(0, index).filter((other) => bindsSame(other, one));
          const found = sockets.take(one, one);
          if (earlier.length === 0) expect(found).toBeUndefined();
          else expect(earlier).toContain(found);
        }
      }),
    );
  });
});
