import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { encodeUtf8 } from './utf8';

const algorithms = { MD5: md5, 'SHA-1': sha1, 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 };
type Algorithm = keyof typeof algorithms;

export function isAlgorithm(name: unknown): name is Algorithm {
  return typeof name === 'string' && Object.hasOwn(algorithms, name);
}

/** The digest of the text's UTF-8 bytes, in lower-case hexadecimal. */
export function digest(text: string, algorithm: Algorithm): string {
  return bytesToHex(algorithms[algorithm](encodeUtf8(text)));
}
