import { useSyncExternalStore } from 'react';
import { outcomes, type Outcome } from '../../contract/ledger.ts';

/** A screen, and what it shows of its own. */
export type Route =
  | { readonly view: 'schedules' }
  /** `schedule` null: a new one. */
  | {
      readonly view: 'editor';
      readonly schedule: string | null;
      /** The field to go to, `overlap` or `missed.grace`; left out: none. */
      readonly field?: string | undefined;
    }
  | {
      readonly view: 'runs';
      readonly schedule?: string | undefined;
      /** Rows that ended in one of these; none: all rows. */
      readonly outcomes?: readonly Outcome[] | undefined;
    }
  /** A row of the history: `r12` is an attempt, `s34` a slot that never had one. */
  | { readonly view: 'run'; readonly row: string }
  | { readonly view: 'results'; readonly schedule?: string | undefined }
  | { readonly view: 'hours' }
  | { readonly view: 'status' }
  | { readonly view: 'settings' };

function editorHash({ schedule, field }: Extract<Route, { view: 'editor' }>): string {
  if (schedule === null) return '#/new';
  return field === undefined ? `#/edit/${schedule}` : `#/edit/${schedule}?field=${field}`;
}

/** The fragment of a route, `#/runs?schedule=flink-posts`; it survives a reload and serves the back button. */
export function routeHash(route: Route): string {
  switch (route.view) {
    case 'editor':
      return editorHash(route);
    case 'run':
      return `#/runs/${route.row}`;
    case 'runs': {
      const query = new URLSearchParams();
      if (route.schedule !== undefined) query.set('schedule', route.schedule);
      for (const outcome of route.outcomes ?? []) query.append('outcome', outcome);
      return query.size === 0 ? '#/runs' : `#/runs?${query.toString()}`;
    }
    case 'results':
      return route.schedule === undefined ? '#/results' : `#/results/${route.schedule}`;
    default:
      return `#/${route.view}`;
  }
}

/** The row a fragment names; the number alone is a run's. */
function rowOf(id: string | undefined): string | null {
  const match = /^([rs]?)(\d{1,15})$/.exec(id ?? '');
  return match === null ? null : `${match[1] === 's' ? 's' : 'r'}${match[2] ?? ''}`;
}

/** The route of a fragment; anything unknown leads to the schedules. */
export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', id] = path.split('/');
  const query = new URLSearchParams(search);
  switch (view) {
    case 'new':
      return { view: 'editor', schedule: null };
    case 'edit':
      return id === undefined
        ? { view: 'schedules' }
        : { view: 'editor', schedule: id, field: query.get('field') ?? undefined };
    case 'runs': {
      const row = rowOf(id);
      if (row !== null) return { view: 'run', row };
      const asked = query.getAll('outcome');
      const known = outcomes.filter((one) => asked.includes(one));
      return { view: 'runs', schedule: query.get('schedule') ?? undefined, outcomes: known };
    }
    case 'results':
      return { view: 'results', schedule: id };
    case 'hours':
    case 'status':
    case 'settings':
      return { view };
    default:
      return { view: 'schedules' };
  }
}

type Guard = (proceed: () => void) => void;

let guard: Guard | null = null;
let current = typeof window === 'undefined' ? '' : window.location.hash;
const listeners = new Set<() => void>();

function show(hash: string): void {
  current = hash;
  for (const listener of listeners) listener();
}

function onHashChange(): void {
  const wanted = window.location.hash;
  if (wanted === current) return;
  if (guard === null) {
    show(wanted);
    return;
  }
  window.history.pushState(null, '', current === '' ? '#/' : current);
  guard(() => {
    guard = null;
    window.location.hash = wanted;
  });
}

if (typeof window !== 'undefined') window.addEventListener('hashchange', onHashChange);

/** Goes to a screen. Where a guard stands (an editor with unsaved changes) it is asked first. */
export function go(route: Route): void {
  const proceed = (): void => {
    guard = null;
    window.location.hash = routeHash(route);
    show(window.location.hash);
  };
  if (guard === null) proceed();
  else guard(proceed);
}

/**
 * Puts up a guard, or takes it down with null. It is called instead of leaving, and calls `proceed`
 * if the person wants to leave all the same.
 */
export function guardLeaving(next: Guard | null): void {
  guard = next;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The fragment in force; draws again when it changes. Read it with `routeOf`. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => current);
}
