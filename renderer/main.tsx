import './jitless.ts';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { openBridge } from './bridge/bridge.ts';
import { setClient } from './state/client.ts';
import { startSync } from './state/sync.ts';
import { setConnection } from './state/use-host.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const bridge = openBridge();
setClient(bridge.client);
bridge.watch(setConnection);
const sync = startSync(bridge.client);

createRoot(root).render(
  <StrictMode>
    <App onRetry={() => sync.refresh()} />
  </StrictMode>,
);
