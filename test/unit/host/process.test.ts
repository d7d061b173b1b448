import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, statfsSync, writeFileSync, rmSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../contract/ledger.ts';
import type { Result } from '../../../contract/result.ts';
import type { Snapshot, Status } from '../../../contract/views.ts';
import { aFolder, aSchedule } from '../../support/builders.ts';
import { makeReadOnly, smallDisk } from '../../support/hostile-folder.ts';
