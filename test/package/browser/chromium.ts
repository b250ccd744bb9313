import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** What the page can ask for, by path. */
export type Site = ReadonlyMap<string, { readonly type: string; readonly body: string }>;

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  '--no-proxy-server',
  // It may ask this machine and nobody else.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
] as const;
const PATIENCE_MILLISECONDS = 180_000;

/**
 * Opens `/` of a site on loopback in a headless Chromium, under a policy that allows no eval and nothing from elsewhere, and waits for
 * what the page posts to `/output`.
 *
 * @param chromium absolute path
 */
export async function runPage(chromium: string, site: Site): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'etcd-bundle-chromium-'));
  const { server, output } = serve(site);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const child = spawn(chromium, [...flags, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, to be ended as a whole.
    detached: true,
    env: { PATH: process.env['PATH'], HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      output,
      new Promise<never>((_, reject) => {
        child.on('error', reject);
        child.on('exit', (code) => reject(new Error(`chromium ended with ${code}: ${said}`)));
        timer = setTimeout(() => reject(new Error(`the page said nothing: ${said}`)), PATIENCE_MILLISECONDS);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await closed;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

function serve(site: Site): { readonly server: Server; readonly output: Promise<string> } {
  const { promise: output, resolve } = withResolver();
  const server = createServer((request, response) => {
    if (request.url === '/output') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.end();
        resolve(Buffer.concat(chunks).toString());
      });
      return;
    }
    const found = site.get(request.url ?? '');
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': found?.type ?? 'text/plain',
      'content-security-policy': "default-src 'self'",
    });
    response.end(found?.body);
  });
  return { server, output };
}

function withResolver(): { readonly promise: Promise<string>; readonly resolve: (text: string) => void } {
  let resolve: (text: string) => void = () => {};
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
