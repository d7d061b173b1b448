/* global window, api */
window.early = typeof api.sync;
