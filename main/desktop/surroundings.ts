import { net, powerMonitor } from 'electron';
import { plainSurroundings, type Surroundings } from '../surroundings.ts';

/** What Electron can tell of power and network; after `ready` only. */
export const desktopSurroundings: Surroundings = {
  ...plainSurroundings,
  power: () => (powerMonitor.isOnBatteryPower() ? 'battery' : 'ac'),
  network: () => net.isOnline(),
};
