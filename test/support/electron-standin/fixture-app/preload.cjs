/* global process */
const { contextBridge, ipcRenderer } = require('electron');

globalThis.secret = 42;
contextBridge.exposeInMainWorld('api', {
  echo: (value) => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  child: () => ipcRenderer.invoke('child'),
  sync: (a, b) => a + b,
  boom: () => {
    throw new TypeError('bad');
  },
  nested: { type: process.type },
  onTick: (onTick) => {
    const listener = (_event, value) => onTick(value);
    ipcRenderer.on('tick', listener);
    return () => ipcRenderer.off('tick', listener);
  },
});
