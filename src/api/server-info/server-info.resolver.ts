import { Authorized, Ctx, Field, FieldResolver, Float, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { DatabaseKindEnum, ImageEngineEnum, ImageFormatEnum } from '../../entities/enums.js';
import type { EngineInfo } from '../../imaging/engine-info.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { ImageFormat } from '../../imaging/image-format.js';
import type { ServerFacts, ServerLimits } from '../../services/server-info.service.js';
import type { Context } from '../graphql/context.js';

@ObjectType('EngineInfo', { description: 'An image engine of this build.' })
class EngineInfoType implements EngineInfo {
  @Field(() => ImageEngineEnum, { description: 'Name of the engine.' })
  engine!: ImageEngineName;

  @Field(() => String, { description: 'Version of the library.' })
  version!: string;

  @Field(() => [ImageFormatEnum], { description: 'Formats that it can decode.' })
  reads!: ImageFormat[];

  @Field(() => [ImageFormatEnum], { description: 'Formats that it can encode.' })
  writes!: ImageFormat[];
}

@ObjectType({
  description: 'Limits of this server. A request beyond one is LIMIT_EXCEEDED or PAYLOAD_TOO_LARGE.',
})
class Limits implements ServerLimits {
  @Field(() => Int, { description: 'Bytes of one uploaded file.' })
  maxUploadBytes!: number;

  @Field(() => Int, {
    description: "Width x height of a source's first frame (or page), and of every step's result.",
  })
  maxPixels!: number;

  @Field(() => Float, {
    description: 'Width x height x frames of an animation, as a source and after every step.',
  })
  maxAnimationPixels!: number;

  @Field(() => Int, { description: 'Operations in one pipeline.' })
  maxOperations!: number;

  @Field(() => Int, { description: 'Images in one batch job.' })
  maxBatchImages!: number;

  @Field(() => Int, { description: 'Threads or processes of one batch job or benchmark.' })
  maxWorkers!: number;
}

@ObjectType({ description: 'Version, engines and limits of this server.' })
class ServerInfo implements ServerFacts {
  @Field(() => String, { description: 'Version of this program.' })
  version!: string;

  @Field(() => String, { description: 'Version of Node.js that it runs on.' })
  nodeVersion!: string;

  @Field(() => DatabaseKindEnum, { description: 'Database that stores the rows.' })
  database!: 'SQLITE' | 'POSTGRESQL';

  @Field(() => Int, { description: 'Processors that it may use.' })
  availableParallelism!: number;

  @Field(() => Limits, { description: 'Limits of this server.' })
  limits!: Limits;
}

@Resolver(() => ServerInfo)
export class ServerInfoResolver {
  @Query(() => ServerInfo, {
    description: 'Version, engines and limits. The only query that needs no sign-in.',
  })
  serverInfo(@Ctx() { services }: Context): ServerInfo {
    return services.serverInfo.facts();
  }

  @FieldResolver(() => [EngineInfoType], { description: 'Image engines of this server.' })
  engines(@Ctx() { services }: Context): Promise<readonly EngineInfo[]> {
    return services.serverInfo.engines();
  }

  @Authorized()
  @FieldResolver(() => [String], {
    description: 'As the query `tasks`: names of the task modules of this server. Needs a sign-in.',
  })
  tasks(@Ctx() { services }: Context): Promise<string[]> {
    return services.serverInfo.tasks();
  }
}
