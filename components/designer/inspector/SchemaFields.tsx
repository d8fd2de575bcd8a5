import { Braces, Type } from 'lucide-react';
import { IconButton } from '@/components/ui/IconButton';
import { setField } from '@/lib/editor/edit';
import { treeOf, valueAt } from '@/lib/editor/tree';
import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import type { QueryLanguage } from '@/lib/flow/model';
import { child } from '@/lib/flow/pointer';
import { useBench, useSession } from '../SessionContext';
import { documentIn, edit } from '../session';
import { FlowField } from './FlowField';
import {
  ChoiceField,
  type FieldProps,
  ListField,
  LongTextField,
  NumberField,
  SwitchField,
  TextField,
} from './fields';
import { JsonField } from './JsonField';
import { PairsField } from './PairsField';
import { ScriptField } from './ScriptField';

interface SchemaFieldsProps {
  /** JSON Schema of an object. */
  readonly schema: JsonObject;
  /** Where the object stands in the definition. */
  readonly pointer: string;
  readonly language: QueryLanguage;
}

/** A form made from a JSON Schema: one field for each property, by its type and format. */
export function SchemaFields({ schema, pointer, language }: SchemaFieldsProps) {
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return properties.map(([name, property]) =>
    isObject(property) ? (
      <Property
        key={name}
        name={name}
        schema={property}
        pointer={pointer}
        language={language}
        isRequired={required.includes(name)}
      />
    ) : null,
  );
}

interface PropertyProps {
  readonly name: string;
  readonly schema: JsonObject;
  readonly pointer: string;
  readonly language: QueryLanguage;
  readonly isRequired: boolean;
}

/** In JSONPath a property may instead be a path, under its name with `.$`; the button beside it changes between the two. */
function Property({ name, schema, pointer, language, isRequired }: PropertyProps) {
  const { session } = useBench();
  const literal = child(pointer, name);
  const path = child(pointer, `${name}.$`);
  const isPath = useSession((state) => valueAt(treeOf(state.history.present.definition), path) !== undefined);
  const label = textOf(schema.title) ?? name;
  const change = () => {
    const without = setField(documentIn(session), isPath ? path : literal, undefined);
    if (without.ok)
      edit(
        session,
        setField(without.document, isPath ? literal : path, isPath ? (schema.default ?? '') : '$'),
      );
  };
  const field = isPath ? (
    <TextField pointer={path} label={label} isMono isRequired hint="A path or an intrinsic function." />
  ) : (
    <LiteralField schema={schema} pointer={literal} label={label} isRequired={isRequired} />
  );
  if (language === 'JSONata') return field;
  return (
    <div className="relative">
      {field}
      <IconButton
        size="sm"
        className="absolute -top-1.5 right-0 size-6"
        label={isPath ? `${label}: write a value` : `${label}: take it from a path`}
        onClick={change}
      >
        {isPath ? <Type aria-hidden /> : <Braces aria-hidden />}
      </IconButton>
    </div>
  );
}

interface LiteralProps {
  readonly schema: JsonObject;
  readonly pointer: string;
  readonly label: string;
  readonly isRequired: boolean;
}

function LiteralField({ schema, pointer, label, isRequired }: LiteralProps) {
  const value = useSession((state) => valueAt(treeOf(state.history.present.definition), pointer));
  const hint = textOf(schema.description);
  const props: FieldProps = {
    pointer,
    label,
    ...(hint === undefined ? {} : { hint }),
    ...placeholderOf(schema),
  };
  return byFormat(schema, props) ?? byType(schema, props, value, isRequired);
}

function byFormat({ format }: JsonObject, props: FieldProps) {
  switch (format) {
    case 'code':
      return <ScriptField {...props} language="javascript" className="min-h-56 max-h-96" />;
    case 'json':
      return <JsonField {...props} />;
    case 'text':
      return <LongTextField {...props} />;
    case 'status':
      return <ListField {...props} />;
    case 'flow':
      return <FlowField {...props} />;
    default:
      return undefined;
  }
}

/** Where an expression stands instead of a value, it is shown as the text that it is. */
function byType(schema: JsonObject, props: FieldProps, value: Json | undefined, isRequired: boolean) {
  const options = optionsOf(schema);
  const isExpression = typeof value === 'string' && value.startsWith('{%');
  const type = typeOf(schema);
  if (options.length > 0 && !isExpression)
    return (
      <ChoiceField
        {...props}
        options={options.map((option) => ({ value: option, label: option }))}
        fallback={textOf(schema.default) ?? ''}
      />
    );
  if (type === 'boolean' && !isExpression)
    return <SwitchField {...props} fallback={schema.default === true} />;
  if (type === 'number' || type === 'integer') return <NumberField {...props} />;
  if (type === 'string') return <TextField {...props} isRequired={isRequired} />;
  if (type === 'object' && isObject(schema.additionalProperties)) return <PairsField {...props} />;
  return <JsonField {...props} />;
}

/** The type of a schema; of the first one that is not null, where it is one of several. */
function typeOf(schema: JsonObject): Json | undefined {
  if (typeof schema.type === 'string') return schema.type;
  const several = [schema.anyOf, schema.oneOf].find(Array.isArray)?.filter(isObject) ?? [];
  const types = new Set(several.map(({ type }: JsonObject) => type));
  return types.size === 1 ? [...types][0] : undefined;
}

function optionsOf(schema: JsonObject): readonly string[] {
  return Array.isArray(schema.enum) ? schema.enum.filter((option) => typeof option === 'string') : [];
}

function placeholderOf({ examples, default: fallback }: JsonObject): { placeholder?: string } {
  const [example] = Array.isArray(examples) ? examples : [];
  const shown = example ?? fallback;
  return typeof shown === 'string' || typeof shown === 'number' ? { placeholder: String(shown) } : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
