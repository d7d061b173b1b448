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

  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_FAIL', 'dns'],
    ['EAI_AGAIN', 'offline'],
    ['ENETUNREACH', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
  ])('calls %s %s where there is an address, and offline where there is none', (code, reason) => {
    const judged = [true, false].map((online) => {
      const failure = classifyError(coded(code), 'https://x.test/', online);
      return [failure.reason, failure.network, failure.retryable];
    });
    expect(judged).toEqual([
      [reason, true, true],
      ['offline', true, true],
    ]);
  });

  it('says of a computer without an address that it has no network, of one without names why', () => {
    const text = (online: boolean): string =>
      classifyError(coded('EAI_AGAIN'), 'https://x.test/', online).message;
    expect([text(false), text(true)]).toEqual([
      'This computer has no network at the moment.',
      'No name server answers for x.test; the line to the internet may be down.',
    ]);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'CERT_HAS_EXPIRED'])(
    'never calls %s offline: someone was asked',
    (code) => {
      expect(classifyError(coded(code), 'https://x.test/', false).reason).not.toBe('offline');
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
