/** Raised where a run would send a request after it was told to stop. */
export class StoppedError extends Error {
  constructor() {
    super('The run was told to stop.');
    this.name = 'StoppedError';
  }
}
