import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

/**
 * Runs npm as somebody who never configured it: no user configuration, no cache, no setting that this run was given, and no
 * registry but the given one.
 */
export async function npm(
  args: readonly string[],
  options: { readonly cwd: string; readonly cache: string; readonly registry?: string },
): Promise<string> {
  const { cwd, cache, registry = 'http://127.0.0.1:9/' } = options;
  const { stdout } = await promisify(execFile)('npm', args, {
    cwd,
    maxBuffer: 64 * 2 ** 20,
    env: {
      ...unconfigured(process.env),
      HOME: cache,
      npm_config_cache: join(cache, 'npm'),
      npm_config_userconfig: join(cache, 'npmrc'),
      npm_config_globalconfig: join(cache, 'npmrc-global'),
      npm_config_registry: registry,
      npm_config_noproxy: '127.0.0.1',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
      npm_config_fetch_retries: '0',
    },
  });
  return stdout;
}

/** The environment without what `npm test` hands to its script, and without what Node would read at every start. */
export function unconfigured(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isForeign = (name: string): boolean =>
    /^npm_/i.test(name) || ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_PATH'].includes(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isForeign(name)));
}
