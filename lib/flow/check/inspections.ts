import {
  type Inspection,
  inspectDynamicField,
  inspectExpression,
  inspectPath,
  inspectReferencePath,
} from '@/lib/expression/references';

/**
 * The inspections of expressions, remembered by their text: a check at each keystroke then looks only at what was
 * typed. What is remembered depends on the text alone; the oldest texts are forgotten first.
 */
export const inspect = {
  path: remembered(inspectPath),
  referencePath: remembered(inspectReferencePath),
  dynamicField: remembered(inspectDynamicField),
  expression: remembered(inspectExpression),
};

const most = 10_000;

function remembered(look: (text: string) => Inspection): (text: string) => Inspection {
  let recent = new Map<string, Inspection>();
  let older = new Map<string, Inspection>();
  return (text) => {
    const known = recent.get(text) ?? older.get(text);
    const inspection = known ?? look(text);
    if (recent.size >= most) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, inspection);
    return inspection;
  };
}
