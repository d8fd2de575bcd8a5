import { JsonField } from './JsonField';
import { useLanguage } from './use-language';

/** What a Pass makes. */
export function PassFields({ pointer }: { readonly pointer: string }) {
  const language = useLanguage(pointer);
  if (language === 'JSONata')
    return (
      <JsonField
        pointer={`${pointer}/Output`}
        label="Output"
        hint="JSON with expressions {% … %}; the input where it is empty."
      />
    );
  return (
    <>
      <JsonField pointer={`${pointer}/Result`} label="Result" hint="A fixed value." />
      <JsonField
        pointer={`${pointer}/Parameters`}
        label="Parameters"
        hint="A value with paths: names ending in .$."
      />
    </>
  );
}
