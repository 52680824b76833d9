import { Arg, Authorized, Ctx, Field, InputType, Mutation, Query, Resolver } from 'type-graphql';
import { ImageEngineEnum } from '../../entities/enums.js';
import { Preset } from '../../entities/preset.entity.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { OperationInput, toOperations } from './operation.input.js';

@InputType({ description: 'A preset to save.' })
export class SavePresetInput {
  @Field(() => String, { description: '1 to 64 characters, each one of a-z, 0-9, - and _.' })
  name!: string;

  @Field(() => [OperationInput], {
    description: '1 to `serverInfo.limits.maxOperations` operations, applied in order.',
  })
  operations!: OperationInput[];

  @Field(() => ImageEngineEnum, {
    defaultValue: 'SHARP',
    description: 'The engine, unless a request names another one.',
  })
  engine!: ImageEngineName;
}

@Resolver()
export class PresetResolver {
  @Authorized()
  @Query(() => [Preset], { description: "The user's presets, at most 100, by name." })
  presets(@Ctx() { services }: Context, @UserId() userId: string): Promise<Preset[]> {
    return services.presets.list(userId);
  }

  @Authorized()
  @Mutation(() => Preset, {
    description:
      'Saves a preset and replaces one of the same name; jobs and variant addresses created with the old one keep its operations. BAD_USER_INPUT names the invalid field; LIMIT_EXCEEDED above 100 presets.',
  })
  savePreset(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('input', () => SavePresetInput, { description: 'Name, operations and engine.' })
    { name, operations, engine }: SavePresetInput,
  ): Promise<Preset> {
    return services.presets.save(userId, {
      name,
      engine,
      operations: toOperations(operations, 'input.operations'),
    });
  }

  @Authorized()
  @Mutation(() => String, {
    description:
      'Deletes a preset and returns its name; jobs and variant addresses created with it keep its operations. NOT_FOUND for an unknown name.',
  })
  deletePreset(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('name', () => String, { description: 'Name of the preset.' }) name: string,
  ): Promise<string> {
    return services.presets.delete(userId, name);
  }
}
