// Writes the public surface of all entries to etc/, one report each; with --check it fails where a report is out of date.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = join(import.meta.dirname, '..');
const isCheck = process.argv.includes('--check');

/** Whatever else is said is an error: a report is clean or it is none. */
const messages = {
  compilerMessageReporting: { default: { logLevel: 'error' } },
  extractorMessageReporting: {
    default: { logLevel: 'error' },
    // A member without a comment fails here, and is not written into the report.
    'ae-undocumented': { logLevel: 'error' },
  },
  tsdocMessageReporting: { default: { logLevel: 'error' } },
};
/** The entry for Node speaks of what the main entry exports, and does not export it again. */
const nodeMessages = {
  ...messages,
  extractorMessageReporting: {
    ...messages.extractorMessageReporting,
    'ae-forgotten-export': { logLevel: 'none' },
    'ae-unresolved-link': { logLevel: 'none' },
  },
};

const entries = [
  { types: 'dist/index.d.ts', report: 'etcd-bundle', messages },
  { types: 'dist/node/index.d.ts', report: 'etcd-bundle-node', messages: nodeMessages },
  { types: 'dist/report/index.d.ts', report: 'etcd-bundle-report', messages: nodeMessages },
  { types: 'dist/verify/index.d.ts', report: 'etcd-bundle-verify', messages: nodeMessages },
];

mkdirSync(join(root, 'etc'), { recursive: true });
const isClean = entries.map(writeReport).every(Boolean);
if (!isClean) process.exitCode = 1;

function writeReport({ types, report, messages }) {
  const extractorConfig = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2023',
            lib: ['es2023'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            types: ['node'],
            strict: true,
            skipLibCheck: true,
          },
          include: [types],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${report}.api.md`,
        reportFolder: join(root, 'etc'),
        reportTempFolder: join(root, 'node_modules/.cache/api-report'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages,
    },
  });
  const { succeeded, apiReportChanged } = Extractor.invoke(extractorConfig, {
    localBuild: !isCheck,
    showVerboseMessages: false,
  });
  if (isCheck && apiReportChanged) process.stderr.write(`etc/${report}.api.md is out of date: npm run api\n`);
  return succeeded;
}
