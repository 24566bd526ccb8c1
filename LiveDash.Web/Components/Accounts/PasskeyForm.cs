namespace LiveDash.Web.Components.Accounts;

/// <summary>The fields of one's passkeys.</summary>
internal sealed class PasskeyForm
{
    /// <summary>What the new one is called.</summary>
    public string? Name { get; set; }

    /// <summary>What the browser made, as JSON; nothing where one is removed.</summary>
    public string? Passkey { get; set; }

    /// <summary>Which one is to be removed.</summary>
    public string? Remove { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>A code of the app, or a recovery code, where the account has a second factor.</summary>
    public string? Code { get; set; }
}
