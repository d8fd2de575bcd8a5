/**
 * The globals that people expect beside the language's own: texts and bytes, random numbers, copies. Functions have no network and
 * no modules, and say so.
 *
 * @param {(kind: string, text: string) => string} say
 */
export function installWeb(say) {
  return {
    structuredClone: /** @param {unknown} value */ (value) => {
      const text = JSON.stringify(value);
      return text === undefined ? undefined : JSON.parse(text);
    },
    crypto: {
      randomUUID: () => say('uuid', ''),
    },
    fetch: () => {
      throw new Error(
        'Functions have no network: call the service with an HTTP request state and hand its result in as input.',
      );
    },
    require: /** @param {unknown} name */ (name) => {
      throw new Error(`Functions cannot load modules ("${name}"): the language itself is all they have.`);
    },
  };
}
