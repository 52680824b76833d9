import ipaddr from 'ipaddr.js';

/** Groups of an IPv6 address that name its network (RFC 4291, section 2.5.4). */
const NETWORK_GROUPS = 4;

/**
 * Unit of limits by address: an IPv4 address, or the /64 network of an IPv6 address, which usually belongs to one
 * client.
 */
export function rateLimitSubnet(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, NETWORK_GROUPS).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}
