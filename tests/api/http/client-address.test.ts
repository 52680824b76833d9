import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { clientAddress, clientProtocol } from '../../../src/api/http/client-address.js';
import { rateLimitSubnet } from '../../../src/services/accounts/rate-limit-subnet.js';

const request = (headers: Record<string, string> = {}) =>
  ({ headers, socket: { remoteAddress: '192.0.2.9' } }) as unknown as IncomingMessage;
const forwarded = { 'x-forwarded-for': '198.51.100.1, 203.0.113.2', 'x-forwarded-proto': 'https' };

describe('the address of a client', () => {
  it.each([
    [0, '192.0.2.9'],
    [1, '203.0.113.2'],
    [2, '198.51.100.1'],
    [9, '198.51.100.1'],
  ])('behind %i proxies is the one that the first trusted proxy saw', (proxies, address) => {
    expect(clientAddress(request(forwarded), proxies)).toBe(address);
    expect(clientAddress(request(), proxies)).toBe('192.0.2.9');
  });

  it('has the protocol that a trusted proxy reports', () => {
    expect(clientProtocol(request(forwarded), 0)).toBe('http');
    expect(clientProtocol(request(forwarded), 1)).toBe('https');
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::6%eth0', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1:2:3:4', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts towards %s', (address, block) => expect(rateLimitSubnet(address)).toBe(block));
});
