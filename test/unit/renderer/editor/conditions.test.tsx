import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { scheduleSchema, type ScheduleInput } from '../../../../contract/schedule.ts';
import { EditorView } from '../../../../renderer/views/editor/EditorView.tsx';
import { toDocument, toDraft } from '../../../../renderer/views/editor/draft.ts';
import { ok } from '../../../support/fake-client.ts';
import { aHost, aView } from '../../../support/fake-data.ts';
import { nowMs, show, strike } from './stage.tsx';

afterEach(strike);

const stored: ScheduleInput = {
  id: 'posts',
  name: 'Posts',
  trigger: { kind: 'interval', every: '30m' },
  scrape: { kind: 'page', url: 'https://example.com/', fields: { title: 'h3' } },
};
const posts = aView(nowMs, { document: scheduleSchema.parse(stored), id: 'posts', name: 'Posts' });

describe('editor/ConditionFields', () => {
  it('sets what is enough and what must hold', async () => {
    const { user, inputsOf } = await show(
      <EditorView schedule="posts" field="conditions" />,
      { schedules: [posts] },
      { saveSchedule: () => ok(posts) },
    );
    const group = within(await screen.findByRole('group', { name: 'Whether it runs' }));
    await waitFor(() => expect(document.activeElement?.getAttribute('type')).toBe('checkbox'));
    await user.click(group.getByRole('button', { name: /It has enough/ }));
    await user.click(await screen.findByRole('option', { name: 'Once a run found a change' }));
    await user.click(group.getByRole('checkbox', { name: 'On mains power only' }));
    await user.click(group.getByRole('checkbox', { name: 'With a network only' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(inputsOf('saveSchedule')).toHaveLength(1));
    expect(inputsOf('saveSchedule')).toMatchObject([
      { schedule: { enough: 'change', conditions: { power: 'ac', network: true } } },
    ]);
  });

  it('says where this host can’t tell, and nothing where it can', async () => {
    const abilities = { ...aHost(nowMs).abilities, network: true };
    await show(<EditorView schedule="posts" field="conditions" />, {
      schedules: [posts],
      host: aHost(nowMs, { abilities }),
    });
    expect(await screen.findByText(/can’t tell mains power from a battery/)).toBeDefined();
    expect(screen.queryByText(/can’t tell whether there is a network/)).toBeNull();
  });

  it('takes them out again, and leaves alone what it doesn’t show', () => {
    const full: ScheduleInput = {
      ...stored,
      enough: 'success',
      conditions: { power: 'ac', network: false },
    };
    const draft = toDraft(full);
    expect(draft.conditions).toEqual({ power: true, network: false });
    expect(toDocument(draft, full)).toEqual(full);
    const none = {
      ...draft,
      enough: 'never',
      conditions: { power: false, network: false },
    } as const;
    expect(toDocument(none, full)).toEqual({ ...stored, conditions: { network: false } });
  });
});
