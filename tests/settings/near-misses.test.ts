import { describe, expect, it } from '@jest/globals';
import { SETTINGS } from '../../src/settings/environment.js';
import { nearMisses } from '../../src/settings/near-misses.js';

describe('misspelt settings', () => {
  it.each([
    ['PROT', 'PORT'],
    ['STORT', undefined],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['DATABASE-URL', 'DATABASE_URL'],
    ['DATABSE_URI', 'DATABASE_URL'],
    ['Log_Level', 'LOG_LEVEL'],
    ['WORKER', 'WORKERS'],
    ['JWT_SECERT', 'JWT_SECRET'],
    ['MAX_UPLOAD_BYTE', 'MAX_UPLOAD_BYTES'],
  ])('%s is recognised as %s', (name, meant) => {
    const expected = meant === undefined ? [] : [`${name} is not a setting: did you mean ${meant}?`];
    expect(nearMisses([name], SETTINGS)).toEqual(expected);
  });

  it('warns of no setting, and of no variable that other programs use', () => {
    const others = [
      ...['HOME', 'HOSTNAME', 'host', 'PATH', 'PWD', 'SHELL', 'TERM', 'USER', 'LANG', 'TZ', 'TMPDIR'],
      ...[
        'NODE_OPTIONS',
        'NODE_PATH',
        'AWS_REGION',
        'OTEL_SERVICE_NAME',
        'OTEL_METRICS_EXPORTER',
        'OTEL_LOGS_EXPORTER',
      ],
      ...[
        'POSTGRES_PASSWORD',
        'PUBLISH_PORT',
        'HTTP_PROXY',
        'NO_PROXY',
        'LOGNAME',
        'MAIL',
        'SSH_TTY',
        'npm_config_port',
      ],
    ];
    expect(nearMisses([...SETTINGS, ...others], SETTINGS)).toEqual([]);
  });
});
