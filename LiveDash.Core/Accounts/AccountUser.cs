namespace LiveDash.Core.Accounts;

/// <summary>
/// A person's account as it is kept. Those that <see cref="AccountBook"/> hands out are copies: changing one changes nothing until it is given back.
/// Not thread-safe.
/// </summary>
public sealed record AccountUser
{
    /// <summary>Which one; never changes.</summary>
    public string Id { get; set; } = "";

    /// <summary>What the person signs in with, as it was written.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name as it is compared; unique.</summary>
    public string NormalizedName { get; set; } = "";

    /// <summary>Where mail reaches the person; null for nowhere.</summary>
    public string? Email { get; set; }

    /// <summary>The password's hash, with its method and parameters in it; null for who signs in by another way.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Who vouches for the person instead of a password: the issuer of an OpenID provider; null for nobody.</summary>
    public string? Issuer { get; set; }

    /// <summary>Who the person is to that issuer; never changes there, as names and addresses do.</summary>
    public string? Subject { get; set; }

    /// <summary>What the account may do.</summary>
    public AccountRole Role { get; set; }

    /// <summary>Names of the groups it belongs to, at most <see cref="AccountBook.MaxGroups"/>.</summary>
    public IReadOnlyList<string> Groups { get; set; } = [];

    /// <summary>True while it may not sign in, and what it had open has ended.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>Changes with the password and with every factor of signing in.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Changes with every change: who gives back an older copy is refused.</summary>
    public string ConcurrencyStamp { get; set; } = "";

    /// <summary>Wrong passwords in a row.</summary>
    public int FailedCount { get; set; }

    /// <summary>Until when nobody signs in, after too many of them.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>When somebody signed in with it last.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }
}
