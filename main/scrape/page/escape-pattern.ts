/** The text as a pattern that matches just itself, in and outside of brackets, with the `u` flag too. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('-', '\\x2d');
}
