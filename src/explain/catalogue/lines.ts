import type { KnownMessage } from '../known-message.js';

/**
 * What the form of a line tells, whatever it says.
 *
 * @internal
 */
export const lineMessages: readonly KnownMessage[] = [
  {
    id: 'line-cut',
    level: 'warning',
    title: 'A line is cut',
    wordings: [],
    form: 'a line that ends within its JSON or within a quote, or with the mark of a pager (`>`, `…`)',
    isConsequence: true,
    cause:
      'The end of the line is missing, and with it the error that tells why: a pager or a terminal has cut it.',
    cure: 'Give the whole line: journalctl -u etcd --no-pager -o cat, or pipe it: journalctl -u etcd | etcd-bundle explain.',
    source: 'journalctl(1)',
  },
];
