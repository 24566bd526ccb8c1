using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// What a password must be besides its length: not the person's or the product's name with trimmings, not a pattern of few characters and not a run along the alphabet or the
/// keyboard, and none of those that are known to be common. Kinds of characters are not asked for (ASVS 5.0, 6.2.5). Stateless beside the lists; thread-safe.
/// </summary>
internal sealed partial class PasswordRules(RefusedPasswords refused, ILogger<PasswordRules> logger) : IPasswordValidator<AccountUser>
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 12;

    /// <summary>The most: hashing more would be work for whoever wants to busy the server.</summary>
    public const int MaxLength = 256;

    private const string Common = "This password is among those that are tried first, since others have it; take a few words instead.";

    private const string Unread = "The list of passwords that nobody may take cannot be read now, so none can be set; the log says why. Try again once it can.";

    private static readonly string[] s_runs =
        ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "98765432109876543210", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "passwordpassword", "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p"];

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<AccountUser> manager, AccountUser user, string? password) =>
        Task.FromResult((Fault(user.Name, password ?? "") ?? CommonFault(password!)) is { } fault ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault }) : IdentityResult.Success);

    /// <summary>What is wrong with a password, in a sentence; null for nothing.</summary>
    public static string? Fault(string name, string password)
    {
        if (password.Length < MinLength) return $"A password has at least {MinLength} characters; a few words in a row are a good one.";
        if (password.Length > MaxLength) return $"A password has at most {MaxLength} characters.";
        var lower = password.ToLowerInvariant();
        if (lower.Distinct().Count() < 5) return "This password repeats a few characters; take a few words instead.";
        // What is left of it without what anybody would try first.
        var rest = lower.Replace("livedash", "", StringComparison.Ordinal).Replace("password", "", StringComparison.Ordinal);
        if (name.Length > 2) rest = rest.Replace(name.ToLowerInvariant(), "", StringComparison.Ordinal);
        if (rest.Count(char.IsLetterOrDigit) < 6) return "This password is a name with trimmings; take a few words instead.";
        return s_runs.Any(run => HasLongRun(lower, run)) || IsRepetition(lower) ? "This password is a pattern that is tried first; take a few words instead." : null;
    }

    [LoggerMessage(7040, LogLevel.Error, "The passwords that nobody may take cannot be read; no password can be set until they can")]
    private static partial void LogUnread(ILogger logger, Exception exception);

    // A list that cannot be read lets no password through.
    private string? CommonFault(string password)
    {
        try
        {
            return refused.Holds(password) ? Common : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnread(logger, exception);
            return Unread;
        }
    }

    // Two thirds of it along a known run.
    private static bool HasLongRun(string password, string run)
    {
        var longest = 0;
        for (var start = 0; start < password.Length; start++)
        {
            var length = longest + 1;
            while (start + length <= password.Length && run.Contains(password.Substring(start, length), StringComparison.Ordinal)) longest = length++;
        }

        return longest * 3 >= password.Length * 2;
    }

    private static bool IsRepetition(string password)
    {
        for (var length = 1; length <= password.Length / 2; length++)
        {
            var isRepeated = true;
            for (var i = length; i < password.Length && isRepeated; i++) isRepeated = password[i] == password[i - length];
            if (isRepeated) return true;
        }

        return false;
    }
}
