/**
 * Ends the host when npm is gone: a signal to npm reaches the shell between npm and this process, and
 * no further.
 */
export function endWithNpm() {
  if (process.platform === 'win32' || process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
