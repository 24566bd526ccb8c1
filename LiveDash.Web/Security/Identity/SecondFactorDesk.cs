using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// The second half of a sign-in, and what an account has for it: codes of an authenticator app and recovery codes, with ASP.NET Core Identity. Between the halves a cookie of
/// its own, good for <see cref="Patience"/>, names the account and opens nothing. Wrong codes count as wrong passwords do, towards the lock and the limits. One a request.
/// </summary>
internal sealed class SecondFactorDesk(UserManager<AccountUser> users, SignInManager<AccountUser> signIn, AccountBook accounts, FactorBook factors, PasskeyBook passkeys, SessionBook sessions, SignInLimits limits, AuditLog audit, TimeProvider time)
{
    /// <summary>For how long the second half is waited for, and for a code of an app that is set up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What anybody hears whose code is not taken.</summary>
    public const string Refused = "This code is not right, was used before, or the account is locked for a few minutes after too many tries.";

    /// <summary>What somebody hears whose passkey is the second factor and was not shown lately.</summary>
    public const string NeedsPasskey = "Sign in anew with your passkey first.";

    private const string NoCodes = "The account was changed meanwhile, and no recovery codes were made. Make them on the page of your account.";
    private const string Stamp = "livedash:stamp";
    private const string Remember = "livedash:remember";

    /// <summary>Whether an account is asked for a second factor, or must set one up.</summary>
    public bool IsAsked(AccountUser user) => factors.IsOn(user.Id) || factors.IsMissing(user);

    /// <summary>Notes that the first half is done.</summary>
    public static Task BeginAsync(HttpContext context, AccountUser user, string method, bool remember) => context.SignInAsync(
        IdentityConstants.TwoFactorUserIdScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, user.Id), new(Stamp, user.SecurityStamp), new(AccessClaims.Method, method), new(Remember, remember ? "true" : "")], IdentityConstants.TwoFactorUserIdScheme)));

    /// <summary>Who has done the first half in this browser, or null.</summary>
    public async Task<HalfSignIn?> PendingAsync(HttpContext context)
    {
        if ((await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal is not { } half) return null;
        // Another password or factor since then: it begins anew.
        return accounts.Find(AccessClaims.UserOf(half) ?? "") is { IsDisabled: false } user && user.SecurityStamp == half.FindFirstValue(Stamp)
            ? new HalfSignIn(user, half.FindFirstValue(AccessClaims.Method) ?? "password", half.FindFirstValue(Remember) == "true") : null;
    }

    /// <summary>Does the second half by a code of the app or a recovery code.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> FinishAsync(HttpContext context, HalfSignIn half, string code)
    {
        if (!factors.IsOn(half.User.Id)) return Refused;
        if (await FaultAsync(context, half.User, code) is { } fault) return fault;
        await EndHalfAsync(context, half);
        return null;
    }

    /// <summary>The secret that an app is to take, made where there is none that waits for it, or it has waited too long: whoever saw it meanwhile would have the codes of whom it belongs to.</summary>
    public async Task<string> KeyAsync(AccountUser user)
    {
        var now = time.GetUtcNow();
        if (factors.Find(user.Id) is { IsConfirmed: false } waiting && now - waiting.MadeAt < Patience) return waiting.AuthenticatorKey;
        var key = users.GenerateNewAuthenticatorKey();
        await factors.BeginAsync(user.Id, key, now, CancellationToken.None);
        return key;
    }

    /// <summary>What an app reads from the picture.</summary>
    public static string AppAddress(HttpRequest request, AccountUser user, string key) =>
        $"otpauth://totp/{Uri.EscapeDataString($"LiveDash {request.Host.Host}:{user.Name}")}?secret={key}&issuer={Uri.EscapeDataString("LiveDash " + request.Host.Host)}&digits=6&period=30";

    /// <summary>Sets up a second factor once a code of the app was given back; every session of before ends, and this browser gets a new one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">Whose.</param>
    /// <param name="half">The sign-in that waits for it; null where somebody is signed in.</param>
    /// <param name="code">The code.</param>
    /// <returns>Why not, or the recovery codes, to be shown once.</returns>
    public async Task<(string? Fault, IReadOnlyList<string> Codes)> ConfirmAsync(HttpContext context, AccountUser user, HalfSignIn? half, string code)
    {
        if (factors.IsOn(user.Id)) return ("There is a second factor already.", []);
        // Who has a passkey shows that: a password alone is not enough to set up another factor.
        if (half is not null && passkeys.Has(user.Id)) return (Refused, []);
        if (half is null && PasskeyFault(context, user) is { } missing) return (missing, []);
        if (await FaultAsync(context, user, code) is { } fault) return (fault, []);
        await SetAsync(user, isOn: true);
        var codes = await CodesAsync(user);
        await NoteAsync(context, user, "second-factor.on");
        if (half is not null) await EndHalfAsync(context, half);
        else await BeginSessionAsync(user.Id, "password", remember: false);
        return (codes.Count > 0 ? null : NoCodes, codes);
    }

    /// <summary>Makes other recovery codes for who shows password and code.</summary>
    public async Task<(string? Fault, IReadOnlyList<string> Codes)> RenewCodesAsync(HttpContext context, AccountUser user, string password, string code)
    {
        if (await PersonFaultAsync(context, user, password, code) is { } fault) return (fault, []);
        var codes = await CodesAsync(user);
        await NoteAsync(context, user, "second-factor.codes");
        return (codes.Count > 0 ? null : NoCodes, codes);
    }

    /// <summary>Takes the second factor off for who shows password and code.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> TakeOffAsync(HttpContext context, AccountUser user, string password, string code)
    {
        if (user.Role >= factors.RequiredFrom) return "An administrator has made a second factor a must for your role.";
        if (await PersonFaultAsync(context, user, password, code) is { } fault) return fault;
        await SetAsync(user, isOn: false);
        await BeginSessionAsync(user.Id, "password", remember: false);
        await NoteAsync(context, user, "second-factor.off");
        return null;
    }

    /// <summary>Whether a password is that of an account; a wrong one counts towards the lock.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> PasswordFaultAsync(HttpContext context, AccountUser user, string password)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress, user.Name)) return SignInDesk.TooMany;
        if (password.Length is > 0 and <= PasswordRules.MaxLength && !await users.IsLockedOutAsync(user) && await users.CheckPasswordAsync(user, password)) return null;
        await CountAsync(user.Id);
        await audit.AddFailedLoginAsync(user.Name, Address(context), CancellationToken.None);
        return "The password is not right.";
    }

    /// <summary>Whether it is the person: the password, and a code where the account has an app, else the passkey within the last <see cref="Patience"/> where it has one.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> PersonFaultAsync(HttpContext context, AccountUser user, string password, string code) =>
        await PasswordFaultAsync(context, user, password) is { } wrong ? wrong : factors.IsOn(user.Id) ? await FaultAsync(context, user, code) : PasskeyFault(context, user);

    /// <summary>Whether a role needs a second factor and an account has no app for it.</summary>
    public bool IsMissing(AccountUser user) => factors.IsMissing(user);

    /// <summary>Counts a wrong password or code towards the lock. On the account as it is then: of two at once Identity, which changes a copy, would count one.</summary>
    public Task CountAsync(string userId)
    {
        var lockout = users.Options.Lockout;
        var until = time.GetUtcNow() + lockout.DefaultLockoutTimeSpan;
        return accounts.UpdateAsync(
            userId,
            known => known.FailedCount + 1 < lockout.MaxFailedAccessAttempts ? known with { FailedCount = known.FailedCount + 1 } : known with { FailedCount = 0, LockedUntil = until },
            CancellationToken.None);
    }

    /// <summary>Begins a session in this browser.</summary>
    public async Task BeginSessionAsync(string userId, string method, bool remember)
    {
        if (await users.FindByIdAsync(userId) is { } user) await signIn.SignInWithClaimsAsync(user, remember, [new Claim(AccessClaims.Method, method)]);
    }

    // Who has a passkey and no app shows it by signing in: the password alone changes no factor.
    private string? PasskeyFault(HttpContext context, AccountUser user)
    {
        if (!passkeys.Has(user.Id) || factors.IsOn(user.Id)) return null;
        var now = time.GetUtcNow();
        return AccessClaims.SessionOf(context.User) is { } id && sessions.Acting(id, now) is { } acting && acting.User.Id == user.Id && acting.Session.BeganByPasskey && now - acting.Session.BeganAt < Patience ? null : NeedsPasskey;
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    // Of the account as it is now: a copy from before the code was checked would not be kept where a wrong try elsewhere has changed the account since, and its sessions would go on.
    private Task SetAsync(AccountUser user, bool isOn) => users.SetTwoFactorEnabledAsync(accounts.Find(user.Id) ?? user, isOn);

    // To hash the codes takes a second, in which a wrong try elsewhere changes the account: Identity then gives none, and they are made again.
    private async Task<IReadOnlyList<string>> CodesAsync(AccountUser user)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            if (await users.GenerateNewTwoFactorRecoveryCodesAsync(accounts.Find(user.Id) ?? user, FactorBook.RecoveryCodes) is { } codes) return [.. codes];
        }

        return [];
    }

    // A code of the app has six digits, a recovery code ten letters and digits: one field takes either.
    private async Task<string?> FaultAsync(HttpContext context, AccountUser user, string code)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress, user.Name)) return SignInDesk.TooMany;
        var plain = code.Replace(" ", "", StringComparison.Ordinal);
        var isRight = plain.Length <= 40 && !await users.IsLockedOutAsync(user) && (plain.Length == 6
            ? await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, plain)
            : (await users.RedeemTwoFactorRecoveryCodeAsync(user, plain)).Succeeded);
        if (isRight)
        {
            await accounts.UpdateAsync(user.Id, static known => known with { FailedCount = 0 }, CancellationToken.None);
            return null;
        }

        await CountAsync(user.Id);
        await audit.AddFailedLoginAsync(user.Name, Address(context), CancellationToken.None);
        return Refused;
    }

    /// <summary>The second half is done: begins the session.</summary>
    public async Task EndHalfAsync(HttpContext context, HalfSignIn half)
    {
        await context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await BeginSessionAsync(half.User.Id, half.Method, half.Remember);
        await NoteAsync(context, half.User, "sign-in");
    }

    private Task NoteAsync(HttpContext context, AccountUser user, string what) => audit.AddAsync(new Actor(user.Name, "person", Address(context)), what, user.Name, null, null, CancellationToken.None);
}
