using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Notifications;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// Signs people in and out and uses up one-time addresses, for the pages that ask for a name and a password. What it answers to a wrong password, an unknown name, a locked and
/// a disabled account is the same, and takes the same time. One a request.
/// </summary>
internal sealed class SignInDesk(
    UserManager<AccountUser> users, SignInManager<AccountUser> signIn, AccountBook accounts, SessionBook sessions, TicketBook tickets, SignInLimits limits, UnknownUser unknown, SecondFactorDesk second, AuditLog audit, TimeProvider time)
{
    /// <summary>What anybody hears whose name and password do not fit.</summary>
    public const string Refused = "The name or the password is not right, or the account is locked for a few minutes after too many tries.";

    /// <summary>What somebody hears who tries too often.</summary>
    public const string TooMany = "Too many tries. Wait a minute and try again.";

    /// <summary>True once a name and a password were right and a second factor is asked for yet, or is to be set up.</summary>
    public bool IsHalfWay { get; private set; }

    /// <summary>Signs a browser in, or as far as to its second factor.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> SignInAsync(HttpContext context, string name, string password, bool remember)
    {
        var address = Address(context);
        if (!limits.TryTake(context.Connection.RemoteIpAddress, name)) return await FailedAsync(name, address, TooMany);
        var user = password.Length is > 0 and <= PasswordRules.MaxLength ? await users.FindByNameAsync(name.Trim()) : null;
        if (user is null || user.IsDisabled || user.PasswordHash is null || await users.IsLockedOutAsync(user))
        {
            // The same work as for a known name, so that the time says nothing.
            unknown.Verify(password.Length > PasswordRules.MaxLength ? "" : password);
            return await FailedAsync(name, address, Refused);
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: false);
        if (!result.Succeeded)
        {
            await second.CountAsync(user.Id);
            return await FailedAsync(name, address, Refused);
        }

        await BeginAsync(context, user.Id, "password", remember);
        if (!IsHalfWay) await audit.AddAsync(new Actor(user.Name, "person", address), "sign-in", user.Name, null, null, CancellationToken.None);
        return null;
    }

    /// <summary>The ticket of a token that can still be used, or null. However often it is looked at: nobody finds 256 bits by trying.</summary>
    public AccountTicket? Ticket(string token) => token.Length is > 20 and < 100 ? tickets.Find(token, time.GetUtcNow()) : null;

    /// <summary>Uses a one-time address: makes the account, or sets its password, and signs the browser in.</summary>
    /// <returns>What is wrong, a sentence each; empty where it is done.</returns>
    public async Task<IReadOnlyList<string>> JoinAsync(HttpContext context, string token, string name, string password)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress, token)) return [TooMany];
        if (Ticket(token) is not { } ticket || !tickets.TryTake(ticket)) return ["This address was used before or is too old. Ask for another one."];
        (IReadOnlyList<string> Faults, string UserId) result;
        try
        {
            result = await UseAsync(ticket, name.Trim(), password);
        }
        catch
        {
            // Such as a store that takes nothing now: nothing was made, so the address is still good.
            tickets.GiveBack(ticket);
            throw;
        }

        if (result.Faults.Count > 0)
        {
            tickets.GiveBack(ticket);
            return result.Faults;
        }

        await tickets.RemoveAsync(ticket.Id, context.RequestAborted);
        if (ticket.Purpose == TicketPurpose.Reset) await tickets.RemoveMailedAsync(result.UserId, time.GetUtcNow(), CancellationToken.None);
        // Another password alone is no way around the second factor.
        await BeginAsync(context, result.UserId, Method(ticket.Purpose), remember: false);
        var person = accounts.Find(result.UserId)?.Name ?? "";
        await audit.AddAsync(new Actor(person, "person", Address(context)), "sign-in." + Method(ticket.Purpose), person, null, ticket.Purpose == TicketPurpose.Reset ? null : $"{ticket.Role}", CancellationToken.None);
        return [];
    }

    /// <summary>Changes the password of who is signed in; every other session of the account ends, and this browser gets a new one.</summary>
    /// <returns>What is wrong, a sentence each; empty where it is done.</returns>
    public async Task<IReadOnlyList<string>> ChangePasswordAsync(HttpContext context, string current, string password)
    {
        if (await users.FindByIdAsync(AccessClaims.UserOf(context.User) ?? "") is not { } user) return ["The account is gone."];
        if (!limits.TryTake(context.Connection.RemoteIpAddress, user.Name)) return [TooMany];
        if (current.Length > PasswordRules.MaxLength || !await users.CheckPasswordAsync(user, current))
        {
            await second.CountAsync(user.Id);
            return [await FailedAsync(user.Name, Address(context), "The password of now is not right.")];
        }

        // Before the change ends it: who has a passkey as the second factor still has it.
        var method = AccessClaims.SessionOf(context.User) is { } id && sessions.Acting(id, time.GetUtcNow()) is { } acting ? acting.Session.MethodAfterPassword : "password";
        var result = await users.ChangePasswordAsync(user, current, password);
        if (!result.Succeeded) return Words(result);
        await tickets.RemoveMailedAsync(user.Id, time.GetUtcNow(), CancellationToken.None);
        await second.BeginSessionAsync(user.Id, method, remember: false);
        await audit.AddAsync(new Actor(user.Name, "person", Address(context)), "password.change", user.Name, null, null, CancellationToken.None);
        return [];
    }

    /// <summary>Changes where mail reaches who is signed in, with the password and the second factor: whoever reads that mail can set another one.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> ChangeMailAsync(HttpContext context, string mail, string password, string code)
    {
        if (await users.FindByIdAsync(AccessClaims.UserOf(context.User) ?? "") is not { } user) return "The account is gone.";
        var plain = mail.Trim();
        if (plain.Length > 0 && !PersonalMail.IsAddress(plain)) return "This is no address of mail.";
        if (await second.PersonFaultAsync(context, user, password, code) is { } fault) return fault;
        try
        {
            await accounts.UpdateAsync(user.Id, known => known with { Email = plain.Length > 0 ? plain : null }, context.RequestAborted);
        }
        catch (AccountRuleException rule)
        {
            return rule.Message;
        }

        await tickets.RemoveMailedAsync(user.Id, time.GetUtcNow(), CancellationToken.None);
        return null;
    }

    /// <summary>Signs a browser out: its session ends, and with it everything it has open.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        var name = context.User.Identity?.Name ?? "";
        await signIn.SignOutAsync();
        await audit.AddAsync(new Actor(name, "person", Address(context)), "sign-out", name, null, null, CancellationToken.None);
    }

    /// <summary>Signs the account out everywhere, this browser too.</summary>
    public async Task SignOutEverywhereAsync(HttpContext context)
    {
        var id = AccessClaims.UserOf(context.User);
        await sessions.EndAsync(session => session.UserId == id, CancellationToken.None);
        await SignOutAsync(context);
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private async Task<string> FailedAsync(string name, string address, string answer)
    {
        await audit.AddFailedLoginAsync(name, address, CancellationToken.None);
        return answer;
    }

    private static string Method(TicketPurpose purpose) => purpose switch
    {
        TicketPurpose.FirstRun => "first-run",
        TicketPurpose.Invitation => "invitation",
        _ => "reset",
    };

    private async Task<(IReadOnlyList<string> Faults, string UserId)> UseAsync(AccountTicket ticket, string name, string password)
    {
        if (ticket.Purpose == TicketPurpose.Reset)
        {
            if (await users.FindByIdAsync(ticket.UserId ?? "") is not { } known) return (["The account is gone."], "");
            var faults = await FaultsAsync(known, password);
            if (faults.Count > 0) return (faults, "");
            known.PasswordHash = users.PasswordHasher.HashPassword(known, password);
            known.FailedCount = 0;
            known.LockedUntil = null;
            // Also what keeps the account: the stamp changes with the password, and every session ends.
            return (Words(await users.UpdateSecurityStampAsync(known)), known.Id);
        }

        if (ticket.Purpose == TicketPurpose.FirstRun && accounts.HasAdministrator) return (["There is an administrator already; ask for an invitation."], "");
        var user = new AccountUser
        {
            Id = Guid.NewGuid().ToString("N"),
            Name = name,
            Role = ticket.Purpose == TicketPurpose.FirstRun ? AccountRole.Administrator : ticket.Role,
            Groups = ticket.Groups,
            MadeAt = time.GetUtcNow(),
        };
        return (Words(await users.CreateAsync(user, password)), user.Id);
    }

    private async Task<List<string>> FaultsAsync(AccountUser user, string password)
    {
        var faults = new List<string>();
        foreach (var validator in users.PasswordValidators) faults.AddRange(Words(await validator.ValidateAsync(users, user, password)));
        return faults;
    }

    private static List<string> Words(IdentityResult result) => [.. result.Errors.Select(static error => error.Description).Distinct()];

    private async Task BeginAsync(HttpContext context, string userId, string method, bool remember)
    {
        IsHalfWay = accounts.Find(userId) is { } user && second.IsAsked(user);
        if (IsHalfWay) await SecondFactorDesk.BeginAsync(context, accounts.Find(userId)!, method, remember);
        else await second.BeginSessionAsync(userId, method, remember);
    }
}
