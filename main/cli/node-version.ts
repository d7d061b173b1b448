/**
 * Why this Node can't run Jackdaw, as one plain line, or null where it can. better-sqlite3 crashes
 * older ones without a word, so every entry asks before it imports anything else.
 */
export function nodeFault(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return null;
  return `Jackdaw needs Node 22.12 or newer, and this is Node ${version}; in a checkout, npm run -s jackdaw uses the right one.`;
}
