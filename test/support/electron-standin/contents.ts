import type * as Electron from 'electron';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CdpSession } from './cdp.ts';
import { makeCodec } from './codec.ts';
import { browserNow, host } from './host.ts';
import { ipcMain } from './ipc.ts';
import { pageScript, preloadScript } from './page.ts';
import { answerOwn, fromChromium, originOf, ownRequests, toChromium } from './schemes.ts';
import { nativeTheme, session } from './system.ts';
import { only, preventable, type Foreign, type Nothing } from './typed.ts';

const worldName = 'Electron Isolated Context';
const codec = makeCodec();
const all = new Map<number, StandInContents>();
let lastId = 0;

/** What a window is to its contents. */
export interface Owner {
  close(): void;
  standInLoaded(): void;
  readonly standInSize: { readonly width: number; readonly height: number };
}

interface FromPage {
  readonly kind: 'invoke' | 'send' | 'open';
  readonly id: number;
  readonly channel: string;
  readonly args: readonly unknown[];
  readonly url: string;
}

interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
  };
}

function assertSafe(preferences: Electron.WebPreferences): void {
  const { nodeIntegration, contextIsolation, sandbox } = preferences;
  if (nodeIntegration === true || contextIsolation === false || sandbox === false)
    throw new Error('The Electron stand-in shows sandboxed, context-isolated windows only.');
}

/** `webContents`: a page of headless Chromium, with the app's preload in a world of its own. */
export class StandInContents
  extends EventEmitter
  implements
    Pick<
      Electron.WebContents,
      | 'id'
      | 'close'
      | 'getURL'
      | 'isDestroyed'
      | 'loadURL'
      | 'reload'
      | 'send'
      | 'setWindowOpenHandler'
    >
{
  readonly id: number;
  readonly session = session.defaultSession;
  readonly standInOwner: Owner;
  standInTargetId = '';
  private readonly tag = randomUUID();
  private readonly preload: string;
  private page: CdpSession | null = null;
  private world = '';
  private url = '';
  private destroyed = false;
  private readonly requested = new Set<string>();
  private openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;
  /** Everything done to the page, in order; it begins with opening the page. */
  private queue: Promise<void>;
  private readonly self: StandInContents;

  constructor(owner: Owner, preferences: Electron.WebPreferences) {
    super();
    assertSafe(preferences);
    lastId += 1;
    this.id = lastId;
    this.standInOwner = owner;
    this.preload =
      preferences.preload === undefined ? '' : readFileSync(preferences.preload, 'utf8');
    this.self = only('webContents', this);
    all.set(this.id, this.self);
    this.queue = this.open();
    this.queue.catch((error: unknown) => {
      if (!this.destroyed && !host.quitting) console.error('Electron stand-in:', error);
    });
    return this.self;
  }

  private async open(): Promise<void> {
    const { width, height } = this.standInOwner.standInSize;
    const { targetId } = await browserNow().send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    this.standInTargetId = targetId;
    const page = await browserNow().attach(targetId);
    this.page = page;
    this.listen(page);
    const info = { platform: process.platform, versions: { ...process.versions } };
    await Promise.all([
      page.send('Page.enable'),
      page.send('Runtime.addBinding', { name: '__standInPost', executionContextName: worldName }),
      page.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(this.tag) }),
      page.send('Page.addScriptToEvaluateOnNewDocument', {
        worldName,
        source: preloadScript(this.tag, info, this.preload),
      }),
      page.send('Fetch.enable', {
        patterns: [{ urlPattern: ownRequests }, { urlPattern: '*', resourceType: 'Document' }],
      }),
      page.send('Runtime.enable'),
    ]);
    await this.followTheme();
    nativeTheme.on('updated', () => {
      void this.followTheme();
    });
  }

  private listen(page: CdpSession): void {
    page.on('Runtime.bindingCalled', ({ payload }: { readonly payload: string }) => {
      void this.hear(codec.decode(payload) as FromPage);
    });
    page.on('Runtime.executionContextCreated', (event: Context) => {
      const { name, auxData, uniqueId } = event.context;
      if (name === worldName && auxData.frameId === this.standInTargetId) this.world = uniqueId;
    });
    page.on('Page.frameRequestedNavigation', (event: { readonly url: string }) => {
      this.requested.add(event.url);
    });
    page.on('Page.frameNavigated', (event: { readonly frame: Frame }) => {
      if (event.frame.parentId !== undefined) return;
      this.url = fromChromium(event.frame.url);
      this.emit('did-navigate', {}, this.url, 200, 'OK');
    });
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    page.on('Page.loadEventFired', () => {
      if (this.url === '' || this.url === 'about:blank') return;
      this.emit('did-finish-load', {});
      this.standInOwner.standInLoaded();
    });
    page.on('Fetch.requestPaused', (paused: PausedRequest) => {
      void this.answer(page, paused).catch((error: unknown) => {
        if (!this.destroyed && !host.quitting) console.error('Electron stand-in:', error);
      });
    });
    page.on('Inspector.targetCrashed', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    );
  }

  /** Serves the app's own schemes, and asks `will-navigate` before the page leaves by itself. */
  private async answer(page: CdpSession, paused: PausedRequest): Promise<void> {
    const { requestId, request } = paused;
    const isMainFrame = paused.frameId === this.standInTargetId;
    const byPage = this.requested.delete(request.url) && paused.resourceType === 'Document';
    if (byPage && isMainFrame) {
      const url = fromChromium(request.url);
      const event = preventable({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame });
      this.emit('will-navigate', event, url);
      if (event.defaultPrevented) {
        await page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
    }
    const answer = await answerOwn(request.url, request.method, request.headers);
    if (answer === null) {
      await page.send('Fetch.continueRequest', { requestId });
      return;
    }
    await page.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: answer.status,
      responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
    });
  }

  private async followTheme(): Promise<void> {
    const theme = nativeTheme.themeSource;
    const features = theme === 'system' ? [] : [{ name: 'prefers-color-scheme', value: theme }];
    await this.page?.send('Emulation.setEmulatedMedia', { features }).catch(() => undefined);
  }

  private async hear(message: FromPage): Promise<void> {
    if (message.kind === 'open') {
      this.askToOpen(message.url);
      return;
    }
    const event = {
      sender: this.self,
      senderFrame: this.mainFrame,
      frameId: 1,
      processId: 1,
      ports: [],
    };
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...message.args);
      return;
    }
    const known = event as unknown as Electron.IpcMainInvokeEvent;
    const reply = await ipcMain
      .standInInvoke(message.channel, known, message.args)
      .then((value) => codec.encode({ reply: message.id, value }))
      .catch((error: unknown) => codec.encode({ reply: message.id, error: String(error) }));
    this.deliver(reply);
  }

  private askToOpen(url: string): void {
    const details = { url, frameName: '', features: '', disposition: 'new-window' } as const;
    const answer = this.openHandler?.({
      ...details,
      referrer: { url: this.url, policy: 'default' },
    });
    if (answer?.action !== 'deny')
      throw new Error(`The Electron stand-in opens no windows for pages; deny ${url}.`);
  }

  private deliver(text: string): void {
    if (this.destroyed || this.page === null || this.world === '') return;
    const expression = `__standInDeliver(${JSON.stringify(text)})`;
    void this.page
      .send('Runtime.evaluate', { expression, uniqueContextId: this.world })
      .catch(() => undefined);
  }

  get mainFrame(): { readonly url: string; readonly origin: string; readonly parent: null } {
    return only('WebFrameMain', { url: this.url, origin: originOf(this.url), parent: null });
  }

  send(channel: string, ...args: unknown[]): void {
    const text = codec.encode({ channel, args });
    void this.queue.then(() => {
      this.deliver(text);
    });
  }

  async loadURL(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => {
      this.once('did-finish-load', resolve);
    });
    this.queue = this.queue.then(async () => {
      const answer = await this.page?.send<{ errorText?: string }>('Page.navigate', {
        url: toChromium(url),
      });
      if (answer?.errorText === undefined) return;
      this.emit('did-fail-load', {}, -2, answer.errorText, url, true);
      throw new Error(`${answer.errorText} loading '${url}'`);
    });
    await this.queue;
    await loaded;
  }

  getURL(): string {
    return this.url;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  reload(): void {
    void this.queue.then(() => this.page?.send('Page.reload'));
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler;
  }

  close(): void {
    this.standInOwner.close();
  }

  standInDestroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    all.delete(this.id);
    if (!host.quitting)
      void this.queue
        .then(() => browserNow().send('Target.closeTarget', { targetId: this.standInTargetId }))
        .catch(() => undefined);
    this.emit('destroyed');
  }
}

interface Context {
  readonly context: {
    readonly name: string;
    readonly uniqueId: string;
    readonly auxData: { readonly frameId?: string };
  };
}

interface Frame {
  readonly url: string;
  readonly parentId?: string;
}

export type ContentsIsFaithful = Nothing<Foreign<StandInContents, Electron.WebContents>>;

/** `webContents`, the module: how Playwright and the app find the contents of a page. */
export const webContents = only('webContents', {
  getAllWebContents: () => [...all.values()],
  fromId: (id: number) => all.get(id),
  fromDevToolsTargetId: (targetId: string) =>
    [...all.values()].find((each) => each.standInTargetId === targetId),
});
