import type { ScalarTag, Tags } from 'yaml';

/** A fraction or a power of ten to Go's reader, with underscores among its digits (gopkg.in/yaml.v2 `resolve.go`, yamlStyleFloat). */
const FLOAT = /^[-+]?(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const OCTAL = /^([-+]?)(0o[0-7_]+)$/;

const float: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: FLOAT,
  resolve: (text) => Number(text.replaceAll('_', '')),
};
/** No value of JSON, and so of no setting. */
const notFinite: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: NOT_FINITE,
  resolve: () => Number.NaN,
};
const octal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: OCTAL,
  resolve: (text) => {
    const [, sign, digits = ''] = OCTAL.exec(text.replaceAll('_', '')) ?? [];
    return sign === '-' ? -BigInt(digits) : BigInt(digits);
  },
};

/**
 * The scalars of YAML 1.1 as Go's reader has them, for what etcd reads: `yaml` takes `e1`, a usual name of a member, and `.` for
 * numbers, and to Go neither `12:30` is a number nor `2001-01-01` a time of day.
 *
 * @internal
 */
export function goYamlTags(tags: Tags): Tags {
  return [...tags.filter((tag) => typeof tag === 'string' || !isForeign(tag)), octal, float, notFinite];
}

function isForeign({ tag, format }: Exclude<Tags[number], string>): boolean {
  return tag === 'tag:yaml.org,2002:float' || tag === 'tag:yaml.org,2002:timestamp' || format === 'TIME';
}
