import { Field } from '@/components/ui/Field';
import { Select } from '@/components/ui/Select';
import { treeOf, valueAt } from '@/lib/editor/tree';
import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { useSession } from '../SessionContext';
import { ExpressionField } from './ExpressionField';
import { NumberField, SwitchField, TextField, useField } from './fields';
import { JsonField } from './JsonField';
import { fallbackFor, operatorOf, operators, withOperator } from './operators';
import { TargetField } from './TargetField';
import { useLanguage } from './use-language';

interface RuleFieldsProps {
  /** The pointer of the rule: `/States/A/Choices/0`. */
  readonly row: string;
  /** The pointer of its Choice. */
  readonly choice: string;
}

/** When a rule holds, and where it leads. */
export function RuleFields({ row, choice }: RuleFieldsProps) {
  const language = useLanguage(choice);
  return (
    <>
      {language === 'JSONata' ? (
        <ExpressionField
          pointer={`${row}/Condition`}
          label="Condition"
          hint="JSONata; the rule holds where it gives true."
        />
      ) : (
        <Comparison row={row} />
      )}
      <TargetField pointer={`${row}/Next`} state={choice} label="Then go to" />
    </>
  );
}

function Comparison({ row }: { readonly row: string }) {
  const rule = useSession((state) => valueAt(treeOf(state.history.present.definition), row));
  const { set } = useField(row);
  if (!isObject(rule)) return null;
  const operator = operatorOf(rule);
  if (operator === undefined || !operators.includes(operator)) return <Combination row={row} rule={rule} />;
  return (
    <>
      <TextField pointer={`${row}/Variable`} label="Variable" isRequired isMono placeholder="$.total" />
      <Field label="Comparison">
        {(ids) => (
          <Select
            {...ids}
            value={operator}
            options={operators.map((one) => ({ value: one, label: one }))}
            onChange={(next) => set(withOperator(rule, next))}
          />
        )}
      </Field>
      <Operand pointer={`${row}/${operator}`} operator={operator} />
    </>
  );
}

function Operand({ pointer, operator }: { readonly pointer: string; readonly operator: string }) {
  const kind: Json = fallbackFor(operator);
  if (typeof kind === 'boolean') return <SwitchField pointer={pointer} label="Is it so" fallback={true} />;
  if (typeof kind === 'number') return <NumberField pointer={pointer} label="Value" />;
  return (
    <TextField
      pointer={pointer}
      label={operator.endsWith('Path') ? 'Path of the value' : 'Value'}
      isRequired
    />
  );
}

const combined = ['And', 'Or', 'Not'] as const;

/** Rules of rules are written as JSON. */
function Combination({ row, rule }: { readonly row: string; readonly rule: JsonObject }) {
  const word = combined.find((one) => rule[one] !== undefined);
  return (
    <JsonField
      pointer={word === undefined ? row : `${row}/${word}`}
      label={word === undefined ? 'Rule' : `${word}: rules`}
    />
  );
}
