/**
 * The names of every call and event, free of zod, so that the preload can carry them.
 *
 * `contract/calls.ts` gives each its schemas; a name without a schema, or a schema without a name,
 * does not compile.
 */

/** Every call a window, the tray, the command line or an HTTP client may make. */
export const callNames = [
  'getSnapshot',
  'getStatus',
  'listSchedules',
  'getSchedule',
  'saveSchedule',
  'duplicateSchedule',
  'setEnabled',
  'setMissed',
  'deleteSchedule',
  'undeleteSchedule',
  'previewSchedule',
  'nextSlots',
  'explainTime',
  'listHolidayPlaces',
  'readClosed',
  'tryPage',
  'saveHours',
  'deleteHours',
  'importFile',
  'exportFile',
  'getFileSchema',
  'startRun',
  'cancelRun',
  'getRun',
  'getRunLog',
  'getStory',
  'listRuns',
  'listRunDays',
  'listRecords',
  'exportRecords',
  'pause',
  'resume',
  'changeSettings',
  'dismissNotice',
  'tryAgain',
  'addSample',
  'runDoctor',
  'backUp',
  'listBackups',
  'restoreBackup',
  'openFolder',
] as const;

/** The name of a call. */
export type CallName = (typeof callNames)[number];

/** Every event main pushes: always the whole new value of what changed, never a difference. */
export const eventNames = [
  'schedule',
  'scheduleRemoved',
  'run',
  'hours',
  'settings',
  'host',
] as const;

/** The name of an event. */
export type EventName = (typeof eventNames)[number];

/** The one channel that carries all calls over Electron's IPC. */
export const callChannel = 'jackdaw:call';

/** The one channel that carries all events over Electron's IPC. */
export const eventChannel = 'jackdaw:event';
