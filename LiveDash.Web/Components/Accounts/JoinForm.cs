namespace LiveDash.Web.Components.Accounts;

/// <summary>The fields of a one-time address.</summary>
internal sealed class JoinForm
{
    /// <summary>The account's name; that of the account itself where its password is set anew.</summary>
    public string? Name { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>The password once more.</summary>
    public string? Again { get; set; }
}
