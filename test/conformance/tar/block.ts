/** What a header says, field by field (tar(5), "POSIX ustar Archives"); every field may be wrong. */
export interface HeaderFields {
  readonly name?: string | Buffer;
  readonly type?: string;
  readonly size?: string | Buffer;
  readonly mode?: string;
  readonly linkname?: string;
  readonly prefix?: string;
  readonly magic?: string;
  readonly isSumWrong?: boolean;
}

export const END: Buffer = Buffer.alloc(1024);

/** A header block. */
export function header(fields: HeaderFields): Buffer {
  const block = Buffer.alloc(512);
  const put = (at: number, length: number, value: string | Buffer): void => {
    Buffer.from(value).copy(block, at, 0, length);
  };
  put(0, 100, fields.name ?? 'a');
  put(100, 8, fields.mode ?? '0000644');
  put(108, 8, '0000000');
  put(116, 8, '0000000');
  put(124, 12, fields.size ?? octal(0));
  put(136, 12, '02264674000');
  put(148, 8, ' '.repeat(8));
  put(156, 1, fields.type ?? '0');
  put(157, 100, fields.linkname ?? '');
  put(257, 8, fields.magic ?? 'ustar\x0000');
  put(265, 32, 'root');
  put(297, 32, 'root');
  put(345, 155, fields.prefix ?? '');
  const sum = block.reduce((total, octet) => total + octet, fields.isSumWrong === true ? 1 : 0);
  put(148, 8, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** A size as eleven octal digits. */
export function octal(size: number): string {
  return size.toString(8).padStart(11, '0');
}

/** An entry with contents. */
export function entry(
  name: string | Buffer,
  contents: string | Buffer = 'data',
  fields: HeaderFields = {},
): Buffer {
  const data = Buffer.from(contents);
  return Buffer.concat([header({ name, size: octal(data.length), ...fields }), padded(data)]);
}

/** Records of pax for the next entry, or with type "g" for all that follow. */
export function pax(records: Readonly<Record<string, string>>, type = 'x'): Buffer {
  const text = Object.entries(records).map(([key, value]) => paxRecord(`${key}=${value}\n`));
  return entry('PaxHeader/x', Buffer.concat(text), { type });
}

function paxRecord(record: string): Buffer {
  const octets = Buffer.byteLength(record) + 1;
  const length = [1, 2, 3, 4, 5, 6, 7, 8]
    .map((digits) => octets + digits)
    .find((total, at) => String(total).length === at + 1);
  return Buffer.from(`${length} ${record}`);
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}
