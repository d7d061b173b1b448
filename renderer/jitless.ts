import { z } from 'zod';

// zod would try `new Function`, which the Content-Security-Policy forbids. This must run before any
// schema is built, hence a module of its own, imported first.
z.config({ jitless: true });
