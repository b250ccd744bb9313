import { isMap, isNode, isSeq } from 'yaml';
import { composeYaml } from './yaml/compose-yaml.js';

/**
 * A document's text with other addresses of some members; all else stays as it is written.
 *
 * @param text - of a document that was read without a fault
 * @param addresses - by members' names
 * @internal
 */
export function withAddresses(text: string, addresses: ReadonlyMap<string, readonly string[]>): string {
  const { document } = composeYaml(text);
  const members: unknown = document?.get('members', true);
  if (!isSeq(members)) return text;
  let written = '';
  let end = 0;
  for (const member of members.items) {
    if (!isMap(member)) continue;
    const wanted = addresses.get(String(member.get('name')));
    const node: unknown = member.get('address', true);
    if (wanted === undefined || !isNode(node) || !node.range) continue;
    const [from, to] = node.range;
    const former = text.slice(from, to).trimEnd();
    // A list may stand as far left as its key, and a value may not.
    const indent = former.startsWith('- ') ? ' ' : '';
    written += `${text.slice(end, from)}${indent}${valueText(wanted)}`;
    end = from + former.length;
  }
  return `${written}${text.slice(end)}`;
}

/** In YAML as in JSON, whatever stands around it. */
function valueText(addresses: readonly string[]): string {
  const texts = addresses.map((address) => JSON.stringify(address));
  return texts.length === 1 ? texts.join() : `[${texts.join(', ')}]`;
}
