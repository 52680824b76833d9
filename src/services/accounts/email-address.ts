import { domainToASCII, domainToUnicode } from 'node:url';
import { AppError } from '../../errors.js';

const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
const MAX_LABEL_LENGTH = 63;

/** `Dot-string` of RFC 5321, section 4.1.2: runs of atext with single dots between them. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/** Characters that a URL parser decodes or does not accept as part of a name. */
const NOT_IN_DOMAIN = /[%:/?#@[\]\\<>^|\s]/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Returns the canonical form in which an address is stored and compared: lower case, an international domain as
 * punycode (IDNA, UTS 46). Undefined for text that is not an address.
 */
export function normalizeEmail(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 4 * MAX_LENGTH) return undefined;
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(0, at));
  const domain = trimmed.slice(at + 1);
  if (local.length > MAX_LOCAL_LENGTH || !LOCAL_PART.test(local) || NOT_IN_DOMAIN.test(domain)) {
    return undefined;
  }
  const ascii = domainToASCII(domain);
  const address = `${local.toLowerCase()}@${ascii}`;
  return isDomain(ascii) && address.length <= MAX_LENGTH ? address : undefined;
}

/** Like {@link normalizeEmail}, but throws BAD_USER_INPUT that names the field and the supported form. */
export function requireEmail(text: string, field: string): string {
  const address = normalizeEmail(text);
  if (address !== undefined) return address;
  throw AppError.badInput(
    field,
    'must be an e-mail address such as ada@example.com, at most 254 characters long: before the @ up to 64 ASCII ' +
      "letters, digits and !#$%&'*+-/=?^_`{|}~ with single dots between them; after it a domain name, which may be international",
  );
}

/** At least two labels; the last must not be a number, as in an IPv4 address. */
function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return (
    labels.length >= 2 &&
    labels.every((label) => label.length <= MAX_LABEL_LENGTH && LABEL.test(label) && isDecodable(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

/** False for a label that says that it is punycode and is not. */
function isDecodable(label: string): boolean {
  return !label.startsWith('xn--') || !domainToUnicode(label).startsWith('xn--');
}
