import path from 'node:path';
import { app, nativeTheme } from 'electron';
import type { Clock } from '../clock.ts';
import { followBoard, type Board } from './board.ts';
import type { DesktopMemory } from './desktop-state.ts';
import { connectIpc } from './ipc.ts';
import { createMainWindow } from './main-window.ts';
import { gatherNotices } from './notices.ts';
import { followMoves } from './move-notice.ts';
import { notify } from './notify.ts';
import { followPower } from './power.ts';
import type { ServedApp } from './served-app.ts';
import { createTrayIcon, type TrayIcon } from './tray.ts';
import { trayView, type TrayActions } from './tray-menu.ts';

/** What the face is made of. */
export interface FaceParts {
  readonly app: ServedApp;
  readonly clock: Clock;
  readonly memory: DesktopMemory;
  /** The folder with the tray's and the window's icons. */
  readonly resourcesFolder: string;
  /** The bundled preload's file. */
  readonly preload: string;
  readonly hasTray: () => boolean;
  readonly isQuitting: () => boolean;
}

/** All of Jackdaw that shows on a desktop: window, tray, notifications, theme, power. */
export interface Face {
  /** Shows the window. */
  show(): void;
  /** Makes the window, minimised, where there is none. */
  showMinimised(): void;
  /** Puts the icon into the tray; once. */
  addTray(): void;
  stop(): void;
}

const keptInTray = {
  title: 'Jackdaw goes on in the tray',
  body: 'Schedules keep running. To end it, choose Quit in its tray menu; what closing does is in the settings.',
};

const keptMinimised = {
  title: 'Jackdaw goes on, minimised',
  body: 'This desktop has no tray to hide in. Schedules keep running; Ctrl+Q ends Jackdaw.',
};

/** The first time the window is closed and Jackdaw stays, the user is told; never again. */
function tellKept({ memory, hasTray }: FaceParts, show: () => void): void {
  if (memory.get().closeNoticeShown) return;
  memory.change({ closeNoticeShown: true });
  notify(hasTray() ? keptInTray : keptMinimised, show);
}

function trayActions({ app: { calls } }: FaceParts, show: () => void): TrayActions {
  const tell = (answer: Promise<{ readonly ok: boolean; readonly message?: string }>): void => {
    void answer.then(({ ok, message }) => {
      if (!ok) notify({ title: 'Jackdaw could not do that', body: message ?? '' }, show);
    });
  };
  return {
    open: show,
    runNow: (id) => {
      tell(calls.call('startRun', { id }));
    },
    pause: (until) => {
      tell(calls.call('pause', until === undefined ? {} : { until }));
    },
    resume: () => {
      tell(calls.call('resume', {}));
    },
    quit: () => {
      app.quit();
    },
  };
}

/** Joins the window, the tray, notifications, theme and power to the app. */
export async function createFace(parts: FaceParts): Promise<Face> {
  const { app: opened, clock, memory, resourcesFolder, hasTray, isQuitting } = parts;
  let tray: TrayIcon | null = null;

  const window = createMainWindow({
    memory,
    preload: parts.preload,
    icon: path.join(resourcesFolder, 'window.png'),
    onClose: () => {
      if (isQuitting() || board.current().settings.values.onClose === 'quit') return 'close';
      return hasTray() ? 'hide' : 'minimise';
    },
    onKept: () => {
      tellKept(parts, show);
    },
  });
  const show = (): void => {
    window.show();
  };
  const disconnect = connectIpc({
    calls: opened.calls,
    changes: opened.changes,
    contents: () => window.contents(),
  });
  const power = followPower({
    log: opened.log,
    wake: () => {
      opened.wake();
    },
    quit: () => {
      app.quit();
    },
  });
  const follow = (now: Board): void => {
    if (nativeTheme.themeSource !== now.settings.values.theme)
      nativeTheme.themeSource = now.settings.values.theme;
    power.follow(now);
    tray?.show(trayView(now, clock.now()));
  };
  const notices = gatherNotices(
    clock,
    () => board.current(),
    (notice) => {
      notify(notice, show);
    },
  );
  const moves = followMoves((notice) => {
    notify(notice, show);
  });
  const board = await followBoard(opened.calls, opened.changes, (now, event, before) => {
    follow(now);
    notices.hear(event, before);
    moves(now.host);
  });
  follow(board.current());
  moves(board.current().host);

  return {
    show,
    showMinimised: () => {
      window.showMinimised();
    },
    addTray: () => {
      const view = trayView(board.current(), clock.now());
      tray ??= createTrayIcon(
        path.join(resourcesFolder, 'tray'),
        view,
        trayActions(parts, show),
        () => clock.now(),
      );
    },
    stop: () => {
      board.stop();
      notices.stop();
      power.stop();
      disconnect();
      tray?.destroy();
      tray = null;
    },
  };
}
