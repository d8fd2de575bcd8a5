/** Bytes of UTF-8 that the JSON text of an input, an output or a result may have where nobody has raised it: AWS's limit. */
export const usualPayloadLimit = 262_144;
