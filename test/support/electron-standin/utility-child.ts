/** Loaded first into a utility process: `process.parentPort`, over Node's own channel to its parent. */
import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { only } from './typed.ts';

/** Messages wait until someone listens, as in Electron. */
class StandInParentPort extends EventEmitter implements Pick<Electron.ParentPort, 'postMessage'> {
  private readonly waiting: unknown[] = [];

  constructor() {
    super();
    this.on('newListener', (event) => {
      if (event === 'message' && this.waiting.length > 0)
        setImmediate(() => {
          for (const message of this.waiting.splice(0)) this.emit('message', message);
        });
    });
  }

  standInReceive(message: unknown): void {
    if (this.waiting.length > 0 || !this.emit('message', message)) this.waiting.push(message);
  }

  postMessage(message: unknown): void {
    if (process.connected) process.send?.(message);
  }
}

const port = new StandInParentPort();
process.on('message', (data) => {
  port.standInReceive({ data, ports: [] });
});
process.on('disconnect', () => process.exit(0));
Object.assign(process, { parentPort: only('process.parentPort', port), type: 'utility' });
