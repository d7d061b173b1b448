import path from 'node:path';
import { Menu, nativeImage, Tray, type NativeImage } from 'electron';
import { trayTemplate, type TrayActions, type TrayState, type TrayView } from './tray-menu.ts';

/** Jackdaw's icon in the tray. */
export interface TrayIcon {
  show(view: TrayView): void;
  destroy(): void;
}

/** Windows remembers by this id where the user put the icon; it never changes. */
const guid = '7d0d9c1e-5a1b-4f0e-9a67-0c6a1d3b52f4';

function picture(folder: string, state: TrayState): NativeImage {
  switch (process.platform) {
    case 'win32':
      return nativeImage.createFromPath(path.join(folder, `${state}.ico`));
    case 'darwin': {
      // macOS colours template images itself, for light and dark menu bars.
      const image = nativeImage.createFromPath(path.join(folder, `${state}Template.png`));
      image.setTemplateImage(true);
      return image;
    }
    default:
      return nativeImage.createFromPath(path.join(folder, `${state}.png`));
  }
}

/**
 * Puts the icon into the tray. The menu is built anew and set again whenever something in it changed:
 * Linux shows changes in no other way.
 */
export function createTrayIcon(
  folder: string,
  first: TrayView,
  actions: TrayActions,
  now: () => number,
): TrayIcon {
  const pictures = new Map<TrayState, NativeImage>();
  const pictureOf = (state: TrayState): NativeImage => {
    const known = pictures.get(state) ?? picture(folder, state);
    pictures.set(state, known);
    return known;
  };
  const tray =
    process.platform === 'win32'
      ? new Tray(pictureOf(first.state), guid)
      : new Tray(pictureOf(first.state));
  let shown: TrayView | null = null;
  const show = (view: TrayView): void => {
    if (JSON.stringify(view) === JSON.stringify(shown)) return;
    if (view.state !== shown?.state) tray.setImage(pictureOf(view.state));
    tray.setToolTip(view.toolTip);
    tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(view, actions, now)));
    shown = view;
  };
  show(first);
  // On macOS a click opens the menu; elsewhere the window, where the desktop tells clicks at all.
  if (process.platform !== 'darwin') tray.on('click', actions.open);
  return {
    show,
    destroy: () => {
      tray.destroy();
    },
  };
}
