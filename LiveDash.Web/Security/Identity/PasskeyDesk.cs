using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Storage;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// Passkeys, with ASP.NET Core Identity's handler of them: makes them, and signs people in by them, in the place of password and code or of the code alone. The person shows the
/// device a finger, a face or a PIN each time, so one is two factors. A lock after wrong passwords does not hold for them: a key cannot be guessed. One a request.
/// </summary>
internal sealed class PasskeyDesk(
    IPasskeyHandler<AccountUser> handler, PasskeyBook passkeys, PasskeyCeremonies ceremonies, SecondFactorDesk second, AccountBook accounts, SessionBook sessions, SignInLimits limits, AuditLog audit, TimeProvider time)
{
    /// <summary>What somebody hears whose passkey is not taken.</summary>
    public const string Refused = "This passkey is not known here, or it took longer than five minutes. Try again, or sign in another way.";

    /// <summary>The most that a browser may send of one, in characters.</summary>
    public const int MaxAnswer = 20_000;

    /// <summary>Whether the sign-in page offers them: where somebody has one, and browsers take them.</summary>
    public bool IsOffered(HttpRequest request) => passkeys.IsAny && PasskeyPlace.Fault(request) is null;

    /// <summary>What the browser is to sign to sign somebody in, as JSON.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isHalf">True for who has done the first half, whose passkey it has to be; false for whoever it is, also where a first half was left.</param>
    /// <returns>Why not, or the options.</returns>
    public async Task<(string? Fault, string Options)> AskAsync(HttpContext context, bool isHalf)
    {
        if (PasskeyPlace.Fault(context.Request) is { } fault) return (fault, "");
        if (!limits.TryTake(context.Connection.RemoteIpAddress)) return (SignInDesk.TooMany, "");
        var half = isHalf ? await second.PendingAsync(context) : null;
        var options = await handler.MakeRequestOptionsAsync(half?.User, context);
        ceremonies.Begin(context, half?.User.Id, options.AssertionState ?? "");
        return (null, options.RequestOptionsJson);
    }

    /// <summary>What the browser is to make a passkey from, as JSON.</summary>
    /// <returns>Why not, or the options.</returns>
    public async Task<(string? Fault, string Options)> AskToMakeAsync(HttpContext context)
    {
        if (PasskeyPlace.Fault(context.Request) is { } fault) return (fault, "");
        if (AccessClaims.OwnAccount(context.User, accounts) is not { } user) return ("Passkeys are for accounts with a password here.", "");
        if (!limits.TryTake(context.Connection.RemoteIpAddress)) return (SignInDesk.TooMany, "");
        var options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id, Name = user.Name, DisplayName = user.Name }, context);
        ceremonies.Begin(context, user.Id, options.AttestationState ?? "");
        return (null, options.CreationOptionsJson);
    }

    /// <summary>Signs a browser in by a passkey alone.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> SignInAsync(HttpContext context, string answer, bool remember)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress)) return SignInDesk.TooMany;
        if (await CheckAsync(context, answer, userId: null) is not { } user) return await FailedAsync(context, "a passkey");
        await second.BeginSessionAsync(user.Id, AccountSession.ByPasskey, remember);
        await audit.AddAsync(new Actor(user.Name, "person", Address(context)), "sign-in.passkey", user.Name, null, null, CancellationToken.None);
        return null;
    }

    /// <summary>Does the second half of a sign-in by a passkey.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> FinishAsync(HttpContext context, HalfSignIn half, string answer)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress, half.User.Name)) return SignInDesk.TooMany;
        if (await CheckAsync(context, answer, half.User.Id) is null) return await FailedAsync(context, half.User.Name);
        await second.EndHalfAsync(context, half with { Method = AccountSession.WithPasskey(half.Method) });
        return null;
    }

    /// <summary>Keeps a passkey that the browser has made, for who shows password and code; every session of before ends, and this browser gets a new one.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> AddAsync(HttpContext context, AccountUser user, string name, string answer, string password, string code)
    {
        if (PasskeyPlace.Fault(context.Request) is { } place) return place;
        if (answer.Length is 0 or > MaxAnswer || ceremonies.Take(context, user.Id) is not { } state) return "The browser made no passkey, or it took longer than five minutes. Try again.";
        if (await second.PersonFaultAsync(context, user, password, code) is { } fault) return fault;
        var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = answer, AttestationState = state });
        if (!made.Succeeded) return "What the browser made is no passkey for this server. Try again.";
        var plain = name.Trim();
        try
        {
            await passkeys.AddAsync(
                new AccountPasskey
                {
                    Id = PasskeyBook.IdOf(made.Passkey.CredentialId), UserId = user.Id, Name = plain.Length == 0 ? "A passkey" : plain[..Math.Min(plain.Length, PasskeyBook.MaxName)], Host = context.Request.Host.Host,
                    CredentialId = made.Passkey.CredentialId, PublicKey = made.Passkey.PublicKey, SignCount = made.Passkey.SignCount, Transports = made.Passkey.Transports ?? [],
                    IsBackupEligible = made.Passkey.IsBackupEligible, IsBackedUp = made.Passkey.IsBackedUp, MadeAt = time.GetUtcNow(),
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
        {
            return exception.Message;
        }

        await BeginAnewAsync(context, user, AccessClaims.SessionOf(context.User) is { } id && sessions.Acting(id, time.GetUtcNow()) is { } acting ? acting.Session.Method : "password");
        return null;
    }

    /// <summary>Removes a passkey, for who shows password and code; every session of before ends, and this browser gets a new one.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> RemoveAsync(HttpContext context, AccountUser user, string id, string password, string code)
    {
        if (await second.PersonFaultAsync(context, user, password, code) is { } fault) return fault;
        var others = passkeys.Of(user.Id).Where(one => one.Id != id && one.CredentialId.Length > 0);
        if (second.IsMissing(user) && !others.Any()) return "Your role needs a second factor, and this is the only one: add another passkey, or set up an app, first.";
        if (!await passkeys.RemoveAsync(user.Id, id, CancellationToken.None)) return "There is no such passkey any more.";
        // It may be the one that this session began with.
        await BeginAnewAsync(context, user, "password");
        return null;
    }

    /// <summary>Gives one of a person's passkeys another name. A name opens nothing, so nothing is asked for it.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> RenameAsync(AccountUser user, string id, string name)
    {
        var plain = name.Trim();
        if (plain.Length is 0 or > PasskeyBook.MaxName || plain.Any(char.IsControl)) return $"A name has 1 to {PasskeyBook.MaxName} characters.";
        if (passkeys.Of(user.Id).All(one => one.Id != id)) return "There is no such passkey any more.";
        try
        {
            return await passkeys.UpdateAsync(id, known => known with { Name = plain }, CancellationToken.None) ? null : "It cannot be read any more, and so not be named.";
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            return exception.Message;
        }
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    // A factor of signing in has changed: what was begun without it, or with it, has ended. The session that is begun here says how the person was known this time.
    private async Task BeginAnewAsync(HttpContext context, AccountUser user, string method)
    {
        await accounts.UpdateAsync(user.Id, static known => known with { SecurityStamp = Guid.NewGuid().ToString("N") }, CancellationToken.None);
        await second.BeginSessionAsync(user.Id, method, remember: false);
    }

    private async Task<AccountUser?> CheckAsync(HttpContext context, string answer, string? userId)
    {
        if (answer.Length is 0 or > MaxAnswer || ceremonies.Take(context, userId) is not { } state) return null;
        var shown = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer, AssertionState = state });
        // The account as it is now, and one whose password is kept here: whom a provider signs in, the provider looks after.
        if (!shown.Succeeded || accounts.Find(shown.User.Id) is not { IsDisabled: false, PasswordHash: not null } user || (userId is not null && user.Id != userId)) return null;
        var now = time.GetUtcNow();
        var isKept = await passkeys.UpdateAsync(PasskeyBook.IdOf(shown.Passkey.CredentialId), known => known with { SignCount = shown.Passkey.SignCount, IsBackedUp = shown.Passkey.IsBackedUp, UsedAt = now }, CancellationToken.None);
        return isKept ? user : null;
    }

    private async Task<string> FailedAsync(HttpContext context, string who)
    {
        await audit.AddFailedLoginAsync(who, Address(context), CancellationToken.None);
        return Refused;
    }
}
