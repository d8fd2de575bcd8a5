import { LongTextField, TextField } from './fields';

/** The error that a Fail ends the flow with. */
export function FailFields({ pointer }: { readonly pointer: string }) {
  return (
    <>
      <TextField
        pointer={`${pointer}/Error`}
        label="Error"
        placeholder="Failed"
        hint="A name that a Catch can match."
      />
      <LongTextField pointer={`${pointer}/Cause`} label="Cause" placeholder="What happened, in a sentence" />
    </>
  );
}
