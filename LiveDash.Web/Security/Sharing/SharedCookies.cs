using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Sharing;

/// <summary>
/// Lets a browser that opened a share link look at its dashboard: a cookie names the link, and each request asks whether it is still good. Stateless beside the book; thread-safe.
/// </summary>
internal sealed class SharedCookies(ShareBook shares, SignInLimits limits, IPasswordHasher<AccountUser> hasher, AuditLog audit, TimeProvider time)
{
    /// <summary>The scheme of the cookie.</summary>
    public const string Scheme = "livedash-share";

    private readonly AccountUser _nobody = new();

    /// <summary>The link of a token where it is good now, or null. However many open it at once, such as all screens of a hall: nobody finds 256 bits by trying.</summary>
    public ShareLink? Find(string token) => token.Length is > 20 and < 100 ? shares.Find(ShareBook.IdOf(token), time.GetUtcNow()) : null;

    /// <summary>A password as a link keeps it.</summary>
    public string Hash(string password) => hasher.HashPassword(_nobody, password);

    /// <summary>Gives a browser the cookie of a link, where the password is right. How often it is tried is bounded by <see cref="SignInLimits.TryTakeLink"/>; what that refuses was not tried, and is no failed sign-in.</summary>
    /// <returns>Why not, in a sentence; null where it is open.</returns>
    public async Task<string?> OpenAsync(HttpContext context, ShareLink link, string password)
    {
        if (link.PasswordHash is { } hash)
        {
            var address = context.Connection.RemoteIpAddress;
            if (!limits.TryTakeLink(address, link.Id)) return SignInDesk.TooMany;
            if (password.Length > PasswordRules.MaxLength || hasher.VerifyHashedPassword(_nobody, hash, password) == PasswordVerificationResult.Failed)
            {
                await audit.AddFailedLoginAsync($"the share link of {link.Dashboard}", address?.ToString() ?? "", context.RequestAborted);
                return "The password is not right.";
            }
        }

        // What it is fixed to is taken from the book at each request.
        await context.SignInAsync(Scheme, AccessClaims.OfShare(link with { Variables = new Dictionary<string, string>() }));
        return null;
    }

    /// <summary>Who looks by a share link, where the request's cookie names one that is good now; else null.</summary>
    public async Task<ClaimsPrincipal?> OfAsync(HttpContext context)
    {
        var opened = await context.AuthenticateAsync(Scheme);
        if (opened.Principal is not { } principal || AccessClaims.ShareOf(principal) is not { } id || shares.Find(id, time.GetUtcNow()) is not { } link) return null;
        // A wall names its dashboard in the address; the machinery of pages names none.
        return context.GetRouteValue("Id") is string asked && asked != link.Dashboard ? null : AccessClaims.OfShare(link);
    }
}
