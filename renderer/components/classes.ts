/**
 * Joins the class names that apply, leaving out what is false or missing: CSS modules give
 * `string | undefined`, conditions give `false`.
 */
export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
