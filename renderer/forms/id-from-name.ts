const longest = 64;

/** An id made of a name: lower-case letters, digits and hyphens; empty where nothing of the name is left. */
export function idFromName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, longest)
    .replace(/-+$/, '');
}

/**
 * The same, made different from the ids taken by a number at its end: `posts`, then `posts-2`. A name
 * without a single Latin letter or digit gives `otherwise`.
 */
export function freeIdFromName(
  name: string,
  taken: ReadonlySet<string>,
  otherwise: string,
): string {
  const wanted = name.trim() === '' ? '' : idFromName(name) || otherwise;
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count += 1) {
    const ending = `-${String(count)}`;
    const id = `${wanted.slice(0, longest - ending.length)}${ending}`;
    if (!taken.has(id)) return id;
  }
}
