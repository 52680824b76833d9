// Counts the primes below a number by the sieve of Eratosthenes: a loop over a byte array, without allocation in it.

export const inputs = [2_000_000, 2_100_000, 2_200_000, 2_300_000];

export default function countPrimes(limit) {
  const composite = new Uint8Array(limit);
  let count = 0;
  for (let number = 2; number < limit; number++) {
    if (composite[number]) continue;
    count++;
    for (let multiple = number * number; multiple < limit; multiple += number) composite[multiple] = 1;
  }
  return count;
}
