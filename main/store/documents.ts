/**
 * What a stored text says, which JSON.stringify wrote; undefined where it can't be read any more. SQLite
 * has no checksums: a bit that flipped inside a text is found by nobody but its reader.
 */
export function readDocument(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
