import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../../main/scrape/child/channel.ts';
import { askingParent } from '../../../../main/scrape/child/parent.ts';
import { StoppedError } from '../../../../main/scrape/child/stopped.ts';
import type { ChildMessage } from '../../../../main/scrape/messages.ts';

const url = 'https://x.test/';

function setUp() {
  const sent: ChildMessage[] = [];
  const channel: Channel = {
    send: (message) => void sent.push(message),
    onMessage: () => undefined,
    onClosed: () => undefined,
  };
  return { sent, ...askingParent(channel) };
}

describe('scrape/child/parent', () => {
  it('hears each answer by its number', async () => {
    const { parent, answer, sent } = setUp();
    const first = parent.leave(url, true);
    const second = parent.leave(`${url}2`, false);
    answer({ type: 'leave', id: 2, etag: '"2"', lastModified: null });
    answer({ type: 'leave', id: 1, etag: '"1"', lastModified: null });
    expect([(await first).etag, (await second).etag]).toEqual(['"1"', '"2"']);
    expect(sent).toEqual([
      { type: 'leave', id: 1, url, conditional: true },
      { type: 'leave', id: 2, url: `${url}2`, conditional: false },
    ]);
  });

  it('gives up waiting in a lane, or for the robots.txt that another fetches, once told to stop', async () => {
    const { parent, stop } = setUp();
    const waiting = [parent.leave(url, false), parent.robots('https://x.test')];
    stop();
    for (const one of waiting) await expect(one).rejects.toThrow(StoppedError);
  });

  it('asks for no leave after that, but for the kept page of a request that was sent before', async () => {
    const { parent, answer, sent, stop } = setUp();
    const before = parent.keptPage(url);
    stop();
    await expect(parent.leave(url, false)).rejects.toThrow(StoppedError);
    const after = parent.keptPage(url);
    for (const id of [1, 2]) answer({ type: 'kept-page', id, page: null });
    expect([await before, await after]).toEqual([null, null]);
    expect(sent.map(({ type }) => type)).toEqual(['kept-page', 'kept-page']);
  });
});
