import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Chance } from '@/lib/expression/scope';

/**
 * Randomness of one place in the history: the same seed and place draw the same values in the same order, so that deciding again
 * decides the same (E1). Nothing is computed before something is drawn.
 */
export function chanceAt(seed: string, place: string): Chance {
  return new PlacedChance(`${seed}/${place}`);
}

class PlacedChance implements Chance {
  private readonly place: string;
  private drawn = 0;

  constructor(place: string) {
    this.place = place;
  }

  random(): number {
    const view = new DataView(this.draw().buffer);
    return (view.getUint32(0) * 2 ** 21 + (view.getUint32(4) >>> 11)) / 2 ** 53;
  }

  uuid(): string {
    return uuidOf(this.draw());
  }

  private draw(): Uint8Array {
    this.drawn += 1;
    return sha256(utf8ToBytes(`${this.place}/${this.drawn}`));
  }
}

/** A secret that only who knows the seed can make. */
export function secretOf(seed: string, place: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${seed}/secret/${place}`)));
}

function uuidOf(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes.subarray(0, 16));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
