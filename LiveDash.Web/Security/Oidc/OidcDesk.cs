using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Oidc;

/// <summary>
/// Takes in whom the OpenID provider has signed in: an account is known by issuer and subject alone, never by a name or an address of mail, and is made at the first sign-in. Its
/// role and groups are those of the provider's claims at each sign-in; who has no role any more is not let in, and what they had open ends. One a request.
/// </summary>
internal sealed partial class OidcDesk(
    OidcSettings settings, UserManager<AccountUser> users, AccountBook accounts, SessionBook sessions, SecondFactorDesk begin, AuditLog audit, TimeProvider time, ILogger<OidcDesk> logger)
{
    /// <summary>What is wrong, by the word in the address of the sign-in page; nothing of what the provider said stands there.</summary>
    public static string? Words(string? fault) => fault switch
    {
        null => null,
        "role" => "You are known there, and have no role here. Ask an administrator.",
        "disabled" => "Your account here is disabled. Ask an administrator.",
        "name" => "Another account here has your name already. Ask an administrator.",
        _ => "Signing in there did not work. Try again; the log of this server says more.",
    };

    /// <summary>Signs in whom the provider vouches for, and leads the browser on.</summary>
    public async Task ReceiveAsync(TicketReceivedContext context)
    {
        var fault = await SignInAsync(context.HttpContext, context.Principal!);
        context.HandleResponse();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(fault is null ? context.Request.PathBase + LocalAddress.Of(context.ReturnUri) : SignInPage(context.Request, fault));
    }

    /// <summary>Leads the browser back to the sign-in page; the log says why.</summary>
    public Task FailAsync(RemoteFailureContext context)
    {
        LogFailed(logger, context.Failure?.Message ?? "");
        context.HandleResponse();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(SignInPage(context.Request, "failed"));
        return Task.CompletedTask;
    }

    private static string SignInPage(HttpRequest request, string fault) => $"{request.PathBase}/sign-in?fault={fault}";

    private async Task<string?> SignInAsync(HttpContext context, ClaimsPrincipal person)
    {
        if (person.FindFirst("sub") is not { } subject) return "failed";
        // The handler checks the claim iss and takes it away; the others keep who said them.
        var issuer = subject.Issuer;
        var said = person.FindAll(settings.RoleClaim).Select(static claim => claim.Value).Distinct().ToList();
        // A role goes with any value; a group has a name of at most 60 characters.
        var groups = said.Where(static value => value.Length is > 0 and <= 60).Take(AccountBook.MaxGroups).ToList();
        var role = said.Select(group => settings.Roles.TryGetValue(group, out var found) ? (AccountRole?)found : null).Append(settings.DefaultRole).Max();
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var known = accounts.FindBySubject(issuer, subject.Value);
        if (role is null || known is { IsDisabled: true })
        {
            if (known is not null) await sessions.EndAsync(session => session.UserId == known.Id, CancellationToken.None);
            await audit.AddFailedLoginAsync(known?.Name ?? Name(person, subject.Value), address, CancellationToken.None);
            return role is null ? "role" : "disabled";
        }

        if (known is null)
        {
            known = new AccountUser { Id = Guid.NewGuid().ToString("N"), Name = Name(person, subject.Value), Issuer = issuer, Subject = subject.Value, Role = role.Value, Groups = groups, MadeAt = time.GetUtcNow() };
            var made = await users.CreateAsync(known);
            if (!made.Succeeded)
            {
                LogFailed(logger, string.Join(' ', made.Errors.Select(static error => error.Description)));
                return "name";
            }
        }
        else if (!await UpdateAsync(known, role.Value, groups))
        {
            return "failed";
        }

        await begin.BeginSessionAsync(known.Id, "oidc", remember: false);
        await audit.AddAsync(new Actor(known.Name, "person", address), "sign-in.oidc", known.Name, null, $"{role}", CancellationToken.None);
        return null;
    }

    private async Task<bool> UpdateAsync(AccountUser known, AccountRole role, List<string> groups)
    {
        if (known.Role == role && known.Groups.SequenceEqual(groups)) return true;
        try
        {
            return await accounts.UpdateAsync(known.Id, user => user with { Role = role, Groups = groups }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
        {
            // Such as the last administrator, who would be none any more.
            LogFailed(logger, exception.Message);
            return false;
        }
    }

    // As the provider calls the person, with what Identity takes in a name.
    private static string Name(ClaimsPrincipal person, string subject)
    {
        var said = new[] { "preferred_username", "email", "name" }.Select(person.FindFirstValue).FirstOrDefault(static one => !string.IsNullOrWhiteSpace(one)) ?? subject;
        var name = new string([.. said.Where(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '@' or '+').Take(100)]);
        return name.Length > 0 ? name : subject[..Math.Min(subject.Length, 100)];
    }

    [LoggerMessage(7030, LogLevel.Warning, "A sign-in by the OpenID provider failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
