/**
 * `node --import ./scripts/typescript.mjs FILE.ts` runs our TypeScript on Node's own type stripping: it resolves `@/room/file`
 * and `./file` as TypeScript does, and keeps compiled code for the next start. A start takes half a second less than under tsx.
 */
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);

if (module.registerHooks === undefined) {
  console.error(
    `Millrace runs on Node 24, which npm ci brings along for most machines. This one has ${process.version} and got none: install Node 24, then start again.`,
  );
  process.exit(1);
}

module.enableCompileCache?.(fileURLToPath(new URL('.next/cache/node', root)));
module.registerHooks({
  resolve(specifier, context, next) {
    if (!isOurs(specifier, context.parentURL)) return next(specifier, context);
    const url = specifier.startsWith('@/')
      ? new URL(specifier.slice(2), root)
      : new URL(specifier, context.parentURL);
    const typescript = `${url.href}.ts`;
    return next(existsSync(fileURLToPath(typescript)) ? typescript : url.href, context);
  },
});

function isOurs(specifier, parent) {
  if (specifier.startsWith('@/')) return true;
  return (
    specifier.startsWith('.') && parent?.startsWith(root.href) === true && !parent.includes('/node_modules/')
  );
}
