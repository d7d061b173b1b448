import { describe, expect, it } from 'vitest';
import { autostartCommand, autostartEntry } from '../../../main/desktop/autostart.ts';

function execOf(text: string): string | undefined {
  return /^Exec=(.*)$/m.exec(text)?.[1];
}

describe('desktop/autostart', () => {
  it('writes an entry that starts Jackdaw hidden', () => {
    const text = autostartEntry({ executable: '/opt/Jackdaw/jackdaw', args: ['--hidden'] });
    expect(text).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Version=1.5',
        'Name=Jackdaw',
        'Comment=Scrapes web pages on a schedule and keeps your hours',
        'Exec="/opt/Jackdaw/jackdaw" "--hidden"',
        'Terminal=false',
        'StartupNotify=false',
        'X-GNOME-Autostart-enabled=true',
        '',
      ].join('\n'),
    );
  });

  it('quotes what the Exec key gives a meaning to', () => {
    const executable = '/home/a b/$x`"\\/100%/jackdaw\nExec=evil';
    expect(execOf(autostartEntry({ executable, args: [] }))).toBe(
      '"/home/a b/\\\\$x\\\\`\\\\"\\\\\\\\/100%%/jackdawExec=evil"',
    );
  });

  it('starts the AppImage itself, not the place it is mounted at', () => {
    const running = {
      executable: '/tmp/.mount_Jack123/jackdaw',
      appImage: '/home/me/Jackdaw.AppImage',
      appPath: null,
      dataDir: undefined,
    };
    expect(autostartCommand(running)).toEqual({
      executable: '/home/me/Jackdaw.AppImage',
      args: ['--hidden'],
    });
  });

  it('names the app and the data folder in a checkout', () => {
    const running = {
      executable: '/src/node_modules/electron/dist/electron',
      appImage: undefined,
      appPath: '/src',
      dataDir: '/data',
    };
    expect(autostartCommand(running)).toEqual({
      executable: '/src/node_modules/electron/dist/electron',
      args: ['/src', '--hidden', '--data-dir=/data'],
    });
  });
});
