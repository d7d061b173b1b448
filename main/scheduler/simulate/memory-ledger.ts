import type { Outcome } from '../../../contract/ledger.ts';
import type { NewSlot } from '../../store/slots.ts';
import type { Written } from '../actions.ts';
import { firstAttempt, nextAttempt, nothing, together, type NewAttempt } from '../attempts.ts';
import { extendedReasons, type Enter } from '../enter-slots.ts';
import type { Ledger } from '../ledger.ts';

/** A row of a simulated ledger; instants are epoch ms. */
export interface SimulatedRow {
  /** The schedule's id. */
  readonly id: string;
  slotAtMs: number;
  readonly firstSlotAtMs: number;
  startedAtMs: number | null;
  outcome: Outcome | null;
  reason: string | null;
  coalesced: number;
}

/** A ledger in memory: what the SQL one keeps of slots, without its rows of runs. */
export interface MemoryLedger extends Ledger {
  /** In the order they were entered. */
  rows(): readonly Readonly<SimulatedRow>[];
}

/** An empty ledger in memory; `idOf` answers a schedule's id to its number. */
export function createMemoryLedger(idOf: (schedule: number) => string): MemoryLedger {
  // A slot's number is its place among the rows, counted from 1.
  const rows: SimulatedRow[] = [];
  const newest = new Map<number, number>();
  let runs = 0;

  const rowOf = (slot: number | null): SimulatedRow | undefined => rows[(slot ?? 0) - 1];

  const queue = (item: NewAttempt): Written => {
    runs += 1;
    return { queued: [{ ...item, run: runs }], ended: [] };
  };

  /** Lets the newest row stand for further slots, where both were skipped for the same lasting reason. */
  const extend = (judged: NewSlot): number | null => {
    const slot = newest.get(judged.schedule);
    const last = rowOf(slot ?? null);
    if (slot === undefined || last === undefined || !extendedReasons.has(judged.reason))
      return null;
    if (last.outcome !== judged.outcome || last.reason !== judged.reason) return null;
    last.slotAtMs = judged.slotAtMs;
    last.coalesced += judged.coalesced;
    return slot;
  };

  const enterSlot = (judged: NewSlot, afterWake: boolean): Written => {
    const extended = extend(judged);
    if (extended !== null) return { queued: [], ended: [extended] };
    const { schedule, slotAtMs, firstSlotAtMs, outcome, reason, coalesced } = judged;
    const id = idOf(schedule);
    const startedAtMs = null;
    const row = { id, slotAtMs, firstSlotAtMs, startedAtMs, outcome, reason, coalesced };
    const slot = rows.push(row);
    newest.set(schedule, slot);
    if (outcome !== null) return { queued: [], ended: [slot] };
    return queue(firstAttempt(slot, judged, afterWake));
  };

  const enter = ({ slots, afterWake }: Enter): Written => {
    const [only] = slots;
    if (only !== undefined && slots.length === 1) return enterSlot(only, afterWake);
    return together(slots.map((slot) => enterSlot(slot, afterWake)));
  };

  const end = (
    slot: number | null,
    { outcome, reason }: { readonly outcome: Outcome; readonly reason: string | null },
  ): Written => {
    const row = rowOf(slot);
    if (row === undefined) return nothing;
    row.outcome = outcome;
    row.reason = reason;
    return nothing;
  };

  return {
    rows: () => rows,
    write: (action) => {
      switch (action.kind) {
        case 'enter':
          return enter(action);
        case 'retry':
          return queue(nextAttempt(action.retry, action.atMs));
        case 'start': {
          const row = rowOf(action.item.slot);
          if (row !== undefined) row.startedAtMs ??= action.atMs;
          return nothing;
        }
        case 'finish':
          return end(action.slot, action.end);
        case 'refuse':
          return end(action.item.slot, action.end);
        case 'count':
        case 'enter-manual':
        case 'wait':
        case 'note':
        case 'resume':
        case 'defer':
        case 'close':
        case 'set-aside':
          return nothing;
      }
    },
  };
}
