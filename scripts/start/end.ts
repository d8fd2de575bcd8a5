const pressedTwice = 1_000;
const lookEvery = 1_000;

/**
 * Resolves when Millrace is to stop: on Ctrl-C, on SIGTERM, or when the npm that started it is gone (a SIGTERM to npm ends
 * npm's shell, and the shell does not pass it on). A second Ctrl-C ends the process at once; npm may deliver one press twice.
 */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked: number | undefined;
    const ask = () => {
      if (asked !== undefined && performance.now() - asked > pressedTwice) process.exit(1);
      asked ??= performance.now();
      resolve();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
    if (process.env.npm_lifecycle_event === undefined) return;
    const shell = process.ppid;
    setInterval(() => process.ppid !== shell && asked === undefined && ask(), lookEvery).unref();
  });
}
