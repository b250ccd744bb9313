import { childPath } from '../../text/child-path.js';
import { excessOf, isSecret } from '../file-plan.js';
import type { Manifest, ManifestFile } from './manifest.js';
import type { ManifestFault } from './manifest-fault.js';

/**
 * What a manifest says of files and certificates that etcd-bundle does not do to any: who believed it would open a key, or take a file for one
 * of a generation that there has not been.
 *
 * @internal
 */
export function* fileFaults({ generation, hosts, ...rest }: Manifest): Generator<ManifestFault> {
  for (const [index, { files }] of hosts.entries()) {
    const path = childPath(childPath(childPath('', 'hosts'), index), 'files');
    const seen = new Set<string>();
    for (const [place, file] of files.entries()) {
      const here = childPath(path, place);
      yield* faultsOf(file, here);
      if (file.generation > generation) yield tooLate(here, file.generation, generation);
      if (seen.has(file.path))
        yield {
          path: childPath(here, 'path'),
          message: `Another file of this host has the path ${JSON.stringify(file.path)}.`,
        };
      seen.add(file.path);
    }
  }
  for (const [index, leaf] of rest.certificates.entries())
    if (leaf.generation > generation)
      yield tooLate(childPath('certificates', index), leaf.generation, generation);
}

function* faultsOf(file: ManifestFile, path: string): Generator<ManifestFault> {
  const { kind, mode, owner } = file;
  if (excessOf(kind, Number.parseInt(mode, 8)) !== 0)
    yield {
      path: childPath(path, 'mode'),
      message: `It is ${mode}, which lets others do more than a file of kind ${kind} allows.`,
    };
  if (!isSecret(kind)) return;
  if (!owner.startsWith('root:'))
    yield { path: childPath(path, 'owner'), message: `It is ${owner}, and a secret belongs to root.` };
  if (file.text !== undefined)
    yield { path: childPath(path, 'text'), message: 'It is the text of a secret.' };
}

function tooLate(path: string, found: number, newest: number): ManifestFault {
  return {
    path: childPath(path, 'generation'),
    message: `It is ${found}, and the manifest is of generation ${newest}.`,
  };
}
