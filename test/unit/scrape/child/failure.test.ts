import { describe, expect, it } from 'vitest';
import { classifyError, failedBy, PageFailure } from '../../../../main/scrape/child/failure.ts';

function coded(code: string): Error {
  return Object.assign(new Error(`failed: ${code}`), { code });
}

describe('scrape/child/failure', () => {
  it.each([
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', true, true],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout', true, true],
    ['UND_ERR_BODY_TIMEOUT', 'timeout', true, true],
    ['ETIMEDOUT', 'timeout', true, true],
    ['ECONNREFUSED', 'refused', true, true],
    ['ECONNRESET', 'reset', true, true],
    ['UND_ERR_SOCKET', 'reset', true, true],
    ['CERT_HAS_EXPIRED', 'tls', false, false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', false, false],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', false, false],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls', false, false],
    ['EPROTO', 'tls', false, false],
    ['HPE_INVALID_CONSTANT', 'protocol', false, true],
  ])('calls %s %s', (code, reason, network, retryable) => {
    expect(classifyError(coded(code), 'https://x.test:8443/a')).toMatchObject({
      reason,
      network,
      retryable,
    });
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'])(
    'calls %s a matter of the network: the name, the way, or none at all',
    (code) => {
      const failure = classifyError(coded(code), 'https://x.test/');
      expect(['dns', 'unreachable', 'offline']).toContain(failure.reason);
      expect([failure.network, failure.retryable]).toEqual([true, true]);
    },
  );

  it('looks into causes and into the errors of several attempts', () => {
    const several = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);
    expect(classifyError(several, 'https://x.test/').reason).toBe('refused');
    const caused = new Error('fetch failed', { cause: coded('ECONNRESET') });
    expect(classifyError(caused, 'https://x.test/').reason).toBe('reset');
  });

  it('names the host and leaves what it has named before alone', () => {
    expect(classifyError(coded('CERT_HAS_EXPIRED'), 'https://x.test:8443/a').message).toBe(
      "x.test:8443 can't be trusted: its certificate has expired. The page was not read.",
    );
    const named = new PageFailure('robots', 'No.');
    expect(classifyError(named, 'https://x.test/')).toBe(named);
  });

  it('gives a run its verdict', () => {
    const failure = new PageFailure('http-503', 'Later.', { retryable: true, retryAfterMs: 5000 });
    expect(failedBy(failure)).toEqual({
      outcome: 'failed',
      reason: 'http-503',
      message: 'Later.',
      network: false,
      retryable: true,
      retryAfterMs: 5000,
    });
  });
});
