/**
 * Of this package; package.json says the same.
 *
 * @public
 */
export const version = '0.1.0';
