import { RefusedError } from '../../../contract/result.ts';

/** The refusal of a calendar, with one sentence that says where and what to do. */
export function unreadable(message: string): RefusedError {
  return new RefusedError('invalid', message);
}

/** A name as people see it: one line, 200 characters at the most. */
export function shortName(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they come from files and would garble a log's line
  const line = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= 200 ? line : `${characters.slice(0, 199).join('')}…`;
}
