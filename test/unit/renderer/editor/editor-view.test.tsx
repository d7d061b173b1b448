import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { scheduleSchema, type ScheduleInput } from '../../../../contract/schedule.ts';
import { go } from '../../../../renderer/app/route.ts';
import { EditorView } from '../../../../renderer/views/editor/EditorView.tsx';
import { ok } from '../../../support/fake-client.ts';
import { aView } from '../../../support/fake-data.ts';
import { aPreview, aTryOut, nowMs, show, strike } from './stage.tsx';

afterEach(strike);

const stored: ScheduleInput = {
  id: 'posts',
  name: 'Posts',
  atClose: 'abort',
  trigger: { kind: 'interval', every: '30m' },
  hours: { week: { mon: ['09:00-17:00'] }, closed: { holidays: 'US-NY' } },
  scrape: { kind: 'page', url: 'https://example.com/', fields: { title: 'h3' } },
};
const document = scheduleSchema.parse(stored);
const posts = aView(nowMs, { id: 'posts', name: 'Posts', document });

const field = (name: string): HTMLElement =>
  screen.getByLabelText(name, { selector: 'input, textarea' });
const save = (): HTMLElement => screen.getByRole('button', { name: 'Save' });

describe('editor/EditorView, a new schedule', () => {
  it('saves exactly what was typed, in its shortest form', async () => {
    const { user, inputsOf, fill } = await show(
      <EditorView schedule={null} />,
      {},
      {
        saveSchedule: ({ schedule }) => ok(aView(nowMs, { name: schedule.name })),
      },
    );
    await fill(field('Name'), 'Flink blog');
    await fill(field('Address'), 'https://flink.apache.org/posts/');
    await fill(field('Items'), 'article');
    await fill(field('Name of field 1'), 'title');
    await fill(field('Selector of title'), 'h3 a');
    await user.click(screen.getByRole('button', { name: 'Add field' }));
    await user.keyboard('url');
    await fill(field('Selector of url'), 'h3 a');
    await user.click(screen.getByRole('button', { name: 'More settings of url' }));
    await fill(field('Attribute'), 'href');
    await user.click(screen.getByRole('checkbox', { name: 'Required' }));
    await user.click(save());
    await waitFor(() => {
      expect(inputsOf('saveSchedule')).toEqual([
        {
          create: true,
          schedule: {
            id: 'flink-blog',
            name: 'Flink blog',
            trigger: { kind: 'interval', every: '30m' },
            scrape: {
              kind: 'page',
              url: 'https://flink.apache.org/posts/',
              items: 'article',
              fields: { title: 'h3 a', url: { select: 'h3 a', attr: 'href', required: false } },
            },
          },
        },
      ]);
    });
    await waitFor(() => {
      expect(window.location.hash).toBe('#/schedules');
    });
  });

  it('says why it can’t be saved yet, and leads to the first thing to do', async () => {
    const { user } = await show(<EditorView schedule={null} />, {});
    expect(save()).toHaveProperty('disabled', true);
    expect(screen.queryByText('Give it a name')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Name: give it a name (and 3 more)' }));
    await waitFor(() => {
      expect(globalThis.document.activeElement).toBe(field('Name'));
    });
    expect(field('Name').getAttribute('aria-invalid')).toBe('true');
    const list = screen.getByRole('region', { name: 'To finish before saving' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual([
      'NameGive it a name',
      'IdUse 1 to 64 lower-case letters, digits and hyphens',
      'AddressWrite a whole address that begins with http:// or https://',
      'FieldsName at least one field',
    ]);
  });

  it('derives the id from the name past ids that are taken, until one is typed', async () => {
    const { fill } = await show(<EditorView schedule={null} />, { schedules: [posts] });
    await fill(field('Name'), 'Posts');
    expect(field('Id')).toHaveProperty('value', 'posts-2');
    await fill(field('Id'), 'posts');
    expect(screen.getByText('Another schedule has this id; choose a different one')).toBeDefined();
    await fill(field('Name'), 'Posts of today');
    expect(field('Id')).toHaveProperty('value', 'posts');
  });

  it('asks for the next runs of the trigger as it stands, while the rest is empty', async () => {
    const { user, inputsOf } = await show(<EditorView schedule={null} />, {});
    await within(await screen.findByRole('list', { name: 'Next runs' })).findAllByRole('listitem');
    const count = field('Every');
    await user.clear(count);
    await user.type(count, '7');
    await waitFor(() => {
      expect(inputsOf('previewSchedule').at(-1)).toMatchObject({
        schedule: { trigger: { kind: 'interval', every: '7m' } },
      });
    });
  });

  it('tries the page with what is there, and shows its rows', async () => {
    const { user, inputsOf, fill } = await show(<EditorView schedule={null} />, {});
    await fill(field('Address'), 'https://example.com/');
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('cell', { name: 'First post' })).toBeDefined();
    expect(inputsOf('tryPage')).toEqual([
      {
        scrape: { kind: 'page', url: 'https://example.com/', fields: { text: {} } },
        refresh: false,
      },
    ]);
    await user.click(screen.getByRole('button', { name: 'Refresh page' }));
    expect(inputsOf('tryPage').at(-1)).toMatchObject({ refresh: true });
  });

  it('marks the field whose selector the page can’t be read with', async () => {
    const { user, fill } = await show(
      <EditorView schedule={null} />,
      {},
      {
        tryPage: () =>
          ok(
            aTryOut({ rows: [], faults: [{ path: 'fields.field-1', message: 'is no selector' }] }),
          ),
      },
    );
    await fill(field('Selector of field 1'), 'h3 >>');
    await fill(field('Address'), 'https://example.com/');
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(field('Selector of field 1').getAttribute('aria-invalid')).toBe('true');
    });
    expect(screen.getByText('Is no selector')).toBeDefined();
  });

  it('says in words that a page couldn’t be read', async () => {
    const { user, fill } = await show(
      <EditorView schedule={null} />,
      {},
      {
        tryPage: () => ok(aTryOut({ url: null, rows: [], message: 'The server answered 500.' })),
      },
    );
    await fill(field('Address'), 'https://example.com/');
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('The server answered 500.');
  });
});

describe('editor/EditorView, a stored schedule', () => {
  it('saves an edit with all that it doesn’t show', async () => {
    const { user, inputsOf } = await show(
      <EditorView schedule="posts" />,
      { schedules: [posts] },
      {
        saveSchedule: () => ok(posts),
      },
    );
    const closes = field('Monday closes');
    await user.clear(closes);
    await user.type(closes, '6pm');
    await user.tab();
    expect(closes).toHaveProperty('value', '18:00');
    await user.keyboard('{Control>}s{/Control}');
    await waitFor(() => {
      expect(inputsOf('saveSchedule')).toEqual([
        {
          create: false,
          schedule: {
            ...document,
            hours: { week: { mon: ['09:00-18:00'] }, closed: { holidays: 'US-NY' } },
          },
        },
      ]);
    });
  });

  it('switches the hours off and on again with one press each, keeping them', async () => {
    const { user, inputsOf } = await show(<EditorView schedule="posts" />, { schedules: [posts] });
    await user.click(screen.getByRole('radio', { name: 'Always' }));
    await waitFor(() => {
      expect(inputsOf('previewSchedule').at(-1)).toEqual({
        schedule: { ...document, hours: 'always' },
      });
    });
    expect(save()).toHaveProperty('disabled', false);
    await user.click(screen.getByRole('radio', { name: 'Own hours' }));
    await waitFor(() => {
      expect(inputsOf('previewSchedule').at(-1)).toEqual({ schedule: document });
    });
    expect(screen.getByText('No changes to save')).toBeDefined();
  });

  it('shows the fault main finds at its field, and keeps it from being saved', async () => {
    const view = aView(nowMs, {
      ...posts,
      document: { ...document, trigger: { kind: 'cron', expression: '* * * *' } },
    });
    await show(
      <EditorView schedule="posts" />,
      { schedules: [view] },
      {
        previewSchedule: () =>
          ok(
            aPreview({
              trigger: '',
              hours: '',
              timezone: '',
              next: [],
              faults: [{ path: 'trigger.expression', message: 'has 4 fields; write 5 or 6' }],
            }),
          ),
      },
    );
    await waitFor(() => {
      expect(field('Cron expression').getAttribute('aria-invalid')).toBe('true');
    });
    expect(
      screen.getByRole('button', { name: 'Cron expression: has 4 fields; write 5 or 6' }),
    ).toBeDefined();
    expect(save()).toHaveProperty('disabled', true);
  });

  it('shows what main refuses at its field after saving', async () => {
    const { user, fill } = await show(
      <EditorView schedule="posts" />,
      { schedules: [posts] },
      {
        saveSchedule: () => ({
          ok: false,
          code: 'invalid',
          message: 'schedule.scrape.items: is no selector',
          faults: [{ path: 'schedule.scrape.items', message: 'is no selector' }],
        }),
      },
    );
    await fill(field('Items'), '>>');
    await user.click(save());
    expect(await screen.findAllByText('Is no selector')).toHaveLength(2);
    expect(field('Items').getAttribute('aria-invalid')).toBe('true');
    await fill(field('Items'), 'article');
    expect(screen.queryByText('Is no selector')).toBeNull();
  });

  it('asks before unsaved changes are lost, and not without any', async () => {
    const { user, fill } = await show(<EditorView schedule="posts" />, { schedules: [posts] });
    act(() => {
      go({ view: 'editor', schedule: 'posts' });
    });
    await fill(field('Name'), 'Posts!');
    await user.keyboard('{Escape}');
    const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' });
    await user.click(within(dialog).getByRole('button', { name: 'Keep editing' }));
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect(window.location.hash).toBe('#/edit/posts');
    await fill(field('Name'), 'Posts');
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(window.location.hash).toBe('#/schedules');
    });
  });

  it('leaves without saving once the changes are discarded', async () => {
    const { user, fill, inputsOf } = await show(<EditorView schedule="posts" />, {
      schedules: [posts],
    });
    act(() => {
      go({ view: 'editor', schedule: 'posts' });
    });
    await fill(field('Name'), 'Posts!');
    await user.keyboard('{Escape}');
    await user.click(await screen.findByRole('button', { name: 'Discard changes' }));
    await waitFor(() => {
      expect(window.location.hash).toBe('#/schedules');
    });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(inputsOf('saveSchedule')).toEqual([]);
  });

  it('follows a change from elsewhere while it has none of its own', async () => {
    const { client } = await show(<EditorView schedule="posts" />, { schedules: [posts] });
    act(() => {
      client.push('schedule', { ...posts, document: { ...document, name: 'Renamed' } });
    });
    expect(field('Name')).toHaveProperty('value', 'Renamed');
  });

  it('warns when it was overtaken, and goes on as the person chooses', async () => {
    const { client, user, fill } = await show(<EditorView schedule="posts" />, {
      schedules: [posts],
    });
    await fill(field('Name'), 'Posts of mine');
    act(() => {
      client.push('schedule', { ...posts, document: { ...document, timeout: '1h' } });
    });
    expect(screen.getByRole('alert').textContent).toContain('changed elsewhere');
    expect(field('Name')).toHaveProperty('value', 'Posts of mine');
    await user.click(screen.getByRole('button', { name: 'Take the other version' }));
    expect(field('Name')).toHaveProperty('value', 'Posts');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('saves the newest switch along with an edit', async () => {
    const { client, user, inputsOf, fill } = await show(
      <EditorView schedule="posts" />,
      { schedules: [posts] },
      { saveSchedule: () => ok(posts) },
    );
    await fill(field('Name'), 'Posts!');
    act(() => {
      const off = { ...document, enabled: false };
      client.push('schedule', { ...posts, enabled: false, document: off });
    });
    expect(screen.queryByRole('alert')).toBeNull();
    await user.click(save());
    await waitFor(() => {
      expect(inputsOf('saveSchedule')).toEqual([
        { create: false, schedule: { ...document, name: 'Posts!', enabled: false } },
      ]);
    });
  });

  it('says that it was deleted elsewhere, and saves it anew', async () => {
    const { client, user, inputsOf } = await show(
      <EditorView schedule="posts" />,
      { schedules: [posts] },
      { saveSchedule: () => ok(posts) },
    );
    act(() => {
      client.push('scheduleRemoved', { id: 'posts' });
    });
    expect(screen.getByRole('alert').textContent).toContain('deleted elsewhere');
    await user.click(save());
    await waitFor(() => {
      expect(inputsOf('saveSchedule')).toEqual([{ create: true, schedule: document }]);
    });
  });

  it('says so where there is no such schedule', async () => {
    await show(<EditorView schedule="nothing" />, { schedules: [posts] });
    expect(screen.getByRole('heading', { name: 'There is no schedule nothing' })).toBeDefined();
  });
});
