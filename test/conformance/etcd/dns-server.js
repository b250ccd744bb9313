// A name server for one zone: `node dns-server.js <address> <records as JSON>` answers on UDP port 53 (RFC 1035, 4; RFC 2782).
import { createSocket } from 'node:dgram';

const [address, json = '[]'] = process.argv.slice(2);
/** @type {{ owner: string, type: string, data: string }[]} */
const records = JSON.parse(json);
const TYPES = { A: 1, SRV: 33 };
const AUTHORITATIVE = 0x8580;

const server = createSocket('udp4');
server.on('message', (query, { port, address: client }) => {
  const { name, end } = readName(query, 12);
  const type = query.readUInt16BE(end);
  const found = records.filter(
    (record) => record.owner.toLowerCase() === name.toLowerCase() && TYPES[record.type] === type,
  );
  const known = records.some((record) => record.owner.toLowerCase() === name.toLowerCase());
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  // Where there is nothing of a name, the name itself does not exist (NXDOMAIN, 3).
  head.writeUInt16BE(AUTHORITATIVE | (known ? 0 : 3), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(found.length, 6);
  server.send(Buffer.concat([head, query.subarray(12, end + 4), ...found.map(answer)]), port, client);
});
server.bind(53, address, () => process.stdout.write('ready\n'));

function answer({ type, data }) {
  const value = type === 'A' ? Buffer.from(data.split('.').map(Number)) : service(data);
  const head = Buffer.alloc(12);
  // The owner is the question's name, at its place.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(TYPES[type], 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(value.length, 10);
  return Buffer.concat([head, value]);
}

function service(data) {
  const [priority, weight, port, target] = data.split(' ');
  const numbers = Buffer.alloc(6);
  [priority, weight, port].forEach((number, index) => {
    numbers.writeUInt16BE(Number(number), index * 2);
  });
  const labels = target.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([numbers, ...labels]);
}

function readName(query, start) {
  let name = '';
  let at = start;
  while (query[at] !== 0) {
    name += `${query.toString('latin1', at + 1, at + 1 + query[at])}.`;
    at += 1 + query[at];
  }
  return { name, end: at + 1 };
}
