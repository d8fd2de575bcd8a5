/**
 * All codes that a problem may have. They are stable: people search for them, and other programs switch on them.
 * Each says what is wrong; the problem's sentence says it of the case at hand.
 */
export const problemCodes = {
  // What is wrong with a text.
  EMPTY_TEXT: 'A text with nothing in it.',
  TEXT_TOO_LONG: 'A text that is longer than a definition may be.',
  JSON_SYNTAX: 'A text that is no JSON.',
  YAML_SYNTAX: 'A text that is no YAML, or that has values which JSON does not have.',
  REPEATED_NAME: 'A name that stands twice in one object; the last one counts.',
  YAML_DOUBTFUL: 'Something in a YAML text that is read, but perhaps not as it is meant.',
  // What is wrong with a definition.
  MISSING_FIELD: 'A field that must be there is not.',
  UNKNOWN_FIELD: 'A field that the language does not know at this place.',
  OTHER_QUERY_LANGUAGE: 'A field of the query language that the state does not use.',
  EXCLUSIVE_FIELDS: 'Fields of which at most (or exactly) one may be there.',
  WRONG_TYPE: 'A value of the wrong JSON type.',
  WRONG_VALUE: 'A value of the right type that is out of range or not among the allowed ones.',
  STATE_NAME: 'A state name that is empty, too long or has forbidden characters.',
  DUPLICATE_STATE_NAME: 'A state name that stands twice in the definition, nested machines included.',
  MISSING_TARGET: 'A transition to a state that is not there.',
  TARGET_IN_OTHER_MACHINE: 'A transition across the border of a Parallel branch or a Map processor.',
  UNREACHABLE_STATE: 'A state that no transition leads to.',
  NO_TERMINAL_STATE: 'A machine that can never end.',
  NO_NEXT_OR_END: 'A state that does not say where the flow goes on.',
  QUERY_LANGUAGE_DOWNGRADE: 'JSONPath inside a definition whose query language is JSONata.',
  RESOURCE: 'A Task resource in no form that is known.',
  UNKNOWN_RESOURCE: 'A Task resource that nothing here can call.',
  EXPRESS_INTEGRATION: 'A task that waits for a job or a callback, in an express flow.',
  TASK_TOKEN_UNUSED: 'A task that waits for a callback, but does not hand out its token.',
  TASK_PARAMETERS: 'Parameters that the task cannot work with.',
  HEARTBEAT_TOO_LONG: 'A heartbeat that is not shorter than the timeout.',
  TIMESTAMP: 'A text that is no RFC 3339 timestamp.',
  PATH_SYNTAX: 'A text that is no JSONPath, reference path or intrinsic call.',
  EXPRESSION_SYNTAX: 'A JSONata expression that cannot be read.',
  EXPRESSION_DELIMITERS: 'A text that has only one of the delimiters {% and %}.',
  STATES_FIELD: 'An expression that reads a part of $states that is not there at this place.',
  DUPLICATE_TEMPLATE_FIELD: 'A template with both `x` and `x.$`.',
  UNUSED_PATH_FIELD: 'A field `x.$` where the query language is JSONata: it is plain data there.',
  CHOICE_OPERATOR: 'A choice rule without exactly one operator.',
  ERROR_LIST: 'A list of error names that can never match as it stands.',
  UNKNOWN_ERROR_NAME: 'A reserved error name (`States.…`) that the language does not know.',
  RETRY_DELAY: 'Delays of a retry rule that contradict each other.',
  VARIABLE_NAME: 'A variable name that the language does not allow.',
  OUTER_VARIABLE: 'An assignment to a variable that belongs to the machine around.',
  UNDEFINED_VARIABLE: 'A variable that is read, but not assigned before.',
  UNASSIGNED_ON_SOME_WAYS: 'A variable that is read where only some ways to the state assign it.',
  DISTRIBUTED_ONLY: 'A field of distributed Map states on an inline one.',
  // What happened when a CloudFlow flow was imported.
  FDL_UNKNOWN: 'A text that is no CloudFlow flow.',
  FDL_LOST: 'Something that could not be carried over.',
  FDL_CHANGED: 'Something that was carried over by other means, or by a guess.',
} as const;

export type ProblemCode = keyof typeof problemCodes;
