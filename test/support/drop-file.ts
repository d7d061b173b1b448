import type { Locator } from '@playwright/test';

/**
 * Drops a file of the disk onto an element, through the browser's own drag and drop: an event made in
 * the page carries no file that a page would take.
 */
export async function dropFile(target: Locator, path: string): Promise<void> {
  // In the middle nothing that sticks to an edge lies over it.
  await target.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const box = await target.boundingBox();
  if (box === null) throw new Error('What the file is dropped on can’t be seen.');
  const page = target.page();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
  await session.detach();
}
