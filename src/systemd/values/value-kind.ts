/**
 * What systemd takes for a directive.
 *
 * @internal
 */
export interface ValueKind {
  /** Stands behind "is not", such as `a size such as 512M or 2G`. */
  readonly what: string;
  /** A list is read word by word, and what is none is left out; other values are taken or passed over whole. */
  readonly reading: 'whole' | 'words' | 'quoted words';
  /** Whether an empty value takes back what was set before; otherwise systemd passes over it as well. */
  readonly resets: boolean;
  /** Whether systemd does not load the unit with a value that it does not take (systemd `src/core/load-fragment.c`, -ENOEXEC); absent where it goes on. */
  readonly isFatal?: (value: string) => boolean;
  /** Of a value that is not empty, or of one word. */
  readonly takes: (text: string) => boolean;
  /** Of a list before which `~` may stand: what it comes to where systemd takes none of its words, without `~` and with it. */
  readonly whereNone?: { readonly plain: string; readonly inverted?: string };
  /** What was meant, where that can be told. */
  readonly meant?: (text: string) => string | undefined;
  /** systemd's own words; absent where it says nothing. */
  readonly says?: (text: string, directive: string) => string;
}

/**
 * What systemd says of most values that it does not take.
 *
 * @param what - its name of the type, such as `boolean value`
 * @internal
 */
export function failedToParse(what: string): NonNullable<ValueKind['says']> {
  return (text) => `Failed to parse ${what}, ignoring: ${text}`;
}

/**
 * Whether a value has a specifier, which stands for what only the manager knows (systemd.unit(5), "Specifiers").
 *
 * @internal
 */
export function hasSpecifier(text: string): boolean {
  return /%[A-Za-z]/.test(text);
}
