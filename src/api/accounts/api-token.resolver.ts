import {
  Arg,
  Authorized,
  Ctx,
  Extensions,
  Field,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { ApiToken } from '../../entities/accounts/api-token.entity.js';
import type { SessionViewer } from '../../services/accounts/viewer.js';
import { CurrentSession } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { CreateApiTokenInput } from './account.input.js';

/** Maximum number of API tokens of a user. */
const COUNTED_TOKENS = 50;

@ObjectType({ description: 'A new API token, in the clear.' })
class CreatedApiToken {
  @Field(() => String, {
    description: '`nb_` and 43 characters. Shown once: only its hash is stored.',
  })
  token!: string;

  @Field(() => ApiToken, { description: 'The token as it is listed from now on.' })
  apiToken!: ApiToken;
}

@Resolver()
export class ApiTokenResolver {
  @Authorized()
  @Extensions({ listLength: COUNTED_TOKENS })
  @Query(() => [ApiToken], {
    description: "The user's API tokens that have not expired, newest first. FORBIDDEN for API tokens.",
  })
  apiTokens(@Ctx() { services }: Context, @CurrentSession() { userId }: SessionViewer): Promise<ApiToken[]> {
    return services.apiTokens.list(userId);
  }

  @Authorized()
  @Mutation(() => CreatedApiToken, {
    description:
      'Creates an API token. BAD_USER_INPUT names the invalid field; LIMIT_EXCEEDED beyond 50 tokens; FORBIDDEN for API tokens.',
  })
  createApiToken(
    @Ctx() { services }: Context,
    @CurrentSession() { userId }: SessionViewer,
    @Arg('input', () => CreateApiTokenInput, { description: 'The new token.' }) input: CreateApiTokenInput,
  ): Promise<CreatedApiToken> {
    return services.apiTokens.create(userId, input);
  }

  @Authorized()
  @Mutation(() => ID, {
    description:
      "Ends an API token; its sockets close within two seconds. Returns the id. NOT_FOUND for an unknown id, FORBIDDEN for another user's token.",
  })
  revokeApiToken(
    @Ctx() { services }: Context,
    @CurrentSession() { userId }: SessionViewer,
    @Arg('id', () => ID, { description: 'Id of the token.' }) id: string,
  ): Promise<string> {
    return services.apiTokens.revoke(userId, id);
  }
}
