import { Arg, Authorized, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { User } from '../../entities/user.entity.js';
import type { SignedIn } from '../../services/accounts/auth.service.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { LoginInput, RegisterInput } from './account.input.js';

@ObjectType({ description: 'What a sign-in gives.' })
class AuthPayload implements SignedIn {
  @Field(() => User, { description: 'Who signed in.' })
  user!: User;

  @Field(() => String, {
    description:
      'Short-lived JWT: `Authorization: Bearer …` over HTTP, `{ authorization }` in connection_init over WebSocket.',
  })
  accessToken!: string;

  @Field(() => Date, { description: 'Refresh before then.' })
  accessTokenExpiresAt!: Date;

  @Field(() => String, {
    description:
      'Opaque, single use: every refresh returns a new one; replaying a used one revokes the whole family.',
  })
  refreshToken!: string;
}

@Resolver()
export class AccountResolver {
  @Authorized()
  @Query(() => User, { description: 'The signed-in user.' })
  me(@Ctx() { services }: Context, @UserId() userId: string): Promise<User> {
    return services.auth.user(userId);
  }

  @Mutation(() => AuthPayload, {
    description:
      'Makes an account and signs in. BAD_USER_INPUT names the field at fault; CONFLICT: the address has an account; RATE_LIMITED after too many attempts; SERVER_BUSY where too many are signing in.',
  })
  register(
    @Ctx() context: Context,
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
  ): Promise<AuthPayload> {
    return context.services.auth.register(input, context);
  }

  @Mutation(() => AuthPayload, {
    description:
      'Signs in. UNAUTHENTICATED, alike for an unknown address and a wrong password; RATE_LIMITED after too many attempts; SERVER_BUSY where too many are signing in.',
  })
  login(
    @Ctx() context: Context,
    @Arg('input', () => LoginInput, { description: 'The account.' }) input: LoginInput,
  ): Promise<AuthPayload> {
    return context.services.auth.login(input, context);
  }

  @Mutation(() => AuthPayload, {
    description:
      'Trades a refresh token for a new pair. UNAUTHENTICATED when it is unknown, used, revoked or expired; RATE_LIMITED after hundreds within minutes.',
  })
  refreshToken(
    @Ctx() context: Context,
    @Arg('refreshToken', () => String, { description: 'From the last sign-in or refresh.' })
    refreshToken: string,
  ): Promise<AuthPayload> {
    return context.services.auth.refresh(refreshToken, context);
  }

  @Mutation(() => Boolean, {
    description: 'Revokes the family of that refresh token; true also where it was revoked already.',
  })
  logout(
    @Ctx() { services }: Context,
    @Arg('refreshToken', () => String, { description: 'Any one of the family.' }) refreshToken: string,
  ): Promise<boolean> {
    return services.auth.logout(refreshToken);
  }
}
