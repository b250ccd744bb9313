import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Inspection, inspectPath } from '../../../../src/node/inspect/inspect.js';
import { itLong } from '../../../support/long-tests.js';
import { manyCertificates } from '../../../support/many-certificates.js';
import { makeFolder } from '../../cli/fake-io.js';

async function inspect(text: string): Promise<Inspection> {
  const path = join(makeFolder({}), 'many.pem');
  writeFileSync(path, text);
  return await inspectPath(path);
}

describe('inspectPath', () => {
  it('names the place of a certificate once, however often the file has it', async () => {
    const { certificates, issues } = await inspect(manyCertificates(1).repeat(100_000));
    expect(certificates.map(({ places }) => places)).toEqual([['many.pem']]);
    expect(issues).toEqual([]);
  });

  itLong('shows 20,000 certificates, and says that there are more', async () => {
    const { certificates, issues, files } = await inspect(manyCertificates(20_001));
    expect(certificates).toHaveLength(20_000);
    expect(files.map(({ kind }) => kind)).toEqual(['certificate']);
    expect(issues.map(({ code, path }) => [code, path])).toEqual([['too-many-certificates', 'many.pem']]);
  });
});
