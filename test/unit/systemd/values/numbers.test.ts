import { expect, it } from 'vitest';
import { parseByteSize } from '../../../../src/systemd/values/byte-size.js';
import { parsePermyriad } from '../../../../src/systemd/values/parts.js';
import { parseResourceLimit } from '../../../../src/systemd/values/resource-limit.js';
import { parseTimeSpan } from '../../../../src/systemd/values/time-span.js';
import { parseWholeNumber } from '../../../../src/systemd/values/whole-number.js';

it.each([
  ['512M', 536_870_912],
  ['1.5G', 1_610_612_736],
  ['1G 512M', 1_610_612_736],
  ['10B', 10],
  ['512M 1G', undefined],
  ['2GB', undefined],
  ['2g', undefined],
  ['', undefined],
])('%s is a size of %s bytes', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes);
});

it.each([
  ['90', 90],
  ['1min 30s', 90],
  ['1min30s', 90],
  ['.5h', 1800],
  ['2M', 5_259_600],
  ['infinity', Number.POSITIVE_INFINITY],
  ['12.34.56', undefined],
  ['5.s', undefined],
  ['5secs', undefined],
  ['', undefined],
])('%s is a time of %s seconds', (text, seconds) => {
  expect(parseTimeSpan(text)).toBe(seconds);
});

it.each([
  ['12.5%', 1250],
  ['12.55%', 1255],
  ['125‰', 1250],
  ['1250‱', 1250],
  ['12.555%', undefined],
  ['50', undefined],
])('%s is %s ten-thousandths', (text, parts) => {
  expect(parsePermyriad(text)).toBe(parts);
});

it.each([
  ['0x10', 16n],
  ['0b11', 3n],
  ['0o17', 15n],
  ['010', 8n],
  ['-20', -20n],
  ['09', undefined],
  ['1e3', undefined],
])('%s is the number %s', (text, number) => {
  expect(parseWholeNumber(text)).toBe(number);
});

it.each([
  ['1024:2048', 'count', 1024],
  ['2048:1024', 'count', undefined],
  ['65536K', 'count', undefined],
  ['4G', 'bytes', 4_294_967_296],
  ['1h', 'seconds', 3600],
  ['500ms', 'microseconds', 0.5],
  ['-5', 'nice', 25],
  ['41', 'nice', undefined],
] as const)('%s is a limit (%s) of %s', (text, unit, limit) => {
  expect(parseResourceLimit(text, unit)).toBe(limit);
});
