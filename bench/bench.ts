import { measureLanguage } from './language';

/**
 * `npm run -s bench -- language`, `-- pages` or `-- engine [--only W1,W2] [--peers]`: one JSON object on stdout, progress on stderr.
 */
const [suite, ...rest] = process.argv.slice(2);

async function main(): Promise<unknown> {
  if (suite === 'language') return measureLanguage();
  if (suite === 'pages') {
    const { measurePages } = await import('./pages');
    return measurePages();
  }
  if (suite === 'engine') {
    const { run } = await import('./engine');
    const only = rest[rest.indexOf('--only') + 1];
    return run({
      peers: rest.includes('--peers'),
      ...(rest.includes('--only') && only !== undefined ? { only: only.split(',') } : {}),
    });
  }
  throw new Error('say what to measure: npm run -s bench -- language, -- pages or -- engine');
}

console.log(JSON.stringify(await main(), null, 2));
