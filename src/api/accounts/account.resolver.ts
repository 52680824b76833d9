import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { User } from '../../entities/accounts/user.entity.js';
import type { PublicUser } from '../../services/accounts/account.service.js';
import type { SessionViewer } from '../../services/accounts/viewer.js';
import { CurrentSession, refuseApiToken, UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { LoginInput, RegisterInput } from './account.input.js';
import { AuthPayload } from './auth-payload.type.js';

@Resolver()
export class AccountResolver {
  @Authorized()
  @Query(() => User, { description: 'The signed-in user.' })
  me(@Ctx() { services }: Context, @UserId() userId: string): Promise<PublicUser> {
    return services.accounts.profile(userId);
  }

  @Mutation(() => AuthPayload, {
    description:
      'Creates an account and signs in. BAD_USER_INPUT names the invalid field; CONFLICT: the address already has an account; RATE_LIMITED after too many registrations from one IP address; SERVER_BUSY while too many passwords are being checked.',
  })
  async register(
    @Ctx() context: Context,
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
  ): Promise<AuthPayload> {
    refuseApiToken(context.viewer);
    return context.services.accounts.register(input, context);
  }

  @Mutation(() => AuthPayload, {
    description:
      'Signs in. UNAUTHENTICATED, with the same message, for an unknown address and a wrong password; RATE_LIMITED after too many failures from the same IP address, never for those of other addresses; SERVER_BUSY while too many passwords are being checked.',
  })
  async login(
    @Ctx() context: Context,
    @Arg('input', () => LoginInput, { description: 'The account.' }) input: LoginInput,
  ): Promise<AuthPayload> {
    refuseApiToken(context.viewer);
    return context.services.accounts.login(input, context);
  }

  @Authorized()
  @Mutation(() => AuthPayload, {
    description:
      "Changes the password. The caller's session continues with the returned tokens; every other session and every API token ends within two seconds, open sockets included. BAD_USER_INPUT names a wrong current or an invalid new password; RATE_LIMITED after too many wrong ones.",
  })
  changePassword(
    @Ctx() context: Context,
    @CurrentSession() session: SessionViewer,
    @Arg('currentPassword', () => String, { description: 'The current password.' }) currentPassword: string,
    @Arg('newPassword', () => String, { description: '8 to 128 characters.' }) newPassword: string,
  ): Promise<AuthPayload> {
    const passwords = { currentPassword, newPassword };
    return context.services.accounts.changePassword(session, passwords, context);
  }

  @Authorized()
  @Mutation(() => Boolean, {
    description:
      'Deletes the account with its images, jobs and benchmarks, files included. Running work is stopped, sessions and API tokens end within two seconds, and the address can be registered again. BAD_USER_INPUT for a wrong password; RATE_LIMITED after too many wrong ones.',
  })
  deleteAccount(
    @Ctx() context: Context,
    @CurrentSession() session: SessionViewer,
    @Arg('password', () => String, { description: 'Confirms the deletion.' }) password: string,
  ): Promise<boolean> {
    return context.services.accounts.delete(session, password, context);
  }
}
