import { hostname } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../src/config.js';

const caught = (run: () => unknown): Error => {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
};

const SECRET = '0f6b3f0c7a1d4e5f9b8c7d6e5f4a3b2c';

describe('settings', () => {
  it('have defaults', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ port: 4000, maxUploadBytes: 20 * 1024 * 1024, jwtSecret: undefined });
    expect(config.databaseUrl).toMatch(/^sqlite:\/\/\/.*\/data\/nogil-bench\.db$/);
    expect(config.storageUrl).toMatch(/^file:\/\/\/.*\/media$/);
  });

  it('treat an empty value as unset', () => {
    expect(loadConfig({ PORT: '' }).port).toBe(4000);
  });

  it('report every problem at once', () => {
    const wrong = { PORT: 'many', DATABASE_URL: 'mysql://here', MAX_PIXELS: '0', BCRYPT_COST: '4' };
    expect(() => loadConfig(wrong)).toThrow(
      /PORT:.*DATABASE_URL: must be sqlite.*BCRYPT_COST:.*MAX_PIXELS:/s,
    );
  });

  it('name every problem in at most four lines, in words of their own', () => {
    const wrong = {
      ...{ PORT: '-1', HOST: '', LOG_LEVEL: 'loud', MAX_PIXELS: 'many', WORKERS: '1.5', TRUST_PROXY: 'true' },
      ...{ PUBLIC_URL: 'images.example.com', STORAGE_LINKS: 'x', INTROSPECTION: 'yes', MAX_WORKERS: '0x10' },
    };
    const { message } = caught(() => loadConfig(wrong));
    expect(message.split('\n')).toHaveLength(4);
    for (const name of Object.keys(wrong)) if (name !== 'HOST') expect(message).toContain(name);
    expect(message).toContain('PORT: must be a whole number from 0 to 65535, not "-1"');
    expect(message).not.toMatch(/Invalid|expected|received/);
    expect(caught(() => loadConfig({ INTROSPECTION: 'yes' })).message).toBe(
      'INTROSPECTION: must be true or false, not "yes"',
    );
  });

  it('set two images in flight for each worker, and never fewer images than workers', () => {
    expect(loadConfig({ WORKERS: '3' })).toMatchObject({ workers: 3, imagesInFlight: 6 });
    expect(loadConfig({ WORKERS: '3', IMAGES_IN_FLIGHT: '3' }).imagesInFlight).toBe(3);
    expect(() => loadConfig({ WORKERS: '3', IMAGES_IN_FLIGHT: '2' })).toThrow(
      'IMAGES_IN_FLIGHT: must be at least WORKERS (3)',
    );
  });

  it('warn of names that look like a setting', () => {
    expect(loadConfig({ PROT: '4001', HOME: '/home/ada' }).warnings).toEqual([
      'PROT is not a setting: did you mean PORT?',
    ]);
    expect(loadConfig({ PORT: '4001' }).warnings).toEqual([]);
  });

  it('name the setting that decides where the database and the files are', () => {
    expect(loadConfig({})).toMatchObject({ databaseSetting: 'DATA_DIR', storageSetting: 'MEDIA_DIR' });
    const urls = { DATABASE_URL: 'postgresql://host/db', STORAGE_URL: 'file:///media' };
    expect(loadConfig(urls)).toMatchObject({
      ...{ databaseSetting: 'DATABASE_URL', storageSetting: 'STORAGE_URL' },
      databaseListenUrl: undefined,
    });
  });

  it.each([
    'sqlite:///absolute/path.db',
    'sqlite://./relative.db',
    'postgresql://user@host/db',
    'postgres://host/db',
  ])('accept %s as a database', (url) => expect(loadConfig({ DATABASE_URL: url }).databaseUrl).toBe(url));

  it.each([
    ['missing', undefined],
    ['short', 'too-short'],
    ['a known default', 'change-me-change-me-change-me-change-me'],
  ])('refuse production when the secret is %s', (_what, secret) => {
    expect(() => loadConfig({ NODE_ENV: 'production', JWT_SECRET: secret })).toThrow(/JWT_SECRET: must/);
    expect(loadConfig({ NODE_ENV: 'production', JWT_SECRET: SECRET }).production).toBe(true);
  });

  it.each([
    ['https://app.example/', 'https://app.example'],
    ['HTTPS://App.example', 'https://app.example'],
    ['https://app.example:443', 'https://app.example'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('allow the origin %s as browsers send it', (entry, origin) => {
    const config = loadConfig({ ALLOWED_ORIGINS: `https://other.example, ${entry}` });
    expect(config.allowedOrigins).toEqual(['https://other.example', origin]);
  });

  it.each([
    ...['app.example', '*', 'null', 'https://*.example', 'https://app.example/path', 'ftp://app.example'],
    ...['https://app.example?x=1', 'https://app.example/#x', 'https://a:b@app.example', '//app.example'],
  ])('refuse %s as an origin by name and entry', (entry) => {
    const load = () => loadConfig({ ALLOWED_ORIGINS: `https://fine.example,${entry}` });
    expect(load).toThrow(/ALLOWED_ORIGINS: (?!.*fine)/);
    if (!entry.includes('@')) expect(load).toThrow(entry);
  });

  it.each([
    ['https://example.com', 'https://example.com'],
    ['https://example.com/', 'https://example.com'],
    ['https://Example.com:443/nogil/', 'https://example.com/nogil'],
  ])('take %s as the public address %s', (value, address) => {
    expect(loadConfig({ PUBLIC_URL: value }).publicUrl).toBe(address);
  });

  it.each(['example.com', 'https://example.com/?x=1', 'https://example.com/#x', 'https://a:b@example.com'])(
    'refuse %s as the public address',
    (value) => expect(() => loadConfig({ PUBLIC_URL: value })).toThrow(/PUBLIC_URL: /),
  );

  it('delay the end of accepting requests in production alone', () => {
    const production = { NODE_ENV: 'production', JWT_SECRET: SECRET };
    expect(loadConfig({}).shutdownDelayMs).toBe(0);
    expect(loadConfig(production).shutdownDelayMs).toBe(3_000);
    expect(loadConfig({ ...production, SHUTDOWN_DELAY_MS: '0' }).shutdownDelayMs).toBe(0);
  });

  it('allow WORKER_INLINE=false only with PostgreSQL', () => {
    expect(() => loadConfig({ WORKER_INLINE: 'false' })).toThrow(/WORKER_INLINE: must be true unless/);
    const shared = { WORKER_INLINE: 'false', DATABASE_URL: 'postgresql://host/db' };
    expect(loadConfig(shared).workerInline).toBe(false);
    expect(loadConfig({}).workerInline).toBe(true);
  });

  it('enable traces by an endpoint or an exporter; OTEL_TRACES_EXPORTER=none wins', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };
    expect(loadConfig({}).tracing).toBe(false);
    expect(loadConfig(endpoint).tracing).toBe(true);
    expect(loadConfig({ OTEL_TRACES_EXPORTER: 'otlp' }).tracing).toBe(true);
    expect(loadConfig({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost/v1/traces' }).tracing).toBe(
      true,
    );
    expect(loadConfig({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' }).tracing).toBe(false);
    expect(loadConfig({ ...endpoint, OTEL_SDK_DISABLED: 'true' }).tracing).toBe(false);
    expect(() => loadConfig({ OTEL_TRACES_EXPORTER: 'zipkin' })).toThrow(/OTEL_TRACES_EXPORTER/);
  });

  it('stream files by default; STORAGE_LINKS=redirect sends links to the bucket', () => {
    expect(loadConfig({}).storageLinks).toBe('stream');
    expect(loadConfig({ STORAGE_LINKS: 'redirect' }).storageLinks).toBe('redirect');
    expect(() => loadConfig({ STORAGE_LINKS: 'presigned' })).toThrow(/STORAGE_LINKS/);
  });

  it('pass only the variables of the AWS SDK to a bucket', () => {
    const aws = { AWS_ACCESS_KEY_ID: 'id', AWS_ENDPOINT_URL_S3: 'https://s3.example', HOME: '/home/ada' };
    const env = { ...aws, AWS_REGION: '', JWT_SECRET: SECRET, DATABASE_URL: 'sqlite://:memory:' };
    expect(loadConfig({ ...env, STORAGE_URL: 's3://bucket' }).storageEnvironment).toEqual(aws);
    expect(loadConfig(env).storageEnvironment).toEqual({});
    expect(loadConfig({ ...env, STORAGE_URL: 'file:///media' }).storageEnvironment).toEqual({});
  });

  it('pass certificates and proxy settings to a bucket', () => {
    const way = {
      ...{ NODE_EXTRA_CA_CERTS: '/ca.pem', SSL_CERT_FILE: '/ca.pem', SSL_CERT_DIR: '/certs' },
      ...{ HTTP_PROXY: 'http://a', HTTPS_PROXY: 'http://b', NO_PROXY: 'c', NODE_USE_ENV_PROXY: '1' },
      ...{ http_proxy: 'http://d', https_proxy: 'http://e', no_proxy: 'f' },
    };
    const env = { ...way, NODE_OPTIONS: '--inspect', PATH: '/bin', STORAGE_URL: 's3://bucket' };
    expect(loadConfig(env).storageEnvironment).toEqual(way);
  });

  it('name the machine by its host name by default', () => {
    expect(loadConfig({}).machineName).toBe(hostname());
    expect(loadConfig({ MACHINE_NAME: 'left' }).machineName).toBe('left');
  });

  it('turn introspection off in production by default', () => {
    const production = { NODE_ENV: 'production', JWT_SECRET: SECRET };
    expect(loadConfig(production).introspection).toBe(false);
    expect(loadConfig({ ...production, INTROSPECTION: 'true' }).introspection).toBe(true);
    expect(loadConfig({}).introspection).toBe(true);
  });
});
