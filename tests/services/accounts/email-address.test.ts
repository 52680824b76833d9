import { describe, expect, it } from '@jest/globals';
import { normalizeEmail, requireEmail } from '../../../src/services/accounts/email-address.js';

const ATEXT = "abcXYZ019!#$%&'*+-/=?^_`{|}~";

describe('an e-mail address', () => {
  it.each([
    [' Ada@Example.COM ', 'ada@example.com'],
    ['me@münchen.de', 'me@xn--mnchen-3ya.de'],
    ['me@MÜNCHEN.de', 'me@xn--mnchen-3ya.de'],
    ['me@mu\u0308nchen.de', 'me@xn--mnchen-3ya.de'],
    ['me@XN--MNCHEN-3YA.de', 'me@xn--mnchen-3ya.de'],
    ['a@пример.рф', 'a@xn--e1afmkfd.xn--p1ai'],
    ['a@例え。テスト', 'a@xn--r8jz45g.xn--zckzah'],
    ['user/dept@example.com', 'user/dept@example.com'],
    ["o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"],
    ['a.b.c@1.example.com', 'a.b.c@1.example.com'],
    [`${'x'.repeat(64)}@example.com`, `${'x'.repeat(64)}@example.com`],
  ])('%j is stored as %s', (text, stored) => {
    expect(normalizeEmail(text)).toBe(stored);
  });

  it.each([...ATEXT])('may have %s before the @, also alone', (character) => {
    expect(normalizeEmail(`${character}@example.com`)).toBe(`${character.toLowerCase()}@example.com`);
  });

  it.each([
    ...['', 'no', 'a@', '@b.com', 'a b@example.com', 'a@b@c.com', 'a@-x.com', 'a@x-.com', 'a..b@example.com'],
    ...['.a@example.com', 'a.@example.com', 'a@example', 'a@example..com', 'a@.com', 'a@example.com.'],
    ...['a@127.0.0.1', 'a@0x7f.1', 'a@[127.0.0.1]', 'a@ex%41mple.com', 'a@exa_mple.com', 'a@example.com:25'],
    ...[
      'a@example.com/x',
      '"a b"@example.com',
      'é@example.com',
      'nul\u0000@example.com',
      'a@b\u00ad',
      'a@b\n.com',
    ],
    ...[`${'x'.repeat(65)}@example.com`, `a@${'x'.repeat(64)}.com`, `a@${'x.'.repeat(130)}com`],
    `${'x'.repeat(10_000)}@example.com`,
    ...['a@xn--zzzzzzzzz.example', 'a@xn--.example', 'a@mail.xn--a.example'],
  ])('is refused as %j', (text) => {
    expect(normalizeEmail(text)).toBeUndefined();
  });

  it('is normalised only once', () => {
    for (const text of ['me@münchen.de', 'Ada@Example.com']) {
      const once = normalizeEmail(text) ?? '';
      expect(normalizeEmail(once)).toBe(once);
    }
  });

  it('is refused with the field and what is supported', () => {
    expect(() => requireEmail('é@example.com', 'input.email')).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        message: expect.stringContaining('ASCII letters, digits and'),
        details: { field: 'input.email' },
      }),
    );
  });
});
