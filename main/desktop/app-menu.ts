import type { MenuItemConstructorOptions } from 'electron';

/**
 * The application menu: what keys need to work (copy, paste, quit, zoom) and, on macOS, what every
 * program has. Elsewhere the bar stays hidden until Alt is pressed.
 */
export function appMenuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  if (platform === 'darwin')
    return [{ role: 'appMenu' }, { role: 'editMenu' }, view, { role: 'windowMenu' }];
  return [
    {
      label: 'Jackdaw',
      submenu: [{ role: 'close' }, { role: 'quit', accelerator: 'CommandOrControl+Q' }],
    },
    { role: 'editMenu' },
    view,
  ];
}
