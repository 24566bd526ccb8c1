namespace LiveDash.Web.Components.Accounts;

/// <summary>The fields of a second factor.</summary>
internal sealed class SecondFactorForm
{
    /// <summary>A code of the app, or a recovery code.</summary>
    public string? Code { get; set; }

    /// <summary>The password, where somebody who is signed in changes something.</summary>
    public string? Password { get; set; }

    /// <summary>What the browser made of a passkey, as JSON; nothing where a code is sent.</summary>
    public string? Passkey { get; set; }

    /// <summary>What is to be done: <c>codes</c> or <c>off</c>.</summary>
    public string? Do { get; set; }
}
