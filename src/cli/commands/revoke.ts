import type { BundleState } from '../../bundle/state.js';
import type { Update } from '../../plan/update.js';
import { REVOCATION_REASONS, type RevocationReason } from '../../x509/revocation-reason.js';
import type { UnixTime } from '../../x509/time.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';
import { runGeneration } from '../run-generation.js';

/** @internal */
export const revoke: Command = {
  name: 'revoke',
  summary: 'Writes the next generation of a bundle, with revocation lists that have more certificates.',
  usage: `<bundle> <certificate>… [--reason R] ${GENERATION_USAGE}`,
  operands: 'folders',
  options: [
    {
      name: 'reason',
      value: 'R',
      offer: REVOCATION_REASONS,
      summary: `Why, as RFC 5280 names it: ${REVOCATION_REASONS.join(', ')}. Without it the list does not say.`,
    },
    ...generationOptions,
  ],
  examples: [
    {
      line: 'etcd-bundle revoke bundle client/backup --reason keyCompromise',
      what: 'A client is let in no more; bundle/RUNBOOK.md has the commands',
    },
    {
      line: 'etcd-bundle revoke bundle 5f3a9c0d11e24b7788990a1b2c3d4e5f --dry-run',
      what: 'What it would be for a former certificate, by its serial number',
    },
  ],
  run: async (input, io) => {
    const [bundle, ...certificates] = input.positionals;
    if (bundle === undefined || certificates.length === 0)
      throw new UsageError(
        'operand-missing',
        'Name a bundle and what is revoked: ids of its certificates or serial numbers.',
      );
    const reason = readReason(input);
    const plan = async (state: BundleState, now: UnixTime): Promise<Update> => {
      const { planRevocation } = await import('../../plan/plan-revocation.js');
      return planRevocation(state, { now, certificates, ...(reason === undefined ? {} : { reason }) });
    };
    return runGeneration(bundle, readGenerationOptions(input, io), plan, io);
  },
};

function readReason({ values }: Pick<CommandInput, 'values'>): RevocationReason | undefined {
  const text = values.get('reason');
  const reason = REVOCATION_REASONS.find((known) => known === text);
  if (text !== undefined && reason === undefined)
    throw new UsageError('option-value', `--reason takes one of ${REVOCATION_REASONS.join(', ')}.`);
  return reason;
}
