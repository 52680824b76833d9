/** Random actions of one user of `soak.ts`, one after another; deletes what it has created. */
import { randomBytes } from 'node:crypto';
import type { GraphQLClient } from '../tests/support/clients/graphql-client.js';
import { CANCEL, createJob, followJob, RETRY, readJob } from '../tests/support/clients/job-client.js';
import {
  beginRequest,
  MULTIPART_TYPE,
  multipartBody,
  operationParts,
} from '../tests/support/clients/multipart-body.js';

const UPLOAD = 'mutation ($file: Upload!) { uploadImage(file: $file) { id } }';
const PROCESS = 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { id url } }';
const DELETE = 'mutation ($id: ID!) { deleteImage(id: $id) }';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken } }';
const REFRESH =
  'mutation ($token: String!) { refreshToken(refreshToken: $token) { accessToken refreshToken } }';
const LOGOUT = 'mutation ($token: String!) { logout(refreshToken: $token) }';
const BENCHMARK = 'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }';
const BENCHMARK_PROGRESS = 'subscription ($id: ID!) { benchmarkProgress(benchmarkId: $id) { status } }';
const DELETE_JOB = 'mutation ($id: ID!) { deleteJob(id: $id) }';
const DELETE_BENCHMARK = 'mutation ($id: ID!) { deleteBenchmark(id: $id) }';

const KEPT_IMAGES = 8;
const ENGINES = ['SHARP', 'JIMP'] as const;

const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(Math.random() * choices.length)] as T;

export class SoakUser {
  readonly #images: string[] = [];
  readonly #email = `soak-${crypto.randomUUID()}@example.com`;
  readonly #password = randomBytes(12).toString('hex');
  #refreshToken = '';

  constructor(
    private readonly client: GraphQLClient,
    private readonly photos: readonly Uint8Array[],
  ) {}

  async start(): Promise<void> {
    ({ refreshToken: this.#refreshToken } = await this.client.register(this.#email, this.#password));
    while (this.#images.length < KEPT_IMAGES) await this.upload();
  }

  /** Deletes the remaining objects. */
  async end(): Promise<void> {
    const { images } = await this.client.get('{ images(first: 100) { edges { node { id } } } }');
    await this.#delete(images.edges.map(({ node }: { node: { id: string } }) => node.id));
  }

  readonly upload = async (): Promise<void> => {
    this.#images.push((await this.client.upload(oneOf(this.photos), 'soak.jpg')).id);
    if (this.#images.length > KEPT_IMAGES) await this.#delete(this.#images.splice(0, 1));
  };

  readonly abortedUpload = async (): Promise<void> => {
    const parts = [
      ...operationParts(UPLOAD, { file: null }, { 0: ['variables.file'] }),
      { name: '0', filename: 'a', body: oneOf(this.photos) },
    ];
    const headers = {
      ...this.client.authorization(),
      'content-type': MULTIPART_TYPE,
      'apollo-require-preflight': '1',
    };
    const socket = await beginRequest(this.client.url, headers, multipartBody(parts, true), 10_000_000);
    setTimeout(() => socket.destroy(), 50);
  };

  readonly refusedUpload = async (): Promise<void> => {
    const bytes = randomBytes(100_000);
    await this.client.send(UPLOAD, { file: null }, { 'variables.file': { name: 'noise', bytes } });
  };

  readonly process = async (): Promise<void> => {
    const operations = [{ resize: { width: 400 } }, { blur: { sigma: 2 } }];
    const input = { imageId: oneOf(this.#images), operations, engine: oneOf(ENGINES) };
    const { id, url } = (await this.client.get(PROCESS, { input })).processImage;
    await (await fetch(url)).bytes();
    await this.#delete([id]);
  };

  readonly job = async (): Promise<void> => {
    const id = await this.#createJob(40);
    await this.#untilEnded(id);
    await (await fetch((await readJob(this.client, id)).resultUrl)).bytes();
    await this.#deleteJob(id);
  };

  readonly cancelledJob = async (): Promise<void> => {
    const id = await this.#createJob(100);
    for await (const { completedCount } of followJob(this.client, id)) if (completedCount > 0) break;
    // It may have ended by now.
    await this.client.ask(CANCEL, { id });
    await this.#untilEnded(id);
    await this.client.ask(RETRY, { id });
    await this.#untilEnded(id);
    await this.#deleteJob(id);
  };

  readonly droppedSubscription = async (): Promise<void> => {
    const id = await this.#createJob(20);
    for (let socket = 0; socket < 3; socket++) for await (const _ of followJob(this.client, id)) break;
    await this.#untilEnded(id);
    await this.#deleteJob(id);
  };

  readonly session = async (): Promise<void> => {
    const { refreshToken } = await this.client.get(REFRESH, { token: this.#refreshToken });
    await this.client.get(LOGOUT, { token: refreshToken.refreshToken });
    const { login } = await this.client.get(LOGIN, {
      input: { email: this.#email, password: this.#password },
    });
    this.client.token = login.accessToken;
    this.#refreshToken = login.refreshToken;
  };

  readonly benchmark = async (): Promise<void> => {
    const input = {
      models: ['SYNC', 'THREADS', 'PROCESSES'],
      engines: ['SHARP'],
      imageCounts: [4],
      workerCounts: [2],
      repetitions: 1,
    };
    const { id } = (await this.client.get(BENCHMARK, { input })).runBenchmark;
    for await (const _ of this.client.subscribe(BENCHMARK_PROGRESS, { id }));
    await this.client.get(DELETE_BENCHMARK, { id });
  };

  async #createJob(items: number): Promise<string> {
    const imageIds = Array.from({ length: items }, () => oneOf(this.#images));
    const pool = oneOf(['THREADS', 'THREADS', 'PROCESSES']);
    return (await createJob(this.client, imageIds, { pool, operations: [{ resize: { width: 200 } }] })).id;
  }

  async #untilEnded(id: string): Promise<void> {
    for await (const _ of followJob(this.client, id));
  }

  /** With its results, which would stay. */
  async #deleteJob(id: string): Promise<void> {
    const { items } = await readJob(this.client, id);
    await this.#delete(items.flatMap(({ result }: { result: { id: string } | null }) => result?.id ?? []));
    await this.client.get(DELETE_JOB, { id });
  }

  async #delete(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.client.get(DELETE, { id });
  }
}
