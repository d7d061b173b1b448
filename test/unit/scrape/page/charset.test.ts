import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../../main/scrape/page/charset.ts';

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  );
}

describe('scrape/page/charset', () => {
  it.each([
    ['the header', bytes([0x80, 0xe9]), 'text/html; charset="Windows-1252"', '€é', 'windows-1252'],
    [
      'the header for Japanese',
      bytes([0x83, 0x65]),
      'text/html;charset=Shift_JIS',
      'テ',
      'shift_jis',
    ],
    [
      'the header before the meta',
      bytes('<meta charset=koi8-r>é'),
      'text/html; charset=utf-8',
      '<meta charset=koi8-r>é',
      'utf-8',
    ],
    [
      'the meta',
      bytes('<meta charset="koi8-r">', [0xc1]),
      'text/html',
      '<meta charset="koi8-r">а',
      'koi8-r',
    ],
    [
      'the meta with http-equiv',
      bytes('<meta http-equiv=Content-Type content="text/html; charset=iso-8859-2">', [0xb1]),
      null,
      '<meta http-equiv=Content-Type content="text/html; charset=iso-8859-2">ą',
      'iso-8859-2',
    ],
    [
      'UTF-8 where a meta claims UTF-16',
      bytes('<meta charset=utf-16>é'),
      null,
      '<meta charset=utf-16>é',
      'utf-8',
    ],
    [
      'the byte order mark before all',
      bytes([0xff, 0xfe, 0x41, 0, 0xe9, 0]),
      'text/html; charset=utf-8',
      'Aé',
      'utf-16le',
    ],
    ['big-endian by its mark', bytes([0xfe, 0xff, 0, 0x41]), null, 'A', 'utf-16be'],
    [
      'UTF-8 by its mark, which is dropped',
      bytes([0xef, 0xbb, 0xbf], 'é'),
      'text/html; charset=latin1',
      'é',
      'utf-8',
    ],
    ['UTF-8 where it is valid', bytes('plain é'), null, 'plain é', 'utf-8'],
    ['windows-1252 where it is not', bytes([0x80, 0x20, 0xe9]), null, '€ é', 'windows-1252'],
    ['an unknown label as none', bytes('é'), 'text/html; charset=klingon', 'é', 'utf-8'],
  ])('goes by %s', (_why, body, contentType, text, encoding) => {
    expect(decodeBody(body, contentType)).toEqual({ text, encoding, replaced: 0 });
  });

  it('counts what made no sense', () => {
    const body = bytes('a', [0xff], 'b', [0xc3], 'c');
    expect(decodeBody(body, 'text/html; charset=utf-8')).toEqual({
      text: 'a\ufffdb\ufffdc',
      encoding: 'utf-8',
      replaced: 2,
    });
  });
});
