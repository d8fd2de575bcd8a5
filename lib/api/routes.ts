/** The base of all addresses; changes only with a version that breaks callers. */
export const basePath = '/api/v1';

/**
 * Method and address of every function of the API, below /api/v1, with its parameters in braces. They stand apart from
 * the contracts, which bring a schema library along that a page does without.
 */
export const routes = {
  listFlows: { method: 'GET', path: '/flows' },
  createFlow: { method: 'POST', path: '/flows' },
  getFlow: { method: 'GET', path: '/flows/{flowId}' },
  updateFlow: { method: 'PATCH', path: '/flows/{flowId}' },
  deleteFlow: { method: 'DELETE', path: '/flows/{flowId}' },
  listVersions: { method: 'GET', path: '/flows/{flowId}/versions' },
  saveVersion: { method: 'POST', path: '/flows/{flowId}/versions' },
  getVersion: { method: 'GET', path: '/flows/{flowId}/versions/{number}' },
  checkDefinition: { method: 'POST', path: '/check' },
  testState: { method: 'POST', path: '/test-state' },
  listAliases: { method: 'GET', path: '/flows/{flowId}/aliases' },
  saveAlias: { method: 'PUT', path: '/flows/{flowId}/aliases/{alias}' },
  deleteAlias: { method: 'DELETE', path: '/flows/{flowId}/aliases/{alias}' },
  startExecution: { method: 'POST', path: '/flows/{flowId}/executions' },
  listExecutions: { method: 'GET', path: '/executions' },
  getExecution: { method: 'GET', path: '/executions/{executionId}' },
  deleteExecution: { method: 'DELETE', path: '/executions/{executionId}' },
  deleteExecutions: { method: 'POST', path: '/executions/delete' },
  listEvents: { method: 'GET', path: '/executions/{executionId}/events' },
  listLogs: { method: 'GET', path: '/executions/{executionId}/logs' },
  planRepair: { method: 'POST', path: '/executions/{executionId}/repairs/plan' },
  repairExecution: { method: 'POST', path: '/executions/{executionId}/repairs' },
  pauseExecution: { method: 'POST', path: '/executions/{executionId}/pause' },
  resumeExecution: { method: 'POST', path: '/executions/{executionId}/resume' },
  retryStep: { method: 'POST', path: '/executions/{executionId}/steps/{step}/retry' },
  redriveExecutions: { method: 'POST', path: '/executions/redrive' },
  redriveExecution: { method: 'POST', path: '/executions/{executionId}/redrive' },
  stopExecution: { method: 'POST', path: '/executions/{executionId}/stop' },
  succeedCallback: { method: 'POST', path: '/callbacks/{token}/success' },
  failCallback: { method: 'POST', path: '/callbacks/{token}/failure' },
  heartbeatCallback: { method: 'POST', path: '/callbacks/{token}/heartbeat' },
  completeStep: { method: 'POST', path: '/executions/{executionId}/steps/{step}/callback' },
  getSettings: { method: 'GET', path: '/settings' },
  updateSettings: { method: 'PATCH', path: '/settings' },
  listTaskKinds: { method: 'GET', path: '/task-kinds' },
  listTemplates: { method: 'GET', path: '/templates' },
  getHealth: { method: 'GET', path: '/health' },
} as const;
