import type { HoursView } from '../../contract/views.ts';
import { RefusedError } from '../../contract/result.ts';
import { listHours, removeHours, writeHours } from '../store/hours.ts';
import { closedFaults } from './calendars.ts';
import type { Handlers } from './calls.ts';
import { refuseFaults } from './check-schedule.ts';
import type { Context } from './context.ts';

/** The named profiles, each with the schedules that keep it. */
export function hoursViews({ db, scheduler, settings }: Context): HoursView[] {
  const usedBy = new Map<string, string[]>();
  for (const { stored } of scheduler.book.all()) {
    const choice = stored.document.hours ?? settings.current().defaultHours;
    if (typeof choice === 'string')
      usedBy.set(choice, [...(usedBy.get(choice) ?? []), stored.document.id]);
  }
  return listHours(db).map((profile) => ({ profile, usedBy: usedBy.get(profile.id) ?? [] }));
}

function unknown(id: string, path: string): RefusedError {
  return new RefusedError('not-found', `There are no hours ${id}.`, [
    { path, message: `there are no hours ${id}` },
  ]);
}

function viewOf(context: Context, id: string): HoursView {
  const view = hoursViews(context).find(({ profile }) => profile.id === id);
  if (view === undefined) throw unknown(id, 'id');
  return view;
}

/** The calls on named hours. Whoever keeps them has a new next run at once. */
export function hoursHandlers(context: Context): Pick<Handlers, 'saveHours' | 'deleteHours'> {
  const { db, scheduler, changes } = context;
  const tell = (): void => {
    changes.publish('hours', hoursViews(context));
  };
  return {
    saveHours: async ({ profile, create }) => {
      refuseFaults(await closedFaults(context, profile.closed, 'profile.closed'));
      const known = listHours(db).some(({ id }) => id === profile.id);
      if (create && known)
        throw new RefusedError(
          'conflict',
          `There are hours ${profile.id} already; choose another id.`,
          [{ path: 'profile.id', message: 'is taken by other hours; choose another id' }],
        );
      if (!create && !known) throw unknown(profile.id, 'profile.id');
      scheduler.edit('all', () => {
        writeHours(db, profile);
        return { value: profile, world: true };
      });
      tell();
      return viewOf(context, profile.id);
    },
    deleteHours: ({ id }) => {
      const { profile, usedBy } = viewOf(context, id);
      const name = profile.name ?? id;
      if (context.settings.current().defaultHours === id)
        throw new RefusedError(
          'conflict',
          `${name} are the default hours; choose another default first.`,
          [{ path: 'id', message: 'are the default hours; choose another default first' }],
        );
      if (usedBy.length > 0) {
        const keepers = `${usedBy.slice(0, 3).join(', ')}${usedBy.length > 3 ? ' and others' : ''}`;
        const message = `are kept by ${keepers}; give these other hours first`;
        throw new RefusedError('conflict', `${name} ${message}.`, [{ path: 'id', message }]);
      }
      scheduler.edit('all', () => {
        removeHours(db, id);
        return { value: id, world: true };
      });
      tell();
      return { id };
    },
  };
}
