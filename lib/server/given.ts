type Given<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** Without the members that were not sent: `exactOptionalPropertyTypes` tells absent and undefined apart. */
export function given<Value extends object>(value: Value): Given<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as Given<Value>;
}
