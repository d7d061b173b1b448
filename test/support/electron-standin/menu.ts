import type * as Electron from 'electron';
import { only, type Foreign, type Nothing } from './typed.ts';

type Template = Electron.MenuItemConstructorOptions;

/** An item; `click()` does what a user's click does: flips a checkbox and calls the app. */
export class StandInMenuItem implements Pick<
  Electron.MenuItem,
  'id' | 'label' | 'type' | 'enabled' | 'visible' | 'checked' | 'click'
> {
  readonly id: string;
  readonly label: string;
  readonly type: Electron.MenuItem['type'];
  readonly role: Template['role'];
  readonly accelerator: Electron.MenuItem['accelerator'];
  readonly sublabel: string;
  readonly submenu: StandInMenu | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  private readonly onClick: Template['click'];

  constructor(options: Template) {
    this.id = options.id ?? '';
    this.label = options.label ?? options.role ?? '';
    this.type = options.type ?? (options.submenu === undefined ? 'normal' : 'submenu');
    this.role = options.role;
    this.accelerator = options.accelerator ?? null;
    this.sublabel = options.sublabel ?? '';
    this.submenu = Array.isArray(options.submenu)
      ? StandInMenu.buildFromTemplate(options.submenu)
      : undefined;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.onClick = options.click;
  }

  click(): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    this.onClick?.(this as unknown as Electron.MenuItem, undefined, {});
  }
}

let applicationMenu: StandInMenu | null = null;

/** `Menu`: built from templates, kept, and clicked by specs through its items. */
export class StandInMenu {
  items: StandInMenuItem[] = [];

  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  static buildFromTemplate(template: readonly (Template | Electron.MenuItem)[]): StandInMenu {
    const menu = new StandInMenu();
    menu.items = template.map((options) => {
      const item = new StandInMenuItem(options as Template);
      return only('MenuItem', item);
    });
    return only('Menu', menu);
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): StandInMenu | null {
    return applicationMenu;
  }
}

export type MenuIsFaithful = Nothing<Foreign<StandInMenu, Electron.Menu>>;
export type MenuItemIsFaithful = Nothing<Foreign<StandInMenuItem, Electron.MenuItem>>;
export type MenuClassIsFaithful = Nothing<
  Foreign<Omit<typeof StandInMenu, 'prototype'>, typeof Electron.Menu>
>;

export const Menu = only('Menu', StandInMenu);
export const MenuItem = only('MenuItem', StandInMenuItem);
