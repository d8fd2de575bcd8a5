/** The flow of the pictures: what a broadcaster does with an uploaded video. Its functions only take their time. */
export const videoFlow = {
  Comment: 'Turns an uploaded video into renditions, subtitles and a page',
  QueryLanguage: 'JSONata',
  StartAt: 'Probe the file',
  States: {
    'Probe the file': work(
      "console.log(input.file, '3840 × 2160, 25 fps, 48 min 12 s');\nspend(250);\nreturn input;",
      { Next: 'Make everything' },
    ),
    'Make everything': {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Renditions',
          States: {
            Renditions: {
              Type: 'Map',
              Items: '{% $states.input.renditions %}',
              MaxConcurrency: 2,
              ItemProcessor: {
                StartAt: 'Transcode',
                States: {
                  Transcode: work(
                    "console.log('Encoding', input.size, 'at', input.bitrate);\nspend(300);\nif (input.disk === 'full') throw new Error('No space left on device: /scratch/' + input.size + '.mp4');\nreturn input;",
                    { Next: 'Upload' },
                  ),
                  Upload: work('spend(120);\nreturn { size: input.size };', { End: true }),
                },
              },
              End: true,
            },
          },
        },
        {
          StartAt: 'Speech to text',
          States: {
            'Speech to text': work("spend(500);\nreturn { language: 'en', words: 6114 };", {
              Next: 'Subtitles',
            }),
            Subtitles: work('spend(150);\nreturn { lines: 811 };', { End: true }),
          },
        },
        {
          StartAt: 'Thumbnail',
          States: { Thumbnail: work("spend(200);\nreturn { at: '00:12:40' };", { End: true }) },
        },
      ],
      Next: 'Editor approves',
    },
    'Editor approves': {
      Type: 'Task',
      Resource: 'millrace:callback',
      Arguments: {
        title: 'Approve the video',
        instructions: 'Watch the preview; it goes public once you approve it.',
      },
      Next: 'Publish',
    },
    Publish: work('spend(100);\nreturn { public: true };', { End: true }),
  },
};

const renditions = [
  { size: '2160p', bitrate: '18 Mb/s' },
  { size: '1440p', bitrate: '10 Mb/s' },
  { size: '1080p', bitrate: '6 Mb/s' },
  { size: '720p', bitrate: '3 Mb/s' },
];

export const videoInput = { file: 'keynote.mov', renditions };
export const brokenInput = {
  file: 'panel.mov',
  renditions: renditions.map((each) => (each.size === '1080p' ? { ...each, disk: 'full' } : each)),
};

function work(code: string, then: { readonly Next: string } | { readonly End: true }) {
  return {
    Type: 'Task',
    Resource: 'millrace:function',
    Arguments: {
      code: `${code}\n\nfunction spend(ms) { const until = Date.now() + ms; while (Date.now() < until); }\n`,
      input: '{% $states.input %}',
    },
    Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 }],
    ...then,
  };
}
