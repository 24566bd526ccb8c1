namespace LiveDash.Web.Components.Accounts;

/// <summary>The fields of the sign-in.</summary>
internal sealed class SignInForm
{
    /// <summary>The account's name.</summary>
    public string? Name { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>What the browser made of a passkey, as JSON; nothing where a password is sent.</summary>
    public string? Passkey { get; set; }

    /// <summary>True where the cookie outlives the browser's window.</summary>
    public bool Remember { get; set; }
}
