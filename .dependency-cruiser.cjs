// The one map of who may know whom. Rooms are listed bottom up; a room may use
// only rooms named in its row. Everything not allowed is forbidden.
if (!require('typescript').transpileModule)
  throw new Error('dependency-cruiser reads nothing under TypeScript 7: keep 6');

const rooms = {
  'lib/expression': [],
  'lib/flow': ['lib/expression'],
  'lib/engine': ['lib/flow', 'lib/expression'],
  'lib/editor': ['lib/flow', 'lib/expression'],
  'lib/monitor': ['lib/expression', 'lib/flow', 'lib/engine'],
  'lib/api': ['lib/expression', 'lib/flow', 'lib/engine', 'lib/monitor'],
  'lib/runner': ['lib/expression', 'lib/flow', 'lib/engine'],
  'lib/store': ['lib/expression', 'lib/flow', 'lib/engine', 'lib/runner', 'prisma/generated'],
  'lib/tasks': ['lib/expression', 'lib/flow', 'lib/engine', 'lib/runner'],
  'lib/server': [
    'lib/expression',
    'lib/flow',
    'lib/engine',
    'lib/monitor',
    'lib/runner',
    'lib/store',
    'lib/tasks',
    'lib/api',
    'examples',
  ],
  components: ['lib/expression', 'lib/flow', 'lib/editor', 'lib/monitor', 'lib/api'],
  app: ['components', 'lib/flow', 'lib/editor', 'lib/monitor', 'lib/api', 'lib/server'],
  e2e: ['lib/flow', 'lib/api', 'examples', 'scripts'],
  examples: [],
  scripts: ['lib', 'examples', 'e2e'],
  bench: ['lib', 'examples', 'scripts'],
};
const pure = '^lib/(expression|flow|engine|editor|monitor)/';
const ours = '^(app|components|lib|e2e|prisma|examples|scripts|bench)/';

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room} may use only: ${allowed.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: ours, pathNot: [room, ...allowed].map((r) => `^${r}/`) },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'pure rooms use no package but zod, jsonata, yaml and @noble/hashes, and nothing of node',
      severity: 'error',
      from: { path: pure, pathNot: '[.]test[.]ts$' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'],
        pathNot: 'node_modules/(zod|jsonata|yaml|@noble/hashes)/',
      },
    },
    {
      name: 'only lib/store speaks to the database',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: '^lib/store/' },
      to: { path: ['^prisma/', 'node_modules/(@prisma/|pg/)'] },
    },
    {
      name: 'React and Next stay in app, components and lib/server',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/server/' },
      to: { path: 'node_modules/(react|react-dom|next|@xyflow)/' },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'lib holds only the rooms of this map',
      severity: 'error',
      from: {},
      to: { path: '^lib/', pathNot: `^(${Object.keys(rooms).join('|')})/` },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '^bench/peers/' }, // a package of its own, with dependencies of its own
    doNotFollow: { path: ['node_modules', '^prisma/generated', '^lib/expression/generated'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
