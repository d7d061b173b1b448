/** What `ps` is asked for, where there is no /proc: everyone's number, parent and process group. */
export const psArguments = ['-axo', 'pid=,ppid=,pgid='] as const;

/**
 * The processes that descend from one, and those of its process group, by what `ps` said; itself left
 * out. Whoever was started detached is found as long as those between are alive.
 *
 * Stands by itself, without imports: the watchdog's thread runs its text.
 */
export function familyOf(root: number, psText: string): readonly number[] {
  const rows = psText
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((numbers) => numbers.length === 3 && numbers.every(Number.isInteger));
  const family = new Set([root]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [pid = 0, parent = 0, group = 0] of rows)
      if (family.has(parent) || group === root) family.add(pid);
  }
  family.delete(root);
  return [...family];
}
