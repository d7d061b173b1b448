// @ts-check
/**
 * Loaded into Electron before the app (`-r`), real or stand-in: keeps what the app gives to the tray,
 * to notifications and to the user's browser, so that specs can read and click it through
 * `app.evaluate`. Plain JavaScript, because Electron's Node doesn't strip types.
 */
const { nativeImage, Notification, shell, Tray } = require('electron');

/** @typedef {{ image: string, toolTip: string, menu: import('electron').Menu | null }} SeenTray */

/** @type {{ trays: SeenTray[], notifications: import('electron').Notification[], opened: string[] }} */
const seen = { trays: [], notifications: [], opened: [] };
Object.assign(globalThis, { jackdawSeen: seen });

/** @type {WeakMap<object, string>} */
const paths = new WeakMap();
const { createFromPath } = nativeImage;
nativeImage.createFromPath = (path) => {
  const image = createFromPath(path);
  paths.set(image, path);
  return image;
};

/** @type {WeakMap<object, SeenTray>} */
const trays = new WeakMap();
/** @param {object} tray */
function seenTray(tray) {
  const known = trays.get(tray) ?? { image: '', toolTip: '', menu: null };
  if (!trays.has(tray)) seen.trays.push(known);
  trays.set(tray, known);
  return known;
}

const { setContextMenu, setImage, setToolTip } = Tray.prototype;
Tray.prototype.setImage = function (image) {
  seenTray(this).image = typeof image === 'string' ? image : (paths.get(image) ?? '');
  setImage.call(this, image);
};
Tray.prototype.setToolTip = function (toolTip) {
  seenTray(this).toolTip = toolTip;
  setToolTip.call(this, toolTip);
};
Tray.prototype.setContextMenu = function (menu) {
  seenTray(this).menu = menu;
  setContextMenu.call(this, menu);
};

Notification.prototype.show = function () {
  seen.notifications.push(this);
};

shell.openExternal = (url) => {
  seen.opened.push(url);
  return Promise.resolve();
};
