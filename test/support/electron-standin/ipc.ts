import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { only, type Foreign, type Nothing } from './typed.ts';

type Handler = Parameters<Electron.IpcMain['handle']>[1];

/** `ipcMain`: handlers for `invoke`, events for `send`. */
class StandInIpcMain
  extends EventEmitter
  implements Pick<Electron.IpcMain, 'handle' | 'removeHandler'>
{
  readonly standInHandlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.standInHandlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.standInHandlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.standInHandlers.delete(channel);
  }

  /** Answers an `invoke`; a throw rejects it with Electron's words. */
  async standInInvoke(
    channel: string,
    event: Electron.IpcMainInvokeEvent,
    args: readonly unknown[],
  ): Promise<unknown> {
    const handler = this.standInHandlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return (await handler(event, ...args)) as unknown;
  }
}

export type IpcMainIsFaithful = Nothing<Foreign<StandInIpcMain, Electron.IpcMain>>;

export const ipcMain = only('ipcMain', new StandInIpcMain());
