import type { HostView } from '../../contract/views.ts';
import type { Notice } from './notices.ts';

/**
 * Shows one notification when this computer has moved to another zone. Hears the host as it first is,
 * then each change of it: a move that was known at first was shown when it was noticed.
 */
export function followMoves(show: (notice: Notice) => void): (host: HostView) => void {
  let known: string | null | undefined;
  return ({ zones: { move } }) => {
    const at = move?.at ?? null;
    const isNew = known !== undefined && move !== null && at !== known;
    known = at;
    if (!isNew) return;
    const [title = '', ...rest] = move.text.split(/(?<=\.) /);
    show({ title: title.replace(/\.$/, ''), body: rest.join(' ') });
  };
}
