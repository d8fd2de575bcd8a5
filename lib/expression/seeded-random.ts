/** A number in [0, 1) that depends on the seed alone (splitmix32, two draws for 53 bits). */
export function seededRandom(seed: number): number {
  const high = mix((seed | 0) + 0x9e37_79b9) >>> 5;
  const low = mix((seed | 0) + 0x3c6e_f372 + Math.floor(seed / 0x1_0000_0000)) >>> 6;
  return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
}

function mix(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x21f0_aaad);
  const second = Math.imul(first ^ (first >>> 15), 0x735a_2d97);
  return second ^ (second >>> 15);
}
